import main

main.collect(3, [])

import main

main.fetch(30, 4, 2)

import main

main.run(3, 9)

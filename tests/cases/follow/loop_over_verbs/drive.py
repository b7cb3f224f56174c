import main

main.exercise(3)

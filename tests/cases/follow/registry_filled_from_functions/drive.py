import main

main.main(3)

import main

main.run(3)

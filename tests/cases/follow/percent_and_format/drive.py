import main

main.show(3, 9)
main.delete(3, 9)

import main

main.images(3)
main.remove(3, 4)

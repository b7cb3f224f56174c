import main

main.drawings(3)

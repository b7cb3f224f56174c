import main

main.offices(5)

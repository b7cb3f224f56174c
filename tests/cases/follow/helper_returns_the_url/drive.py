import main

main.rfis("3")

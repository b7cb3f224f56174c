import main

main.run(3, create=True)
main.run(3, create=False)

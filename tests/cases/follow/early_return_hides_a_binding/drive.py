import main

main.run(old=True)
main.run(old=False)

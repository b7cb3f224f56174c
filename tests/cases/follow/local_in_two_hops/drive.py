import main

main.whoami()
main.add_vendor(5, {"name": "Acme"})

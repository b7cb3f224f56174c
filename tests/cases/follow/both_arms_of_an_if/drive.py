import main

main.users(5)
main.users(5, project_id=3)

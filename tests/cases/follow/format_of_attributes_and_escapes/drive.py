import main


class Project(dict):
    id = 3


main.run(Project(id=3))

import main

main.PunchList(3).fetch()

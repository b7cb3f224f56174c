import main

for call in (main.one, main.two, main.three, main.four):
    call(main.Client())

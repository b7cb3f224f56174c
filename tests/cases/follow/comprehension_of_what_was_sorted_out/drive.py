import sys
from runpy import run_module

for arguments in ([], ["/vapid/projects"]):
    sys.argv = ["main.py", *arguments]
    run_module("main")

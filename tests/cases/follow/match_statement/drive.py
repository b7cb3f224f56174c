import sys
from runpy import run_module

for arguments in (["me"], ["me", "--verbose"], ["companies"]):
    sys.argv = ["main.py", *arguments]
    run_module("main")

import sys
from runpy import run_module

for arguments in ([], ["x"] * 10):
    sys.argv = ["main.py", *arguments]
    run_module("main")

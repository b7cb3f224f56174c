import sys
from runpy import run_module

for name in ("me", "create", "drop"):
    sys.argv = ["main.py", name]
    run_module("main")

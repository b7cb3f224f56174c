import os
from runpy import run_module

run_module("main")
os.environ["X"] = "yes"
run_module("main")

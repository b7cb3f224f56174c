import sys
from runpy import run_module

run_module("main")
sys.argv.append("--companies")
run_module("main")

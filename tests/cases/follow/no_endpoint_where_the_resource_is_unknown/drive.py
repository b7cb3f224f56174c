# What is sent hangs on the command line alone: no scan can know it, so `expect` is empty, and
# `unknown` lists what these arguments ask for.
import sys

sys.argv = ["main.py", "/me", "projects"]

import main

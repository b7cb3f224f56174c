import sys

sys.argv = ["main.py"]

import main

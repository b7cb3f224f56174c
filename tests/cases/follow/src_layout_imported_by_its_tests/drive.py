import sys
from pathlib import Path
from runpy import run_path

sys.path.insert(0, str(Path("src").resolve()))
run_path("scripts/nightly.py", run_name="__main__")

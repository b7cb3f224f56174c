import sys
from pathlib import Path

sys.path.insert(0, str(Path("src").resolve()))

import main

# Each of the two roots is run as it would be: with itself in the path, not the other.
import sys
from pathlib import Path


def load(root, name):
    sys.modules.pop("settings", None)
    sys.path.insert(0, str(Path(root).resolve()))
    module = __import__(name)
    sys.path.pop(0)
    return module


load("rfis", "sync").sync(3)
load("billing", "charge").charge(3)

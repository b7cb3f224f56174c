"""Starts the observation of one Python process, before its program begins.

Python imports a module of this name by itself; the folder stands first on ``PYTHONPATH``.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import sys
from types import ModuleType

SETTINGS = "VAPID_TO_REST_PROVE"
"""The variable that names the file with the settings, which ``processes.py`` writes."""

_FOLDER = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120 - no import for it


def _load(name: str) -> ModuleType:
    """Load a module that stands beside this one, under a name that no program has."""
    path = os.path.join(_FOLDER, f"{name}.py")  # noqa: PTH118
    spec = importlib.util.spec_from_file_location(f"_vapid_to_rest_{name}", path)
    assert spec is not None  # noqa: S101 - for mypy: it is a file's path
    assert spec.loader is not None  # noqa: S101
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _start(path: str) -> None:
    with open(path, encoding="utf-8") as stream:  # noqa: PTH123
        settings = json.load(stream)
    ground = _load("ground").Ground(settings)
    hooks = _load("observe").list_hooks(ground)
    for name, changes in _load("divert").list_hooks(ground).items():
        hooks.setdefault(name, []).extend(changes)
    _load("imports").install(hooks, ground.tell_broken)


def _go_on() -> None:
    """Give way to the module of the same name that this one stands before, if there is one."""
    own = sys.modules.pop("sitecustomize", None)
    try:
        importlib.import_module("sitecustomize")
    except ModuleNotFoundError:
        pass
    finally:
        if own is not None:
            sys.modules.setdefault("sitecustomize", own)


if SETTINGS in os.environ:
    sys.path[:] = [entry for entry in sys.path if entry != _FOLDER]
    _start(os.environ[SETTINGS])
    _go_on()

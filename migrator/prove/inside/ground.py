"""Knows where a process runs: in which copy, where it writes what it saw, whom it calls."""

from __future__ import annotations

import atexit
import json
import os
import sys
from types import FrameType
from typing import Any

# No pathlib: this runs in every process of a command, which may start hundreds.
# ruff: noqa: PTH109, PTH118, PTH206


class Ground:
    """The settings of one run, and the file that its processes add lines to."""

    def __init__(self, settings: dict[str, Any]) -> None:
        self.original: str = settings["original"]
        self.copy: str = settings["copy"]
        self.linked: tuple[str, ...] = tuple(settings["linked"])
        self.host: str = settings["relay"][0]
        self.port: int = settings["relay"][1]
        self.hosts: tuple[str, ...] = tuple(settings["hosts"])
        self.compared: frozenset[str] = frozenset(settings["compared"])
        self._record: str = settings["record"]
        self._start = os.getcwd()
        self._lead_imports()
        atexit.register(self._tell_strays)

    def write(self, line: dict[str, Any]) -> None:
        """Add a line to the record, at once and whole: other processes write there, too."""
        data = (json.dumps(line) + "\n").encode()
        stream = os.open(self._record, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(stream, data)
        finally:
            os.close(stream)

    def tell_broken(self, name: str, error: BaseException) -> None:
        """Record that a library could not be observed."""
        self.write({"broken": name, "reason": f"{type(error).__name__}: {error}"})

    def is_diverted(self, host: str) -> bool:
        """Tell whether requests to a host are led elsewhere."""
        name = host.lower().rstrip(".")
        return any(name == each or name.endswith("." + each) for each in self.hosts)

    def find_caller(self) -> tuple[str, int] | None:
        """Return the innermost line of the project that is being run: its path, and its number."""
        # Documented; what traceback has would read the files.
        frame: FrameType | None = sys._getframe(1)  # noqa: SLF001
        while frame is not None:
            path = self._within(frame.f_code.co_filename, self.copy)
            if path is not None:
                return path, frame.f_lineno
            frame = frame.f_back
        return None

    def _within(self, path: str, folder: str) -> str | None:
        """Return a path relative to a folder that it lies in, and in no linked one there."""
        whole = os.path.normpath(os.path.join(self._start, path))
        if whole == folder:
            return "."
        if not whole.startswith(folder + os.sep):
            return None
        relative = whole[len(folder) + 1 :]
        is_linked = any(
            relative == each or relative.startswith(each + os.sep) for each in self.linked
        )
        return None if is_linked or "site-packages" in relative.split(os.sep) else relative

    def _lead(self, path: Any) -> Any:
        """Return the place in the copy for one in the original."""
        relative = self._within(path, self.original) if isinstance(path, str) and path else None
        return path if relative is None else os.path.normpath(os.path.join(self.copy, relative))

    def _lead_imports(self) -> None:
        """Import from the copy what is installed as editable from the original."""
        sys.path[:] = [self._lead(path) for path in sys.path]
        for name, module in list(sys.modules.items()):
            if name.startswith("__editable__"):
                _lead_values(getattr(module, "MAPPING", None), self._lead)
                _lead_values(getattr(module, "NAMESPACES", None), self._lead)
        for finder in sys.meta_path:
            _lead_values(getattr(finder, "_redirections", None), self._lead)

    def _tell_strays(self) -> None:
        """Record the modules that came from the original all the same."""
        for module in list(sys.modules.values()):
            path = getattr(module, "__file__", None)
            found = self._within(path, self.original) if isinstance(path, str) else None
            if found is not None:
                self.write({"stray": found})


def _lead_values(table: Any, lead: Any) -> None:
    if isinstance(table, dict):
        for key, value in table.items():
            table[key] = [lead(each) for each in value] if isinstance(value, list) else lead(value)

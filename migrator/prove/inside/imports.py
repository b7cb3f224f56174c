"""Changes modules right after they are imported, by whomever and whenever."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

Change = Callable[[ModuleType], None]
OnBroken = Callable[[str, BaseException], None]


def install(hooks: dict[str, list[Change]], on_broken: OnBroken) -> None:
    """Call the changes of a module once it is there: now, or when it is imported.

    A change that fails, as with a release that is built otherwise, is told to ``on_broken``;
    the program goes on without it.
    """
    finder = _Finder(hooks, on_broken)
    sys.meta_path.insert(0, finder)
    for name in hooks:
        if name in sys.modules:
            finder.change(sys.modules[name])


class _Finder:
    """Finds what the other finders find, and has its loader make the changes afterwards."""

    def __init__(self, hooks: dict[str, list[Change]], on_broken: OnBroken) -> None:
        self._hooks = hooks
        self._on_broken = on_broken

    def change(self, module: ModuleType) -> None:
        for change in self._hooks[module.__name__]:
            try:
                change(module)
            except Exception as error:  # noqa: BLE001 - whatever it is, the program goes on
                self._on_broken(module.__name__, error)

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        if name not in self._hooks:
            return None
        for finder in sys.meta_path:
            find = None if finder is self else getattr(finder, "find_spec", None)
            spec = find(name, path, target) if find else None
            if spec is not None:
                if hasattr(spec.loader, "exec_module"):
                    self._follow(spec.loader)
                return spec  # type: ignore[no-any-return] # a finder may be anything
        return None

    def _follow(self, loader: Any) -> None:
        run = loader.exec_module

        def exec_module(module: ModuleType) -> None:
            run(module)
            self.change(module)

        loader.exec_module = exec_module

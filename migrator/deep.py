"""Runs an analysis: its recursion needs more stack than usual, its trees no collector."""

from __future__ import annotations

import gc
import sys
import threading
from typing import TYPE_CHECKING, TypeVar

from migrator.errors import NoThreadError

if TYPE_CHECKING:
    from collections.abc import Callable

Result = TypeVar("Result")

_STACK = 512 * 1024 * 1024
"""Bytes of address space; memory is taken only as far as the recursion goes."""
_LIMIT = 60_000


def run_deep(work: Callable[[], Result]) -> Result:
    """Call ``work`` on a thread with a large stack and return, or raise, what it does.

    Raises NoThreadError where the system allows no further thread.

    The garbage collector waits meanwhile: syntax trees are kept to the end, and walking
    them over and over to find nothing to free took a third of the time.
    """
    results: list[Result] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(work())
        except BaseException as error:  # noqa: BLE001 - raised again by the caller's thread
            errors.append(error)

    before_stack = threading.stack_size(_STACK)
    before_limit = sys.getrecursionlimit()
    collects = gc.isenabled()
    sys.setrecursionlimit(max(before_limit, _LIMIT))
    gc.disable()
    try:
        thread = threading.Thread(target=run, daemon=True)
        _start(thread)
        thread.join()
    finally:
        if collects:
            gc.enable()
        threading.stack_size(before_stack)
        sys.setrecursionlimit(before_limit)
    if errors:
        raise errors[0]
    return results[0]


def _start(thread: threading.Thread) -> None:
    try:
        thread.start()
    except RuntimeError as error:
        message = "the system allows no further thread: raise its limit of processes or of memory"
        raise NoThreadError(message) from error

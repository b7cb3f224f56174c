"""Starts the program: ``python -m migrator`` and the command ``vapid-to-rest`` are the same.

Apart from ``migrator.cli`` so that Ctrl-C is listened for before anything slow is imported.
"""

from __future__ import annotations

import gc
import os
import signal
import sys

TYPE_CHECKING = False  # typing's own would be imported before Ctrl-C is listened for
if TYPE_CHECKING:
    from typing import NoReturn

_INTERRUPTED = 130


class StoppedError(BaseException):
    """Somebody pressed Ctrl-C: unlike KeyboardInterrupt, nothing on the way up answers it."""


def main() -> None:
    """Run the program on the arguments of this process, and exit."""
    # A shell that starts a program in the background has it ignore Ctrl-C; it stays so.
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _stop)
    # One run and the process ends: to look for garbage among millions of syntax nodes, on
    # the way or at the end, would take a third of the time.
    gc.disable()
    try:
        code = _run()
        # What was asked for is done: from here on, only its exit code can be lost.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        gc.freeze()
    except StoppedError:
        _leave()
    sys.exit(code)


def _run() -> int:
    # Ctrl-C is listened for before
    from migrator.glance import is_clean_check, scan_clean  # noqa: PLC0415

    if sys.stdout is not None:
        if is_clean_check(sys.argv[1:]):
            return 0
        line = None if _is_watched() else scan_clean(sys.argv[1:])
        if line is not None and _print(line):
            return 0
    from migrator.cli import main as run  # noqa: PLC0415 - slow to import

    return run()


def _is_watched() -> bool:
    return any(each is not None and each.isatty() for each in (sys.stdout, sys.stderr))


def _print(line: str) -> bool:
    """Print one line, or nothing: then the whole program says why it cannot be printed."""
    try:
        os.write(1, line.encode())
    except OSError:
        return False
    return True


def _stop(_signal: int, _frame: object) -> NoReturn:
    """Unwind, so that what is half written is tidied up; the second time, leave at once."""
    signal.signal(signal.SIGINT, lambda *_: _leave())
    raise StoppedError


def _leave() -> NoReturn:
    """Say so in one line, and end without a wait for the thread that still works."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        # A terminal has echoed "^C" without a line end.
        os.write(2, b"\nInterrupted\n" if os.isatty(2) else b"Interrupted\n")
    finally:  # stderr may be full, or closed
        os._exit(_INTERRUPTED)


if __name__ == "__main__":
    main()

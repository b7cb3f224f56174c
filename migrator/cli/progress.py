"""The progress bar: on stderr, for a person who waits, and gone when the work is done."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, TextIO

from migrator.cli.output import is_smart_terminal

if TYPE_CHECKING:
    from rich.progress import Progress

OnProgress = Callable[[str, int, int], None]
"""Is told the stage, how much of it is done, and of how much."""

_PATIENCE = 1.0


@contextmanager
def watch_progress(
    stream: TextIO | None, *, patience: float = _PATIENCE
) -> Iterator[OnProgress | None]:
    """Give a callback that draws a bar after ``patience`` seconds; None where nobody watches."""
    if stream is None or not is_smart_terminal(stream):
        yield None
        return
    started = time.monotonic()
    bar: Progress | None = None
    with ExitStack() as stack:

        def show(stage: str, done: int, total: int) -> None:
            nonlocal bar
            if bar is None:
                if time.monotonic() - started < patience:
                    return
                bar = stack.enter_context(_open_bar(stream))
                bar.add_task(stage)
            bar.update(bar.task_ids[0], description=stage, completed=done, total=total)

        yield show


def _open_bar(stream: TextIO) -> Progress:
    from rich.console import Console  # noqa: PLC0415 - rich costs more than most runs
    from rich.progress import Progress  # noqa: PLC0415

    return Progress(console=Console(file=stream), transient=True)

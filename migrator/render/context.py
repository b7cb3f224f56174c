"""Says which lines around a change a patch shows: as few as it takes to keep secrets out of it.

``git apply`` takes a hunk without lines after its change for one at the end of the file, and
``patch`` a hunk with many more lines on one side for one at an end: so one line after a change
stays whatever is in it, and the two sides differ by two at most.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

Opcode = tuple[str, int, int, int, int]
"""As of difflib: ``(tag, low, high, new_low, new_high)``."""

_APART = 2
"""By how many lines the two sides of a change may differ: what ``patch`` forgives."""


def keep_secrets_out(group: Sequence[Opcode], secret: Collection[int]) -> Iterator[list[Opcode]]:
    """Yield the hunks of a group whose context stops before lines that are secret.

    These are numbers of lines of the old version, from 1.
    """
    hunk: list[Opcode] = []
    last = len(group) - 1
    for number, opcode in enumerate(group):
        tag, low, high, new_low, new_high = opcode
        if tag != "equal":
            hunk.append(opcode)
            continue
        secrets = [line for line in range(low, high) if line + 1 in secret]
        if not secrets:
            hunk.append(opcode)
            continue
        # What may stay after the change before, and in front of the change that follows.
        after = low if number == 0 else max(secrets[0], low + 1)
        before = high if number == last else secrets[-1] + 1
        if after >= before:
            hunk.append(opcode)
            continue
        if number > 0:
            yield from _close([*hunk, ("equal", low, after, new_low, new_low + after - low)])
            hunk = []
        if number < last:
            hunk = [("equal", before, high, new_high - (high - before), new_high)]
    yield from _close(hunk)


def _close(hunk: list[Opcode]) -> Iterator[list[Opcode]]:
    """Yield a hunk, if it changes anything, with its sides not too far apart."""
    if all(tag == "equal" for tag, *_ in hunk):
        return
    lead = hunk[0][2] - hunk[0][1] if hunk[0][0] == "equal" else 0
    trail = hunk[-1][2] - hunk[-1][1] if hunk[-1][0] == "equal" else 0
    # At the start of the file there is nothing else in front of the change.
    if trail > lead + _APART and hunk[0][1] > 0:
        _, low, _, new_low, _ = hunk[-1]
        kept = lead + _APART
        hunk = [*hunk[:-1], ("equal", low, low + kept, new_low, new_low + kept)]
    yield hunk

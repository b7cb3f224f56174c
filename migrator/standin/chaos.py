"""Decides which requests go wrong: by chance, and yet the same way on every run of a seed."""

from __future__ import annotations

import random
from dataclasses import dataclass, fields, replace

from migrator.errors import MigratorError


class ChaosError(MigratorError):
    """What is asked to go wrong cannot be understood."""


@dataclass(frozen=True, slots=True)
class Chaos:
    """How often what goes wrong: shares of all requests, from 0 to 1.

    ``latency`` is the longest delay in seconds, of which each request gets a random part;
    ``wait`` are the seconds that a 429 asks for.
    """

    busy: float = 0.0
    broken: float = 0.0
    drop: float = 0.0
    latency: float = 0.0
    wait: int = 1
    seed: int = 0


CALM = Chaos()
DEFAULT = Chaos(busy=0.1, broken=0.1, drop=0.05, latency=0.2)
"""What ``--chaos`` stands for where it says nothing else."""

_KEYS = {"429": "busy", "500": "broken", "drop": "drop", "latency": "latency"} | {
    "retry-after": "wait",
    "seed": "seed",
}
_SHARES = ("busy", "broken", "drop")


def read_chaos(text: str) -> Chaos:
    """Return what ``429=0.2,500=0.2,drop=0.05,latency=0.1,retry-after=1,seed=7`` asks for.

    ``default`` stands for a bit of everything. Raises ChaosError.
    """
    if text == "default":
        return DEFAULT
    chaos = CALM
    for part in text.split(","):
        key, _, value = part.strip().partition("=")
        name = _KEYS.get(key)
        if name is None:
            raise ChaosError(f"{key!r} is none of {', '.join(_KEYS)}")
        kind = type(getattr(CALM, name))
        try:
            number = kind(value)
        except ValueError as error:
            raise ChaosError(f"{key} is {value!r}, which is no number") from error
        if not 0 <= number < 1e9:
            raise ChaosError(f"{key} is {value}, which is out of bounds")
        chaos = replace(chaos, **{name: number})
    if sum(getattr(chaos, name) for name in _SHARES) > 1:
        raise ChaosError("429, 500 and drop come to more than 1 together")
    return chaos


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of one request: ``status`` instead of its answer, or no whole answer."""

    status: int | None = None
    drop: bool = False
    delay: float = 0.0


def decide(chaos: Chaos, call: str, number: int) -> Fate:
    """Return the fate of the request that is the ``number``-th of its method and path.

    It does not depend on the order in which requests for other paths arrive.
    """
    if all(getattr(chaos, each.name) == 0 for each in fields(chaos) if each.name in _CHANCES):
        return Fate()
    chance = random.Random(f"{chaos.seed} {call} {number}")  # noqa: S311 - no secret hangs on it
    delay = chance.uniform(0, chaos.latency)
    draw = chance.random()
    if draw < chaos.drop:
        return Fate(drop=True, delay=delay)
    if draw < chaos.drop + chaos.busy:
        return Fate(status=429, delay=delay)
    if draw < chaos.drop + chaos.busy + chaos.broken:
        return Fate(status=500, delay=delay)
    return Fate(delay=delay)


_CHANCES = frozenset({*_SHARES, "latency"})

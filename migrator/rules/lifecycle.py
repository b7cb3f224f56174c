"""Says how a row's v1.0 target stands on a day: in service, to end, or at its end."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from migrator.rules.fields import Ending


class Lifecycle(StrEnum):
    """How the target of a row stands."""

    PAST = "past-sunset"
    """Out of service since its sunset, which may be today: an error."""
    AHEAD = "sunset-ahead"
    """To be out of service on a day that is known: a warning."""
    DEPRECATED = "deprecated"
    """To be out of service, and no day is announced."""
    CURRENT = "current"
    """Nothing is known of an end."""
    NONE = "no-target"
    """There is no operation of the same path at v1.0."""


SEVERITY = {Lifecycle.PAST: "error: ", Lifecycle.AHEAD: "warning: "}
"""What stands before a note on the target; nothing before others."""


def lifecycle_of(rule: Ending, today: date) -> Lifecycle:
    """Return how a row's target stands on a day."""
    if rule.rest is None:
        return Lifecycle.NONE
    if rule.sunset is not None:
        return Lifecycle.PAST if rule.sunset <= today else Lifecycle.AHEAD
    return Lifecycle.CURRENT if rule.deprecated is None else Lifecycle.DEPRECATED


def describe_lifecycle(rule: Ending, today: date) -> str | None:
    """Return a few words on the end of a row's target, None where no end is known."""
    if rule.deprecated is None:
        return None
    if rule.sunset is None:
        text = f"deprecated since {rule.deprecated}"
    else:
        text = f"sunset {rule.sunset} ({say_distance(rule.sunset, today)})"
    if rule.successor is not None:
        text += f"; successor {rule.successor} ({rule.successor_basis})"
    return text


def say_distance(day: date, today: date) -> str:
    """Return ``past``, ``today`` or ``in 7 days``."""
    days = (day - today).days
    if days < 0:
        return "past"
    if days == 0:
        return "today"
    return "in 1 day" if days == 1 else f"in {days} days"

"""The error of everything that keeps a proof from being made."""

from __future__ import annotations

from migrator.errors import MigratorError


class ProveError(MigratorError):
    """Nothing can be proved as it was asked for; the message says what to do."""

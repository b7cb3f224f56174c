"""The codes of the findings of each kind of edit that is made on request only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrator.values import Fix

if TYPE_CHECKING:
    from migrator.values import Finding

CODES = {Fix.HOST: "VAP010", Fix.COMPANY_HEADER: "VAP011", Fix.MOVED: "VAP012"}

_KINDS = {code: fix for fix, code in CODES.items()}


def kind_of(finding: Finding) -> Fix:
    """Return the kind of edit that a finding is about, be it made or left to a person."""
    return _KINDS.get(finding.code, Fix.NAMESPACE)

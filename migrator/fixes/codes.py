"""The codes of the findings of each kind of edit that is made on request only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from migrator.values import Fix

if TYPE_CHECKING:
    from migrator.values import Finding

CODES = {Fix.HOST: "VAP010", Fix.COMPANY_HEADER: "VAP011", Fix.MOVED: "VAP012"}

UNUSED = "VAP801"
"""A comment, or a code in one, that silences nothing."""

UNKNOWN = "VAP802"
"""A comment that names what is no code of a finding."""

_KINDS = {code: fix for fix, code in CODES.items()} | dict.fromkeys(
    (UNUSED, UNKNOWN), Fix.SUPPRESSIONS
)


def kind_of(finding: Finding) -> Fix:
    """Return the kind of edit that a finding is about, be it made or left to a person."""
    return kind_of_code(finding.code)


def kind_of_code(code: str) -> Fix:
    """Return the kind of edit that findings with a code are about."""
    return _KINDS.get(code, Fix.NAMESPACE)

"""Gives each finding a name that it keeps while lines above it come and go."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable

from migrator.render.clean import mask_secrets
from migrator.values import Finding, Problem

_LONG = 20_000
"""Characters that are looked at of a line: it may be a whole minified file."""


def identify(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Return a name for each finding, in their order: 16 hexadecimal digits and a number.

    The digits are of the path, the code and the line without its secrets; the number tells
    findings apart that agree in these.
    """
    findings = tuple(findings)
    names = _number(digest_line(each.path, each.code, each.source_line) for each in findings)
    # What comes from a saved scan may have lost its line, and keeps its name.
    return tuple(each.fingerprint or name for each, name in zip(findings, names, strict=True))


def identify_problems(problems: Iterable[Problem]) -> tuple[str, ...]:
    """Return a name for each problem, in their order."""
    return _number(digest_line(each.path, each.code, each.message) for each in problems)


def digest_line(path: str, code: str, line: str) -> str:
    """Return the digits: the same for a line whose indentation has changed."""
    # Masked, so that nobody can find a password by trying which one gives these digits.
    text = " ".join(mask_secrets(line[:_LONG]).split())
    data = f"{path}\0{code}\0{text}".encode("utf-8", "surrogatepass")
    return hashlib.sha256(data).hexdigest()[:16]


def _number(digests: Iterable[str]) -> tuple[str, ...]:
    seen: Counter[str] = Counter()
    names = []
    for digest in digests:
        seen[digest] += 1
        names.append(f"{digest}:{seen[digest]}")
    return tuple(names)

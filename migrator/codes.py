"""Knows what each code of a finding means: the one source of its page, its help and its name."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from migrator.resources import data_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Level(StrEnum):
    """How grave a finding is, in the words of SARIF."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Explanation:
    """What is to be said of a code; ``example`` and ``instead`` are lines of code."""

    code: str
    name: str
    level: Level
    title: str
    what: str
    why: str
    example: str
    instead: str
    safety: str


@cache
def load_codes() -> Mapping[str, Explanation]:
    """Return the explanation of every code, in their order."""
    text = (data_folder("reports") / "codes.toml").read_text(encoding="utf-8")
    return {
        code: Explanation(code=code, **(fields | {"level": Level(fields["level"])}))
        for code, fields in tomllib.loads(text).items()
    }


def level_of(code: str) -> Level:
    """Return how grave findings of a code are; an unknown code is a warning."""
    known = load_codes().get(code)
    return known.level if known else Level.WARNING


def render_page(explanation: Explanation) -> str:
    """Return the page of a code as Markdown."""
    return f"""# {explanation.code}: {explanation.name}

{explanation.title}.

## What it does

{explanation.what}

## Why is this bad?

{explanation.why}

## Example

```{_language(explanation.example)}
{explanation.example.strip()}
```

Use instead:

```{_language(explanation.instead)}
{explanation.instead.strip()}
```

## Fix safety

{explanation.safety}

{_say_silence(explanation.code)}
"""


def render_plain(explanation: Explanation) -> str:
    """Return what the page says in a few sentences, without an example."""
    return f"{explanation.title}. {explanation.why} {explanation.safety}".replace("`", "")


def address_of(code: str, links: Iterable[str] | None = None) -> str | None:
    """Return where the page of a code is to be read; None while the project has no home.

    ``links`` are the project's own, each as ``label, address``, as its metadata has them.
    """
    for link in list_links() if links is None else links:
        label, _, address = link.partition(",")
        if label.strip().lower() in {"repository", "source"}:
            return f"{address.strip().rstrip('/')}/blob/main/docs/codes/{code}.md"
    return None


def say_where(code: str) -> str:
    """Return where to read more of a code: its page, or the command that prints it."""
    return f"See {address_of(code) or f'`vapid-to-rest explain {code}`'}"


@cache
def list_links() -> tuple[str, ...]:
    """Return the links in the metadata of the installed project: none where it is not installed."""
    from importlib.metadata import PackageNotFoundError, metadata  # noqa: PLC0415 - seldom needed

    try:
        return tuple(metadata("vapid-to-rest").get_all("Project-URL") or ())
    except PackageNotFoundError:
        return ()


def _say_silence(code: str) -> str:
    if code.startswith("VAP9"):
        return "To silence it, `exclude` the file in `[tool.vapid-to-rest]` of `pyproject.toml`."
    return f"To silence it, end the line in `# vapid: ignore[{code}]`."


def _language(code: str) -> str:
    return "sh" if code.strip().startswith("# .env") else "python"

"""Knows what each code of a finding means: the one source of its page, its help and its name."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any

from migrator.resources import data_folder

if TYPE_CHECKING:
    from collections.abc import Mapping

PAGES = ""
"""Where ``docs/codes`` can be read, such as ``https://…/blob/main/docs/codes``. To be set here,
and nowhere else, once the project has an address: all that names a code leads there then."""


class Level(StrEnum):
    """How grave a finding is, in the words of SARIF."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Reference:
    """A public page that says more."""

    title: str
    address: str


OVERVIEW = Reference(
    "Procore: REST API Overview", "https://procore.github.io/documentation/rest-api-overview"
)
"""What Procore says of Rest: the page of every code that names no other."""


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
    references: tuple[Reference, ...] = (OVERVIEW,)


@cache
def load_codes() -> Mapping[str, Explanation]:
    """Return the explanation of every code, in their order."""
    text = (data_folder("reports") / "codes.toml").read_text(encoding="utf-8")
    return {code: _build(code, fields) for code, fields in tomllib.loads(text).items()}


def _build(code: str, fields: dict[str, Any]) -> Explanation:
    fields["level"] = Level(fields["level"])
    if "references" in fields:
        fields["references"] = tuple(Reference(**each) for each in fields["references"])
    return Explanation(code=code, **fields)


def level_of(code: str) -> Level:
    """Return how grave findings of a code are; an unknown code is a warning."""
    known = load_codes().get(code)
    return known.level if known else Level.WARNING


def render_page(explanation: Explanation) -> str:
    """Return the page of a code as Markdown."""
    references = "\n".join(f"- [{each.title}]({each.address})" for each in explanation.references)
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

## References

{references}
"""


def render_plain(explanation: Explanation) -> str:
    """Return what the page says in a few sentences, without an example."""
    return f"{explanation.title}. {explanation.why} {explanation.safety}".replace("`", "")


def address_of(code: str, pages: str = PAGES) -> str | None:
    """Return where the page of a code is to be read; None while the project has no home."""
    return f"{pages.rstrip('/')}/{code}.md" if pages else None


def find_help(explanation: Explanation) -> str:
    """Return an address to follow for help: the code's own page, or else a public one."""
    return address_of(explanation.code) or explanation.references[0].address


def say_where(code: str) -> str:
    """Return where to read more of a code: its page, or the command that prints it."""
    return f"See {address_of(code) or f'`vapid-to-rest explain {code}`'}"


def _say_silence(code: str) -> str:
    if code.startswith("VAP9"):
        return "To silence it, `exclude` the file in `[tool.vapid-to-rest]` of `pyproject.toml`."
    return f"To silence it, end the line in `# vapid: ignore[{code}]`."


def _language(code: str) -> str:
    return "sh" if code.strip().startswith("# .env") else "python"

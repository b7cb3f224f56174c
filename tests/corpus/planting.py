"""Plants calls in copies of real modules, each spelled its own way, and says what they become."""

from __future__ import annotations

import ast
import random
import warnings
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SPELLINGS = {
    "literal": 'requests.get("https://api.procore.com/@/me")',
    "single quotes": "requests.get('https://api.procore.com/@/companies', timeout=9)",
    "f-string": 'ID@n = 7\nrequests.get(f"https://api.procore.com/@/projects/{ID@n}")',
    "constant": 'BASE@n = "https://api.procore.com/@"\nrequests.post(BASE@n + "/me", data={})',
    "sum": 'HOST@n = "https://api.procore.com"\nrequests.get(HOST@n + "/" + "@" + "/me")',
    "format": 'requests.get("https://{}/@/{}".format("api.procore.com", "me"))',
    "percent": 'requests.get("https://api.procore.com/@/%s" % ("users",))',
    "join": 'requests.get("/".join(["https://api.procore.com", "@", "me"]))',
    "raw": "requests.get(r'https://api.procore.com/@/me')",
    "neighbours": 'requests.get("https://api.procore.com"\n             "/@/me")',
    "method": (
        "class Client@n:\n    root = 'https://api.procore.com/@'\n\n    def get(self, path):\n"
        "        return requests.get(self.root + path)\n\n\nClient@n().get('/me')"
    ),
    "default": (
        "def fetch@n(path, base='https://api.procore.com/@'):\n"
        "    return requests.get(f'{base}/{path}')\n\n\nfetch@n('projects')"
    ),
    "triple quotes": 'requests.get("""https://api.procore.com/@/me""")',
    "keyword": "requests.request(method='GET', url='https://api.procore.com/@/me')",
}
"""Statements by what is particular about them; ``@`` is the namespace, ``@n`` a number."""


@dataclass(frozen=True, slots=True)
class Planted:
    """A module with calls in it, as it is and as it must become."""

    before: str
    after: str
    calls: int


def plant(text: str, calls: int, random: random.Random, numbers: Iterator[int]) -> Planted | None:
    """Put calls between the statements of a module; None where it is not Python 3."""
    starts = _places(text)
    if starts is None:
        return None
    lines = text.splitlines(keepends=True)
    chosen = sorted(random.choices(starts, k=calls))
    before, after = list(lines), list(lines)
    for start in reversed(chosen):
        code = SPELLINGS[random.choice(list(SPELLINGS))].replace("@n", str(next(numbers)))
        code = f"import requests\n{code}\n"
        before.insert(start, code.replace("@", "vapid"))
        after.insert(start, code.replace("@", "rest/v1.0"))
    return Planted("".join(before), "".join(after), len(chosen))


def _places(text: str) -> list[int] | None:
    """Return the numbers of the lines, from 0, behind which a statement may stand."""
    if "\r" in text or "\f" in text:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            body = ast.parse(text).body
    except (SyntaxError, ValueError):
        return None
    if not body:
        return None
    lines = [*text.splitlines(), ""]
    free = [
        each.end_lineno or each.lineno
        for each, following in zip(body, [*body[1:], None], strict=True)
        if not isinstance(each, ast.ImportFrom) and not _is_future(following)
        if following is None or following.lineno > (each.end_lineno or 0)
        # LibCST does not print back a comment that is indented deeper than what it follows.
        if not lines[each.end_lineno or 0].startswith((" ", "\t"))
    ]
    return free if free and text.endswith("\n") else None


def _is_future(node: ast.stmt | None) -> bool:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return True
    return isinstance(node, ast.ImportFrom) and node.module == "__future__"


def plant_all(
    modules: Iterable[tuple[str, str]], calls: int, seed: int
) -> Iterator[tuple[str, Planted]]:
    """Plant so many calls, one to four a module, until there are enough."""
    chance = random.Random(seed)
    numbers = count(1)
    for path, text in modules:
        if calls == 0:
            return
        planted = plant(text, min(calls, chance.randint(1, 4)), chance, numbers)
        if planted is not None:
            calls -= planted.calls
            yield path, planted

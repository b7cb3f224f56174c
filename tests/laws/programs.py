"""The strategy of whole programs, by the constructs that they are made of."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from laws.scopes import SCOPES, UNFOLLOWED_SCOPES
from laws.strings import STRINGS
from laws.templates import read_constructs, read_templates, send
from laws.writer import HOST, PATHS, Construct, Writer

Program = dict[str, str]
"""The text of each file, by its path."""

FOLLOWED: dict[str, tuple[Construct, ...]] = {
    "strings": STRINGS,
    "names": read_constructs("names.txt"),
    "containers": read_constructs("containers.txt"),
    "functions": read_constructs("functions.txt"),
    "classes": read_constructs("classes.txt"),
    "scopes": SCOPES,
}
"""Of these exactly one thing can come, and the scan must say what."""

BRANCHES = read_constructs("branches.txt")
"""Of these the scan may say that something else can come, too."""

UNFOLLOWED = (*read_constructs("unfollowed.txt"), *UNFOLLOWED_SCOPES)
"""These are not followed: it is enough that the scan points at the literal."""

SENDING = read_templates("requests.txt")


@st.composite
def programs(draw: st.DrawFn, constructs: Sequence[Construct], most: int = 5) -> Program:
    """Make a program that sends one or two requests, of up to ``most`` constructs."""
    w = Writer(draw, constructs, draw(st.integers(1, most)))
    w.emit("import requests")
    send(w, w.choose(SENDING), HOST + w.choose(PATHS))
    return {path: "\n".join(lines) + "\n" for path, lines in w.files.items()}

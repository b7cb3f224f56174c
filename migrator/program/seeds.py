"""Which modules put the namespace into a program: few of those that have the word in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import libcst as cst

from migrator.evaluate.spelling import spell_fragment, spell_string
from migrator.prefilter import HOST, NAMESPACE, mentions
from migrator.program.settings import texts_in
from migrator.program.syntax import walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from migrator.program.module import Module
    from migrator.program.project import Project

# As a word of its own: not a key such as "vapid_private", but \bvapid\b of a pattern.
_WORD = re.compile(rf"(?:(?<![\w-])|(?<=\\\w)){NAMESPACE}(?![\w-])")
_REST = re.compile(r"(?<![\w-])rest(?![\w-])")
_HEAD = re.compile(r"(?:^|/)(v(?:a(?:pi?)?)?)\Z")
_END = re.compile(r"(?![\w-])")
_LETTER = 1
_SILENCED = f"{NAMESPACE}: ignore"


def spells_namespace(module: Module, *, rest: bool) -> bool:
    """Tell whether code of a module can spell the namespace, or a host of Procore's.

    Comments, docstrings and longer words cannot. A comment that silences a call whose
    base stands elsewhere makes one of those. ``rest`` asks for the new one, too.
    """
    if _SILENCED in module.source.text:
        return True
    texts = list(_texts(module))
    if any(_WORD.search(text) or HOST in text for text in texts):
        return True
    if rest and any(_REST.search(text) for text in texts):
        return True
    return _joins_parts(texts) or _names_it(module)


def splits_namespace(module: Module) -> bool:
    """Tell whether a module can spell the namespace in two literals."""
    return _joins_parts(list(_texts(module)))


def settings_split_namespace(project: Project) -> bool:
    """Tell whether a settings file spells the namespace in two texts, for any code to join."""
    return any(
        mentions(file.source.data) and _joins_parts([text for _, text in texts_in(file.tree)])
        for file in project.settings
    )


def _joins_parts(texts: Sequence[str]) -> bool:
    """Tell whether the namespace can begin at the end of one text, and another go on with it.

    A lone letter, as in ``"vapi"`` and ``"d"`` of a list of suffixes, needs a slash beside it.
    """
    heads = {(match[1], match[0] != text) for text in texts if (match := _HEAD.search(text))}
    return any(
        text.startswith(tail)
        and _END.match(text, len(tail)) is not None
        and (slashed or text != tail or _LETTER < len(tail) < len(NAMESPACE) - _LETTER)
        for head, slashed in heads
        for tail in [NAMESPACE.removeprefix(head)]
        for text in texts
    )


def _texts(module: Module) -> Iterator[str]:
    """Yield the texts of the literals; of f-strings, in either way to read a backslash."""
    for node in module.literals:
        if node in module.prose:
            continue
        if isinstance(node, cst.SimpleString):
            yield spell_string(node).value
        else:
            yield node.value
            if "\\" in node.value:
                yield spell_fragment(node, raw=False).value


def _names_it(module: Module) -> bool:
    """Tell whether a name is the namespace, such as that of a member of an enum."""
    if _WORD.search(module.source.text) is None:
        return False
    return any(isinstance(node, cst.Name) and node.value == NAMESPACE for node in walk(module.tree))

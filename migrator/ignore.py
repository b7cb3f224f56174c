"""Tells which paths the ``.gitignore`` files of a folder leave out, where git is not asked."""

from __future__ import annotations

import os
import re
import stat

TYPE_CHECKING = False  # typing's own is slow to import
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from contextlib import AbstractContextManager

    from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

_NAMED_GROUP = re.compile(r"\(\?P<\w+>")


# No dataclasses: those take longer to import than a thousand files to list.


class _Rule:
    """One line of a ``.gitignore``; ``regex`` fits a whole path, with a slash if ``of_folders``."""

    __slots__ = ("ignores", "of_folders", "regex")

    def __init__(self, regex: re.Pattern[str], *, ignores: bool, of_folders: bool) -> None:
        self.regex = regex
        self.ignores = ignores
        self.of_folders = of_folders


class Ignore:
    """A ``.gitignore``, last line first, for the paths that begin with ``prefix``.

    ``of_files`` tells fast that no line fits a file, as is the rule.
    """

    __slots__ = ("of_files", "prefix", "rules")

    def __init__(self, prefix: str, rules: tuple[_Rule, ...], of_files: re.Pattern[str]) -> None:
        self.prefix = prefix
        self.rules = rules
        self.of_files = of_files


def read_ignore(folder: str, prefix: str) -> tuple[Ignore, ...]:
    """Return the ``.gitignore`` of a folder; none where git would not read it, as it is a link."""
    path = os.path.join(folder, ".gitignore")  # noqa: PTH118 - as the walk has it
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            return ()
        with open(  # noqa: PTH123
            path, encoding="utf-8-sig", errors="surrogateescape", newline="\n"
        ) as file:
            lines = [line.removesuffix("\r") for line in file.read().split("\n")]
    except OSError:
        return ()
    with _quiet():
        return _compile_ignore(prefix, lines)


def is_ignored(path: str, ignores: Sequence[Ignore], *, is_folder: bool) -> bool:
    """Tell what the last fitting line says of the nearest ``.gitignore`` that has one.

    ``ignores`` stand outermost first. Does not ask about the folders above the path.
    """
    for ignore in reversed(ignores):
        rest = path[len(ignore.prefix) :]
        if not is_folder and not ignore.of_files.fullmatch(rest):
            continue
        for rule in ignore.rules:
            if rule.of_folders:
                fits = is_folder and rule.regex.fullmatch(f"{rest}/")
            else:
                fits = rule.regex.fullmatch(rest)
            if fits:
                return rule.ignores
    return False


def compile_pattern(line: str) -> GitIgnoreSpecPattern:
    """Compile one pattern of a ``.gitignore``; raises ValueError where it is none."""
    from pathspec.patterns.gitignore.spec import (  # noqa: PLC0415 - slow to import, seldom needed
        GitIgnoreSpecPattern,
    )

    with _quiet():
        try:
            return GitIgnoreSpecPattern(line)
        except re.error as error:
            raise ValueError(f"{line!r} is not a pattern: {error}") from error


def _compile_ignore(prefix: str, lines: Iterable[str]) -> tuple[Ignore, ...]:
    rules = []
    for line in lines:
        try:
            pattern = compile_pattern(line)
        except ValueError:
            continue  # git, too, passes over what is not a pattern
        if pattern.regex is not None:
            regex = re.compile(_fit_whole(pattern.regex.pattern), re.DOTALL)
            of_folders = line.rstrip().endswith("/")
            rules.append(_Rule(regex, ignores=bool(pattern.include), of_folders=of_folders))
    if not rules:
        return ()
    sources = [rule.regex.pattern for rule in rules if not rule.of_folders]
    of_files = re.compile("|".join(sources), re.DOTALL)
    return (Ignore(prefix, tuple(reversed(rules)), of_files),)


def _fit_whole(regex: str) -> str:
    """Turn an expression that also fits what is in a matching folder into one that does not.

    The walk asks for every folder on its way down. Asked for paths alone, pathspec 1.1
    takes ``*`` with ``!*/`` to ignore all folders, and ``a/**`` to ignore a.
    """
    start = "" if regex.startswith("^") else ".*"
    end = "" if regex.endswith(("|$)", ">/)")) else ".*"
    return _NAMED_GROUP.sub("(?:", f"{start}{regex}{end}")


def _quiet() -> AbstractContextManager[object]:
    """Hold back what Python says of sets in regular expressions that look nested: ``[[]``."""
    import warnings  # noqa: PLC0415 - as pathspec

    return warnings.catch_warnings(action="ignore", category=FutureWarning)

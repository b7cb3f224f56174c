"""Runs the stages in order: files, program, evidence, plan."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from migrator.deep import run_deep
from migrator.discover import UNREADABLE, is_notebook, is_python, is_settings, list_files
from migrator.documents import is_document
from migrator.errors import NothingToScanError, OverwriteError, ParseError
from migrator.explain import UNPARSED, explain_problem
from migrator.prefilter import may_call, may_send, may_send_either, mentions, mentions_either
from migrator.render.clean import visible
from migrator.sift import sift
from migrator.source import UNDECODABLE, read_leniently, read_listed
from migrator.values import Analysis, Fix, Problem, Safety, Scan, SourceFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from migrator.config import Settings
    from migrator.discover import Listing
    from migrator.prefilter import Data
    from migrator.values import Edit, Finding

    Progress = Callable[[str, int, int], None]

__all__ = ["NothingToScanError", "find_annotations", "scan_paths"]

_NONE: Mapping[str, bytes] = MappingProxyType({})

_REASONS = 5
"""How many reasons are named where nothing can be analysed."""


@dataclass(frozen=True, slots=True)
class _Files:
    """The files of a run, by what is to be done with them.

    ``other`` are searched by text alone: they are not Python, or cannot be decoded.
    """

    python: tuple[SourceFile, ...]
    other: tuple[SourceFile, ...]
    problems: tuple[Problem, ...]
    seen: int


def scan_paths(
    paths: Sequence[str],
    settings: Settings,
    *,
    today: date,
    cwd: Path,
    output: Path | None = None,
    on_progress: Progress | None = None,
    rest: bool = False,
    fixes: frozenset[Fix] = frozenset(),
    instead: Mapping[str, bytes] = _NONE,
    cache: Path | None = None,
    parallel: bool = False,
) -> Scan:
    """Analyse paths and return everything that was found out.

    ``instead`` holds contents to take in the place of files', by paths from ``cwd``:
    what would be written, or is not saved yet. ``output`` is the file that the caller
    is going to write, if there is one.
    ``rest`` asks for the calls under the Rest namespace as well, and ``fixes`` are the
    kinds of edit to plan beside the namespace's.
    ``cache`` is a folder to keep what was found in, for a run over the same bytes.
    With ``parallel``, other processes work along where there is enough to parse.
    ``on_progress`` is told the stage, how much of it is done, and how much there is.
    Raises NothingToScanError where no path can be analysed, and OverwriteError where
    ``output`` is a file to be analysed, unless it is an old document.
    """
    listing = list_files(
        paths, cwd=cwd, exclude=settings.exclude, exclude_from=settings.folder, instead=instead
    )
    _require_files(listing)
    if output is not None:
        _spare(listing, cwd / output)
    fixes -= {Fix.NAMESPACE, Fix.PROSE, Fix.SUPPRESSIONS, Fix.ANNOTATION}
    prefilter = _Prefilter(rest, bool(fixes))
    wanted, digests = _sift(listing, on_progress, prefilter, digested=cache is not None)
    files = _read_mentioning(listing, wanted, prefilter)
    asked = _Asked(settings, today, rest, fixes, parallel)
    analysis = _analyse(listing, files, digests, asked, cache, on_progress)
    problems = _collect_problems(listing, files, analysis)
    findings = [_leave_unnamed(f, listing) for f in (analysis.findings if analysis else ())]
    unread = [problem for problem in problems if problem.code in {UNREADABLE, UNDECODABLE}]
    if not findings and listing.targets and {p.path for p in unread}.issuperset(listing.targets):
        raise NothingToScanError(_name_problems(unread))
    edited = {edit.span.path for finding in findings for edit in finding.edits}
    sources = [source for source in (analysis.sources if analysis else ()) if source.path in edited]
    return Scan(
        root=listing.root,
        files_seen=files.seen,
        files_parsed=analysis.parsed if analysis else 0,
        endpoints=analysis.endpoints if analysis else (),
        findings=tuple(sorted(findings, key=_in_order)),
        problems=tuple(problems),
        sources=tuple(sorted(sources, key=lambda source: source.path)),
        rest=((analysis and analysis.rest) or ()) if rest else None,
        suppressed=tuple(sorted(analysis.suppressed, key=_in_order)) if analysis else (),
    )


def _collect_problems(listing: Listing, files: _Files, analysis: Analysis | None) -> list[Problem]:
    """Return what is wrong, each once, in words for a person."""
    found = {*listing.problems, *files.problems, *(analysis.problems if analysis else ())}
    explained = [_explain(problem, listing) for problem in found]
    return sorted(explained, key=lambda each: (each.path, each.line, each.message))


def _explain(problem: Problem, listing: Listing) -> Problem:
    if problem.code != UNPARSED:
        return problem
    # Read again: it may be a file that only an import leads to.
    source = None if is_notebook(problem.path) else read_listed(listing, problem.path)
    return explain_problem(problem, source.text) if isinstance(source, SourceFile) else problem


def _require_files(listing: Listing) -> None:
    """Refuse to say that all is well where nothing was looked at.

    Files that were named and are all excluded are no mistake: a hook names what changed.
    """
    if listing.targets:
        return
    if listing.problems:
        raise NothingToScanError(_name_problems(listing.problems))
    if listing.folders:
        where = "nothing could be analysed: in " + ", ".join(
            visible(each) for each in listing.folders[:_REASONS]
        )
        if listing.excluded:
            raise NothingToScanError(f"{where}, every file is excluded by the settings")
        raise NothingToScanError(f"{where}, there is no file that git would not ignore")


def _spare(listing: Listing, output: Path) -> None:
    """Refuse to overwrite what is about to be analysed: a slip on the command line."""
    try:
        status = output.stat()
        analysed = any(_is_same(listing.base / path, status) for path in listing.targets)
        if not analysed or is_document(output.read_bytes()):
            return
    except FileNotFoundError:
        return
    except OSError as error:
        raise OverwriteError(f"cannot write {output.name}: {error.strerror}") from error
    raise OverwriteError(f"{output.name} is one of the files to analyse: name another one")


def _is_same(path: Path, status: os.stat_result) -> bool:
    with contextlib.suppress(OSError):
        return os.path.samestat(path.stat(), status)
    return False


def _leave_unnamed(finding: Finding, listing: Listing) -> Finding:
    """Leave to a person what lies in a file that nobody named.

    Through a link no patch can edit it, and it is elsewhere; what git ignores, it cannot
    bring back.
    """
    paths = {edit.span.path for edit in finding.edits}
    if not listing.linked.isdisjoint(paths):
        reason = "only a link leads to the file"
    elif not listing.ignored.isdisjoint(paths):
        reason = "git ignores the file"
    else:
        return finding
    if finding.fix is None:
        return replace(finding, edits=())
    message = f"{finding.message}; {reason}: name it to have it changed"
    return replace(finding, message=message, safety=Safety.MANUAL, fix=None, edits=())


def _name_problems(problems: Iterable[Problem]) -> str:
    """Say why nothing can be analysed, by the first few reasons."""
    reasons = sorted(f"{visible(problem.path)}: {problem.message}" for problem in problems)
    rest = len(reasons) - _REASONS
    return "nothing could be analysed: " + "; ".join(
        [*reasons[:_REASONS], *([f"and {rest} more"] if rest > 0 else [])]
    )


def _in_order(finding: Finding) -> tuple[str, int, int, str]:
    return finding.path, finding.line, finding.column, finding.code


def _sift(
    listing: Listing, on_progress: Progress | None, prefilter: _Prefilter, *, digested: bool
) -> tuple[list[str], dict[str, bytes]]:
    """Return the files to report on that are to be looked at, and digests of all that count.

    There are none unless ``digested`` asks for them.
    """
    digest = None
    others: list[str] = []
    if digested:
        from migrator.cache import digest_bytes, list_counting  # noqa: PLC0415 - not for all runs

        digest = digest_bytes
        others = sorted(list_counting(listing).difference(listing.targets))
    total = len(listing.targets)

    def show(done: int) -> None:
        if on_progress is not None:
            on_progress("reading", min(done, total), total)

    asked = [(path, prefilter.of(path)) for path in listing.targets]
    files = [*asked, *((path, None) for path in others)]
    found = sift(listing.folder, files, digest=digest, on_progress=show)
    marked = [(path, *each) for (path, _), each in zip(files, found, strict=True)]
    instead = listing.instead
    wanted = [path for path, looked, _ in marked[:total] if looked or path in instead]
    return wanted, {path: known for path, _, known in marked if known and path not in instead}


def _read_mentioning(listing: Listing, wanted: Iterable[str], prefilter: _Prefilter) -> _Files:
    """Read the files that are reported on, and keep those that mention the namespace."""
    python: list[SourceFile] = []
    other: list[SourceFile] = []
    problems: list[Problem] = []
    for path in wanted:
        found = _read(listing, path, prefilter)
        if isinstance(found, Problem):
            problems.append(found)
            if found.code in {UNDECODABLE, UNPARSED}:
                lenient = read_leniently(listing, path)
                other.extend([lenient] if lenient is not None else [])
        elif found is not None and not is_document(found.data):
            (python if is_python(path) else other).append(found)
    return _Files(tuple(python), tuple(other), tuple(problems), len(listing.targets))


@dataclass(frozen=True, slots=True)
class _Prefilter:
    """Tells from a file's bytes whether it is to be looked at: most are not."""

    rest: bool
    """Calls under the Rest namespace are asked for."""
    fixes: bool
    """Fixes on request are asked for: they look at calls under either namespace, and OAuth."""

    def of(self, path: str) -> Callable[[Data, int], bool]:
        """Return what is asked of the bytes of a file of this name, up to an end."""
        if is_python(path):
            return may_call if self.fixes else may_send_either if self.rest else may_send
        return mentions_either if self.rest and is_settings(path) else mentions


def _read(listing: Listing, path: str, prefilter: _Prefilter) -> SourceFile | Problem | None:
    """Read a file if it mentions the namespace; of a notebook, its program."""
    mentioning = prefilter.of(path)
    found = read_listed(listing, path, mentioning=lambda data: mentioning(data, len(data)))
    if found is None or not is_notebook(path):
        return found
    from migrator.notebook.program import open_notebook  # noqa: PLC0415 - seldom needed

    return run_deep(lambda: open_notebook(found))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked of an analysis, whatever the files."""

    settings: Settings
    today: date
    rest: bool
    fixes: frozenset[Fix]
    parallel: bool

    @property
    def counting(self) -> tuple[object, ...]:
        """Return what the answer depends on."""
        return self.today, self.rest, sorted(self.fixes), self.settings


def _analyse(
    listing: Listing,
    files: _Files,
    digests: Mapping[str, bytes],
    asked: _Asked,
    cache: Path | None,
    on_progress: Progress | None,
) -> Analysis | None:
    """Analyse what mentions the namespace; None, at no cost, where nothing does."""
    if not files.python and not files.other and not files.problems:
        return None
    if cache is None:
        return _analyse_anew(listing, files, asked, on_progress)
    from migrator.cache import digest_run, load_entry, store_entry  # noqa: PLC0415 - as above

    rules = asked.settings.rules
    name = digest_run(listing, rules, asked.counting, digests)
    if name is not None and isinstance(kept := load_entry(cache, name), Analysis):
        return kept
    found = _analyse_anew(listing, files, asked, on_progress)
    # Not what changed while it was read: it might be called by what was there before.
    if name is not None and name == digest_run(listing, rules, asked.counting):
        store_entry(cache, name, found)
    return found


def _analyse_anew(
    listing: Listing, files: _Files, asked: _Asked, on_progress: Progress | None
) -> Analysis:
    from migrator.program.workers import Workers, count_others  # noqa: PLC0415 - as above

    with Workers(count_others() if asked.parallel else 0) as workers:

        def analyse() -> Analysis:
            workers.expect(sum(len(source.text) for source in files.python))
            # Slow to import: the workers start meanwhile.
            from migrator.analysis import analyse_program  # noqa: PLC0415

            return analyse_program(
                listing,
                files.python,
                files.other,
                asked.settings,
                asked.today,
                on_progress,
                rest=asked.rest,
                fixes=asked.fixes,
                workers=workers,
            )

        return run_deep(analyse)


def find_annotations(
    paths: Sequence[str],
    settings: Settings,
    *,
    cwd: Path,
    instead: Mapping[str, bytes] = _NONE,
) -> tuple[Scan, list[Edit]]:
    """Plan the removal of the comments that annotate calls of Python files.

    The scan has nothing but these files; ``instead`` is as above. Raises NothingToScanError.
    """
    from migrator.annotations import is_annotated, plan_removals  # noqa: PLC0415 - slow to import

    listing = list_files(
        paths, cwd=cwd, exclude=settings.exclude, exclude_from=settings.folder, instead=instead
    )
    _require_files(listing)
    sources: list[SourceFile] = []
    problems = [*listing.problems]
    edits: list[Edit] = []
    for path in listing.targets:
        if is_python(path) and not is_notebook(path) and path not in listing.linked:
            source = read_listed(listing, path, mentioning=is_annotated)
            try:
                if isinstance(source, SourceFile):
                    edits += run_deep(partial(plan_removals, source))
                    sources.append(source)
                elif source is not None:
                    problems.append(source)
            except ParseError as error:
                problems.append(Problem(path, error.line, UNPARSED, error.reason))
    scan = Scan(
        root=listing.root,
        files_seen=len(listing.targets),
        files_parsed=len(sources),
        endpoints=(),
        findings=(),
        problems=tuple(_explain(problem, listing) for problem in problems),
        sources=tuple(sources),
    )
    return scan, edits

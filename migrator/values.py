"""The values that the stages hand to one another.

All are frozen, slotted and picklable, and none holds a syntax node: whatever the
parser knows about a place has become a span by the time it stands here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Safety(StrEnum):
    """Says how far a change may be trusted to a machine."""

    SAFE = "safe"
    """The documented route change, on a string known to be Procore's."""
    UNSAFE = "unsafe"
    """Goes beyond the route change; made on request only."""
    MANUAL = "manual"
    """A person decides."""


class Status(StrEnum):
    """What the table knows about the Rest equivalent of a vapid endpoint."""

    DIRECT = "direct"
    UNVERIFIED = "unverified"
    MOVED = "moved"
    NEWER_ONLY = "newer-only"
    MISSING = "missing"
    UNLISTED = "unlisted"
    """The table has no row for it: the default rule gives the Rest path."""


class RestStatus(StrEnum):
    """How the operation of a Rest call stands on a day, as far as the table knows."""

    CURRENT = "current"
    DEPRECATED = "deprecated"
    """To go out of service, on a day that is announced or not."""
    SUNSET = "sunset"
    """Out of service since its sunset, which may be today."""
    UNKNOWN = "unknown"
    """The table does not have the method and path, at that version."""


class Fix(StrEnum):
    """The kinds of edit."""

    NAMESPACE = "namespace"
    PROSE = "prose"
    """The namespace in comments, docstrings and documents: for people, so on request only."""
    HOST = "host"
    """The host that serves it by now; like those below, made on request only."""
    COMPANY_HEADER = "company-header"
    """``Procore-Company-Id``, which every Rest call must carry."""
    MOVED = "moved"
    """Another method or path, where the table knows it."""
    SUPPRESSIONS = "suppressions"
    """Comments that silence nothing any more."""
    ANNOTATION = "annotation"
    """Comments above calls that need a person: by options of their own, not ``--fix``."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A run of characters ``[start, end)`` in the decoded text of one file."""

    path: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a person looks: line and column start at 1, columns count characters."""

    path: str
    line: int
    column: int


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """The lines of a file from ``first`` to ``last``; they start at 1."""

    path: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file as read: everything needed to write it back exactly.

    ``text`` is the decoded content without the byte order mark and with its line
    ends as they are; ``bom`` is the mark's bytes, or empty.
    """

    path: str
    data: bytes
    text: str
    encoding: str
    bom: bytes = b""


class Basis(StrEnum):
    """How it is known that one operation comes after another."""

    STATED = "stated"
    """Procore says so."""
    INFERRED = "inferred"
    """The references have it, for the same thing."""
    LISTED = "listed"
    """The references have the vapid operation there, and not at its own path."""


@dataclass(frozen=True, slots=True)
class Successor:
    """What to call instead: a method and a path, a path, or a few words."""

    name: str
    basis: Basis


@dataclass(frozen=True, slots=True)
class Outlook:
    """How long an operation is in service, as far as it is known, and what comes after it."""

    deprecated: date | None = None
    sunset: date | None = None
    successors: tuple[Successor, ...] = ()


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One method and vapid path that the code calls, with its Rest equivalent.

    ``method`` is None where no call says it. ``vapid`` and ``rest`` are path
    templates without trailing slash or query; a placeholder is named after the
    variable that fills it, ``{}`` where there is none. ``outlook`` is that of the
    equivalent, which ``notes`` tell as well, and ``hints`` are differences of its parameters.
    """

    method: str | None
    vapid: str
    rest: str
    status: Status
    rule: str | None
    notes: tuple[str, ...]
    calls: tuple[Place, ...]
    outlook: Outlook = Outlook()
    hints: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """``GET /vapid/me``; the path alone where the method is not known."""
        return f"{self.method} {self.vapid}" if self.method else self.vapid


@dataclass(frozen=True, slots=True)
class RestCall:
    """One method and path under the Rest namespace that the code calls.

    ``path`` is a template as in an endpoint. ``rule`` is the row that speaks of it: the id
    of a rule, or the method and path of an operation; None where there is none.
    """

    method: str | None
    path: str
    status: RestStatus
    rule: str | None
    notes: tuple[str, ...]
    calls: tuple[Place, ...]
    outlook: Outlook = Outlook()


@dataclass(frozen=True, slots=True)
class Edit:
    """A replacement of ``old`` at ``span`` by ``new``; ``old`` is what must stand there."""

    span: Span
    old: str
    new: str
    fix: Fix
    safety: Safety


@dataclass(frozen=True, slots=True)
class Finding:
    """One place to edit or to look at.

    The four positions start at 1 and enclose the namespace segment; the end is
    exclusive. ``source_line`` is the text of ``line`` without its line end; in a notebook it
    is that of the cell, and ``marked`` what part of it the segment is: start and end.
    ``edits`` are the edits that resolve the finding: one, or several where the
    segment is spelled in several literals; none where a person decides. ``notes`` say of
    endpoints that depend on it what is wrong with where they lead. ``calls`` are the lines of
    the calls that what is spelled there is known to get to. ``fingerprint`` is what a saved
    scan calls it, where it comes from one. ``above`` is the end of what stands above the line: it
    may tell of a secret on it.
    """

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    code: str
    message: str
    safety: Safety
    source_line: str
    fix: Fix | None = None
    kind: str | None = None
    endpoints: tuple[str, ...] = ()
    edits: tuple[Edit, ...] = ()
    notes: tuple[str, ...] = ()
    marked: tuple[int, int] | None = None
    fingerprint: str = ""
    calls: tuple[Stretch, ...] = ()
    above: str = field(default="", compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Problem:
    """A file, or a part of one, that could not be read or parsed."""

    path: str
    line: int
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier scan, and what became of its findings: those that are done, and are new since.

    ``name`` is what the file is called, and ``day`` None where it does not say.
    """

    name: str
    day: date | None
    findings: int
    calls: int
    done: int
    new: int
    left: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How a scan compares with earlier ones, which are in the order of their days.

    ``points`` are the numbers of findings from the first to now, each with its day.
    """

    earlier: tuple[Earlier, ...]
    points: tuple[tuple[date | None, int], ...]


class Verdict(StrEnum):
    """What a live API says of the Rest equivalent of an endpoint."""

    ANSWERS = "answers"
    OTHER_SHAPE = "other-shape"
    """It answers otherwise than the vapid reference, or asks for other parameters."""
    FORBIDDEN = "forbidden"
    """It exists, and the token may not read it."""
    NOT_FOUND = "not-found"
    GONE = "gone"
    HEADER_MISSING = "header-missing"
    UNAUTHORISED = "unauthorised"
    RATE_LIMITED = "rate-limited"
    UNREACHABLE = "unreachable"
    """No answer, or an error of the server, however often it was asked."""
    NOT_VERIFIED = "not-verified"
    """It was not asked: it is no read, or no id is known for it."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One endpoint as a live API was asked for it.

    ``asked`` is the path with ids in it, None where nothing was sent; ``status`` is that of
    the answer, None where there was none.
    """

    method: str | None
    vapid: str
    rest: str
    verdict: Verdict
    detail: str
    asked: str | None = None
    status: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How many Rest calls there is nothing to say of: kinds of them, and places.

    These are the ones of which a saved scan has no more than how many there are.
    """

    calls: int = 0
    places: int = 0


@dataclass(frozen=True, slots=True)
class Scan:
    """Everything one run found out: sorted, and the same on every run.

    ``root`` is ``.`` or an absolute path; every other path is relative to it, with
    forward slashes. ``sources`` holds the files that edits apply to, by path order.
    """

    root: str
    files_seen: int
    files_parsed: int
    endpoints: tuple[Endpoint, ...]
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]
    sources: tuple[SourceFile, ...] = ()
    rest: tuple[RestCall, ...] | None = None
    """The Rest calls; None where they were not asked for."""
    standing: Standing = Standing()
    """The Rest calls that stand and are not in ``rest``."""
    suppressed: tuple[Finding, ...] = ()
    """The findings that a comment silences, for formats that tell of them."""
    progress: Progress | None = None
    """What has become of earlier scans; None where none was given."""
    verified: tuple[Checked, ...] | None = None
    """What a live API said of the endpoints; None where it is not to be shown."""

    @property
    def calls(self) -> int:
        """The number of call sites, each counted once however many endpoints it reaches."""
        return len({place for endpoint in self.endpoints for place in endpoint.calls})


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the analysis of one program gives."""

    endpoints: tuple[Endpoint, ...]
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]
    sources: tuple[SourceFile, ...]
    parsed: int
    rest: tuple[RestCall, ...] | None = None
    suppressed: tuple[Finding, ...] = ()
    """The findings at strings that a comment silences; they have no edits."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A file whose edits were made and proved; ``after`` is what to write."""

    before: SourceFile
    after: bytes
    text: str
    """``after`` decoded, without a byte order mark: for diffs."""


@dataclass(frozen=True, slots=True)
class Failed:
    """A file that was left alone, and why."""

    path: str
    reason: str


Outcome = Changed | Failed

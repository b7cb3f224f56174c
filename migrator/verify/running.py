"""Asks for all endpoints of a scan, and says what was learnt and what to do about it."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from migrator.rules.rest import RestTable
from migrator.values import Checked, Endpoint, Verdict
from migrator.verify.address import Address
from migrator.verify.asking import Asker, Manner, Reply, Silence, open_client
from migrator.verify.bodies import list_ids
from migrator.verify.ids import COMPANIES, EXEMPT, Ids, NoIdError
from migrator.verify.judging import judge
from migrator.verify.tokens import describe_absence, describe_certificate

OnProgress = Callable[[str, int, int], None]

_PAGE = 100
_SHOWN = 5
_SHUT = frozenset({Verdict.HEADER_MISSING, Verdict.UNAUTHORISED})


@dataclass(frozen=True, slots=True)
class Verification:
    """What a run found out: one row an endpoint, in their order, and ``advice`` on all."""

    rows: tuple[Checked, ...]
    advice: tuple[str, ...] = ()
    is_interrupted: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """What to ask, and how; ``given`` are values of placeholders."""

    address: Address
    endpoints: Sequence[Endpoint]
    table: RestTable
    company: str | None = None
    given: Mapping[str, str] | None = None
    manner: Manner = field(default_factory=Manner)


def verify_endpoints(plan: Plan, token: str, on_progress: OnProgress | None = None) -> Verification:
    """Ask for each endpoint whose method is GET. Ctrl-C ends it, and keeps what was learnt.

    Raises VerifyError where no connection can be set up.
    """
    return asyncio.run(_verify(plan, token, on_progress))


async def _verify(plan: Plan, token: str, on_progress: OnProgress | None) -> Verification:
    rows = {
        endpoint: _unasked(endpoint, reason)
        for endpoint in plan.endpoints
        if (reason := _excuse(endpoint))
    }
    asked = [endpoint for endpoint in plan.endpoints if endpoint not in rows]
    advice: list[str] = []
    is_interrupted = False
    if asked:
        with _stopping(asyncio.current_task()) as stopped:
            try:
                await _ask_all(plan, token, asked, rows, advice, on_progress)
            except asyncio.CancelledError:
                if not stopped:
                    raise
                is_interrupted = True
    return Verification(
        tuple(rows.get(each) or _unasked(each, "interrupted") for each in plan.endpoints),
        (*advice, *_advise(rows.values(), plan)),
        is_interrupted,
    )


@contextmanager
def _stopping(task: asyncio.Task[Any] | None) -> Iterator[list[bool]]:
    """Have Ctrl-C cancel the task, where that can be told; the list then is not empty."""
    stopped: list[bool] = []
    before = signal.getsignal(signal.SIGINT)

    def stop() -> None:
        stopped.append(True)
        if task is not None:
            task.cancel()

    if before is signal.SIG_IGN:
        yield stopped
        return
    loop = asyncio.get_running_loop()
    # Not on Windows, and not outside the main thread: Ctrl-C then ends it like any command.
    with suppress(NotImplementedError, RuntimeError, ValueError):
        loop.add_signal_handler(signal.SIGINT, stop)
    try:
        yield stopped
    finally:
        with suppress(NotImplementedError, RuntimeError, ValueError):
            loop.remove_signal_handler(signal.SIGINT)
            signal.signal(signal.SIGINT, before)


def _excuse(endpoint: Endpoint) -> str | None:
    """Return why an endpoint is not asked for; None where it is."""
    if endpoint.method is None:
        return "its method is not known"
    return None if endpoint.method == "GET" else "only reads are sent"


def _unasked(endpoint: Endpoint, reason: str) -> Checked:
    return Checked(endpoint.method, endpoint.vapid, endpoint.rest, Verdict.NOT_VERIFIED, reason)


async def _ask_all(
    plan: Plan,
    token: str,
    endpoints: Sequence[Endpoint],
    rows: dict[Endpoint, Checked],
    advice: list[str],
    on_progress: OnProgress | None,
) -> None:
    async with open_client(plan.address, token, plan.manner) as client:
        asker = Asker(client, plan.manner, plan.company)
        first = await asker.get(COMPANIES, {"per_page": str(_PAGE)}, company=bool(plan.company))
        if _is_hopeless(first):
            for each in endpoints:
                rows[each] = _check(plan, each, None, first)
            return
        advice += _choose_company(asker, first)
        ids = Ids(asker, plan.table, plan.given or {})
        done = 0

        async def ask(endpoint: Endpoint) -> None:
            nonlocal done
            rows[endpoint] = await _ask(plan, asker, ids, endpoint)
            done += 1
            if on_progress is not None:
                on_progress("asking", done, len(endpoints))

        async with asyncio.TaskGroup() as group:
            for each in endpoints:
                group.create_task(ask(each))


def _is_hopeless(first: Reply | Silence) -> bool:
    """Tell from the first answer that all others would be the same."""
    if isinstance(first, Silence):
        return first.is_connection
    return first.status == 401 or first.wait > 0


def _choose_company(asker: Asker, first: Reply | Silence) -> Iterator[str]:
    """Take the one company that there is, where none was named; yield what is to be said."""
    if isinstance(first, Silence):
        return
    ids = list_ids(first.body) if first.status == 200 else []
    names = ", ".join(ids[:_SHOWN]) + (" and more" if len(ids) > _SHOWN else "")
    if asker.company is None:
        if len(ids) == 1:
            asker.company = ids[0]
        elif ids:
            yield f"no company is named: give --company-id, one of {names}"
    elif ids and len(ids) < _PAGE and asker.company not in ids:
        yield (
            f"company {asker.company} is not among those that the token sees: "
            f"give --company-id, one of {names}"
        )
    elif first.status == 403:
        yield (
            f"company {asker.company} is refused: give the --company-id of one that the token "
            "has access to"
        )


async def _ask(plan: Plan, asker: Asker, ids: Ids, endpoint: Endpoint) -> Checked:
    try:
        path = await ids.fill(endpoint.rest)
    except NoIdError as error:
        blocked = None if error.found is None else _check(plan, endpoint, None, error.found)
        # What keeps the list shut keeps all others shut, too.
        return blocked if blocked and blocked.verdict in _SHUT else _unasked(endpoint, str(error))
    query = await ids.choose_query(path)
    found = await asker.get(path, query, company=path not in EXEMPT or bool(plan.company))
    return _check(plan, endpoint, path, found)


def _check(plan: Plan, endpoint: Endpoint, path: str | None, found: Reply | Silence) -> Checked:
    rules = plan.table.rules.match(endpoint.method, endpoint.vapid)
    verdict, detail = judge(found, rules)
    status = found.status if isinstance(found, Reply) else None
    return Checked(endpoint.method, endpoint.vapid, endpoint.rest, verdict, detail, path, status)


def _advise(found: Collection[Checked], plan: Plan) -> Iterator[str]:
    """Yield what to do about what all answers have in common."""
    silent = [each for each in found if each.verdict is Verdict.UNREACHABLE]
    if any("certificate" in each.detail for each in silent):
        yield describe_certificate(plan.address.url)
    elif any(each.asked is None for each in silent):
        yield describe_absence(plan.address.url)
    if any(each.verdict is Verdict.UNAUTHORISED for each in found):
        yield (
            f"{plan.address.url} does not accept the token: it may have expired, or be one for "
            "another environment; set PROCORE_ACCESS_TOKEN anew"
        )

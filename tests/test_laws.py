"""Random programs: what a scan says that they send is what they send when they are run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from laws.checking import (
    ID,
    SEGMENT,
    admits,
    invented,
    left_behind,
    missed,
    try_out,
)
from laws.programs import BRANCHES, FOLLOWED, UNFOLLOWED, Program, programs
from laws.strings import cut_in_the_word

if TYPE_CHECKING:
    from laws.writer import Construct

EVERYTHING_FOLLOWED = tuple(each for group in FOLLOWED.values() for each in group)
ANYTHING = tuple(
    each
    for each in (*UNFOLLOWED, *BRANCHES, *EVERYTHING_FOLLOWED)
    # A word in two literals is seen where they are joined, and that may be out of sight.
    if each is not cut_in_the_word
)
GROUPS = {**FOLLOWED, "mixed": EVERYTHING_FOLLOWED}
SAMPLE, MANY = 40, 3000


def for_all(
    constructs: Sequence[Construct], law: Callable[[Program], None], count: int, most: int = 5
) -> None:
    """Hold a law to ``count`` programs of up to ``most`` constructs, the same on every run."""
    settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate, Phase.shrink],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )(given(programs(constructs, most))(law))()


def say_exactly_what_is_sent(program: Program) -> None:
    tried = try_out(program)

    assert tried.ours
    assert missed(tried, ID) == []
    assert invented(tried) == []
    assert left_behind(tried) == []


def say_at_least_what_is_sent(program: Program) -> None:
    tried = try_out(program)

    assert missed(tried, SEGMENT) == []
    assert left_behind(tried) == []


def miss_nothing_in_silence(program: Program) -> None:
    tried = try_out(program)

    assert missed(tried, SEGMENT) == [] or admits(tried)


@pytest.mark.parametrize("constructs", GROUPS.values(), ids=GROUPS)
def test_program_of_known_values_sends_exactly_the_endpoints_found(
    constructs: tuple[Construct, ...],
) -> None:
    for_all(constructs, say_exactly_what_is_sent, SAMPLE)


def test_program_with_branches_sends_only_endpoints_found() -> None:
    for_all(BRANCHES, say_at_least_what_is_sent, SAMPLE, most=3)


def test_program_that_cannot_be_followed_is_pointed_at() -> None:
    for_all(ANYTHING, miss_nothing_in_silence, SAMPLE)


def test_base_whose_use_cannot_be_followed_is_pointed_at() -> None:
    code = """
        import requests

        base = "https://" + "api.procore.com/vapid" * 1
        requests.get(base + "/companies")
    """

    miss_nothing_in_silence({"main.py": dedent(code)})


@pytest.mark.exhaustive
@pytest.mark.parametrize("constructs", GROUPS.values(), ids=GROUPS)
def test_many_programs_of_known_values_send_exactly_the_endpoints_found(
    constructs: tuple[Construct, ...],
) -> None:
    for_all(constructs, say_exactly_what_is_sent, MANY)


@pytest.mark.exhaustive
def test_many_programs_with_branches_send_only_endpoints_found() -> None:
    for_all(BRANCHES, say_at_least_what_is_sent, MANY, most=3)


@pytest.mark.exhaustive
def test_many_programs_that_cannot_be_followed_are_pointed_at() -> None:
    for_all(ANYTHING, miss_nothing_in_silence, MANY)

"""What a command line gives where nobody types anything: the defaults of its options."""

from __future__ import annotations

from typing import TYPE_CHECKING

import libcst as cst

from migrator.evaluate.domain import known_text

if TYPE_CHECKING:
    from migrator.evaluate.domain import Frame, Values
    from migrator.evaluate.evaluator import Evaluator
    from migrator.program.scopes import Scope, Site

PARSED = (".parse_args", ".parse_known_args")
"""How what parses a command line is called."""

_DECORATORS = frozenset({"option", "argument"})


def parsed_default(ev: Evaluator, name: str) -> Values | None:
    """Return the default that ``add_argument`` gives an attribute of parsed arguments."""
    for module in ev.project.modules:
        if "argparse" in module.source.text:
            for site in module.calls_of("add_argument"):
                found = _default(ev, site.node, site, name)
                if found is not None:
                    return found
    return None


def decorated_default(ev: Evaluator, scope: Scope, name: str) -> Values | None:
    """Return the default that ``click.option`` and the like give a parameter."""
    for decorator in scope.decorators:
        if isinstance(decorator, cst.Call) and isinstance(decorator.func, cst.Attribute):
            site = next((s for s in scope.module.calls_of(decorator.func.attr.value)), None)
            if decorator.func.attr.value in _DECORATORS and site is not None:
                found = _default(ev, decorator, site, name)
                if found is not None:
                    return found
    return None


def _default(ev: Evaluator, node: cst.Call, site: Site, name: str) -> Values | None:
    """Return the default of an option, if it is the one that fills ``name``."""
    frame: Frame = ev.open_frame(site.point.scope)
    given = ev.arguments(node, site.point, frame)
    names = [known_text(values[0]) or "" for values in given.positional]
    destination = given.keyword("dest")
    if destination is not None:
        names = [known_text(destination[0]) or ""]
    # Where there is a long name, it is what the value is called; click also takes a plain one.
    long = [each for each in names if each.startswith("--") or not each.startswith("-")]
    called = {each.lstrip("-").replace("-", "_") for each in long or names}
    return given.keyword("default") if name in called else None

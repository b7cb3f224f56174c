"""Runs the tests on each supported Python that the machine has, under branch coverage."""

import nox

PYTHONS = ["3.11", "3.12", "3.13"]
EACH = ("-q", "-m", "not exhaustive and not once", "-n", "auto", "--dist", "loadfile")

nox.options.sessions = ["tests"]
# Also where CI is set: one supported Python is enough to pass.
nox.options.error_on_missing_interpreters = False


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """Run what may differ on one Python under branch coverage, from an install of its own."""
    session.install("-e", ".[test]")
    session.run("python", "-m", "coverage", "run", "-m", "pytest", *EACH, *session.posargs)

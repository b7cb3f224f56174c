"""Runs the tests, under branch coverage, on each supported Python that the machine has."""

import nox

PYTHONS = ["3.11", "3.12", "3.13"]

nox.options.sessions = ["tests"]
# Also where CI is set: one supported Python is enough to pass.
nox.options.error_on_missing_interpreters = False


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """Run all tests on one Python, from an editable install of its own."""
    session.install("-e", ".[test]")
    session.run("python", "-m", "coverage", "run", "-m", "pytest", "-q", *session.posargs)

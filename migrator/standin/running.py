"""Runs the stand-in on a socket until it is told to stop."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import uvicorn

from migrator.standin.answers import Stage
from migrator.standin.app import Record, build_app
from migrator.standin.chaos import Chaos

if TYPE_CHECKING:
    from starlette.types import ASGIApp


def build_server(stage: Stage, chaos: Chaos, record: Record) -> uvicorn.Server:
    """Return a server that is yet to be run, on a socket that is given to it."""
    return serve_app(build_app(stage, chaos, record))


def serve_app(app: ASGIApp) -> uvicorn.Server:
    """Return a server of any application, likewise."""
    # Not its log: it would tell of every dropped connection as of an error.
    config = uvicorn.Config(
        app, log_config=None, log_level="critical", access_log=False, lifespan="off"
    )
    return uvicorn.Server(config)


def open_socket(host: str, port: int) -> socket.socket:
    """Return a socket bound to an address; any free port where it is 0. Raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family)

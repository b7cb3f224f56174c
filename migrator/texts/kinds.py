"""Tells from a text file's name, and its first lines, what its URLs are: settings, prose, code."""

from __future__ import annotations

import re
from enum import Enum, auto
from posixpath import basename
from typing import TYPE_CHECKING

from migrator.discover import is_environment

if TYPE_CHECKING:
    from migrator.values import SourceFile


class TextKind(Enum):
    """What a text file is for."""

    SETTINGS = auto()
    """Data: settings, recorded answers, requests, scripts of a shell. It spells URLs whole."""
    PROSE = auto()
    """A document for people."""
    CODE = auto()
    """A program in another language, or nobody knows what: its strings are not followed."""


_PROSE = (".md", ".markdown", ".rst", ".txt", ".adoc", ".html", ".htm")
_PROSE_NAMES = frozenset({"readme", "changelog", "changes", "history", "news", "todo", "notes"})
_SETTINGS = (
    *(".json", ".jsonc", ".json5", ".jsonl", ".ndjson", ".har", ".geojson", ".webmanifest"),
    *(".yaml", ".yml", ".toml", ".ini", ".cfg", ".conf", ".config", ".properties", ".plist"),
    *(".xml", ".tf", ".tfvars", ".hcl", ".service", ".sh", ".bash", ".zsh", ".ksh", ".fish"),
    *(".bat", ".cmd", ".http", ".rest", ".curl", ".hurl", ".bru", ".mk", ".dockerfile"),
    *(".ambr", ".snap", ".cassette"),
)
_SETTINGS_NAMES = re.compile(
    r"(?:GNU)?makefile|(?:docker|container)file(?:\..+)?|procfile|justfile|crontab|\.netrc"
    r"|\.(?:bash|zsh)(?:rc|_profile)|\.profile|\.npmrc|\.editorconfig|pipfile(?:\.lock)?",
    re.IGNORECASE,
)
_SHELL = re.compile(r"#!\s*\S*(?:/|\benv\s+)(?:ba|z|k|da|a)?sh\b")

_SERVERS = re.compile(
    r"nginx|caddy|haproxy|httpd|apache|traefik|envoy|varnish|lighttpd|ingress"
    r"|^(?:vercel|netlify|firebase|staticwebapp\.config|now)\.(?:json|toml)$|^\.htaccess$",
    re.IGNORECASE,
)
_INGRESS = re.compile(
    r"^[ \t]*kind:[ \t]*(?:Ingress|IngressRoute|HTTPRoute|VirtualService)\b", re.MULTILINE
)
_OPENAPI = re.compile(r"""^[ \t{]*["']?(?:openapi|swagger)["']?[ \t]*:""", re.MULTILINE)


def find_kind(source: SourceFile) -> TextKind:
    """Return the kind of a text file that is not Python."""
    name = basename(source.path).lower()
    if name.endswith(_PROSE) or name in _PROSE_NAMES:
        return TextKind.PROSE
    if is_environment(source.path) or name.endswith(_SETTINGS) or _SETTINGS_NAMES.fullmatch(name):
        return TextKind.SETTINGS
    is_script = "." not in name and _SHELL.match(source.text) is not None
    return TextKind.SETTINGS if is_script else TextKind.CODE


def has_routes(source: SourceFile) -> bool:
    """Tell whether a file says what a server of the project's own answers: paths alone say less."""
    if any(_SERVERS.search(part) for part in source.path.split("/")[-2:]):
        return True
    if "kind:" in source.text and _INGRESS.search(source.text) is not None:
        return True
    return _OPENAPI.search(source.text) is not None

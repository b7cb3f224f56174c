"""Reads OpenAPI documents from files, folders and addresses into plain values."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from migrator.rules import fetch
from migrator.rules.fetch import DocumentError, fetch_url, is_url, name_url

if TYPE_CHECKING:
    from collections.abc import Callable

    Progress = Callable[[str, int, int], None]

_SUFFIXES = frozenset({".json", ".yaml", ".yml"})
_VERSION = re.compile(r"3\.[01](?:\.\d+)?(?:-.+)?")

Document = dict[str, Any]


def read_documents(
    sources: Iterable[str],
    *,
    allow_http: bool = False,
    on_progress: Progress | None = None,
) -> list[tuple[str, Document]]:
    """Return each OpenAPI document with the name that people are told.

    A source is a file, a folder with JSON and YAML files at any depth, or an address.
    Raises DocumentError where one is no document of OpenAPI 3.0 or 3.1.
    """
    found = []
    for source in sources:
        if is_url(source):
            data = fetch_url(source, allow_http=allow_http, on_progress=on_progress)
            found.append((name_url(source), data))
        else:
            found += [(str(path), _read(path)) for path in _list_files(Path(source))]
    documents = []
    for number, (name, data) in enumerate(found):
        if on_progress is not None:
            on_progress("reading", number, len(found))
        documents.append((name, parse_document(name, data)))
    return documents


def _list_files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    files = sorted(
        each for each in path.rglob("*") if each.suffix.lower() in _SUFFIXES and each.is_file()
    )
    if not files:
        raise DocumentError(f"{path}: has no file that ends in {', '.join(sorted(_SUFFIXES))}")
    yield from files


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            # Not by its size, which a pipe does not have.
            data = file.read(fetch.LIMIT + 1)
    except OSError as error:
        raise DocumentError(f"{path}: cannot be read: {error.strerror}") from error
    if len(data) > fetch.LIMIT:
        raise DocumentError(f"{path}: is larger than {fetch.LIMIT:,} bytes")
    return data


def parse_document(name: str, data: bytes) -> Document:
    """Return an OpenAPI document of 3.0 or 3.1, with paths. Raises DocumentError."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DocumentError(f"{name}: is not UTF-8: byte at offset {error.start}") from error
    start = text.lstrip()[:1]
    if not start:
        raise DocumentError(f"{name}: is empty")
    if start == "<":
        raise DocumentError(f"{name}: is HTML or XML, not JSON or YAML")
    is_yaml = start not in "{[" or name.lower().endswith((".yaml", ".yml"))
    return _check(name, _parse_yaml(name, text) if is_yaml else _parse_json(name, text))


def _parse_json(name: str, text: str) -> object:
    try:
        return json.loads(text)
    except RecursionError as error:
        raise DocumentError(f"{name}: is nested too deep") from error
    except ValueError as error:
        raise DocumentError(f"{name}: is not valid JSON: {error}") from error


def _parse_yaml(name: str, text: str) -> object:
    from migrator.yamlload import YAMLError, load_yaml  # noqa: PLC0415 - for YAML alone

    try:
        return load_yaml(text)
    except (YAMLError, ValueError, OverflowError) as error:
        reason = " ".join(str(error).split())
        raise DocumentError(f"{name}: is not valid YAML: {reason}") from error


def _check(name: str, document: object) -> Document:
    if not isinstance(document, dict):
        raise DocumentError(f"{name}: is not an OpenAPI document")
    if "swagger" in document:
        raise DocumentError(f"{name}: is Swagger {document['swagger']}, not OpenAPI 3.0 or 3.1")
    version = document.get("openapi")
    if version is None:
        raise DocumentError(f"{name}: is not an OpenAPI document: it has no openapi")
    if not _VERSION.fullmatch(str(version)):
        raise DocumentError(f"{name}: is OpenAPI {version}, not 3.0 or 3.1")
    if not isinstance(document.get("paths"), dict):
        raise DocumentError(f"{name}: has no paths")
    return document

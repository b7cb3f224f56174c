"""What is known of the libraries that send, pretend to send, or receive HTTP requests.

Data only: each entry names public callables of a library by its documentation.
"""

from __future__ import annotations

from enum import StrEnum

VERBS = frozenset({"get", "post", "put", "patch", "delete", "head", "options"})

CLIENT_PACKAGES = frozenset(
    {"requests", "httpx", "aiohttp", "urllib3", "requests_oauthlib", "authlib", "niquests"}
    | {"requests_toolbelt", "requests_futures", "requests_cache", "curl_cffi", "cloudscraper"}
    | {"grequests", "treq", "httplib2", "tornado", "asks", "uplink", "aiohttp_retry", "oauthlib"}
    | {"httpcore", "hishel", "pyreqwest", "rauth", "aiohttp_client_cache", "requests_html"}
)
"""Packages whose functions and objects send requests with the verbs as names."""

METHOD_FIRST = frozenset({"request", "stream", "build_request", "Request", "putrequest", "urlopen"})
"""Callables of those packages that take the method first and the URL second."""

DOUBLE_PACKAGES = frozenset(
    {"responses", "respx", "requests_mock", "httpretty", "aioresponses", "pook", "mocket"}
    | {"pytest_httpserver", "pytest_httpx", "aioresponses.core", "betamax", "vcr", "unittest"}
)
"""Packages that stand in for a server in tests."""

DOUBLE_NAMES = frozenset(
    {"requests_mock", "respx_mock", "httpx_mock", "responses", "rsps", "mocked_responses"}
    | {"aioresponses", "mock_api", "httpserver", "respx", "httpretty", "mocker", "mock_aioresponse"}
    | {"mocked", "requests_mocker", "adapter"}
)
"""What tests call such a thing where it comes as a parameter."""

SERVER_PACKAGES = frozenset(
    {"flask", "fastapi", "starlette", "django", "sanic", "bottle", "falcon", "quart", "litestar"}
    | {"pyramid", "cherrypy", "responder", "blacksheep", "robyn", "werkzeug", "connexion"}
    | {"rest_framework", "ninja", "flask_restful", "webtest", "aiohttp.web"}
)
"""Packages that receive requests: their verbs register routes or call the app itself."""

ROUTE_NAMES = frozenset(
    {"route", "add_route", "add_url_rule", "add_api_route", "path", "re_path", "url", "Route"}
    | {"Mount", "mount", "add_get", "add_post", "add_put", "add_delete", "add_patch", "add_head"}
    | {"add_resource", "include_router", "register_blueprint", "APIRouter", "Blueprint"}
    | {"WebSocketRoute", "add_static", "api_route", "websocket", "reverse", "url_for"}
)
"""Callables that register or name a route of a server."""

PREFIX_NAMES = frozenset(
    {"include_router", "register_blueprint", "APIRouter", "Blueprint", "Mount", "mount"}
    | {"add_static", "path", "re_path", "url", "register"}
)
"""Those of them that may register more than one route, below the path that they are given."""

TEXT_NAMES = frozenset(
    {"print", "debug", "info", "warning", "warn", "error", "critical", "exception", "log"}
    | {"echo", "secho", "fail", "skip", "xfail", "getLogger", "add_argument", "ArgumentParser"}
    | {"Option", "option", "argument", "pprint", "write", "writelines", "input", "help"}
)
"""Callables that show a string to a person."""

FILE_NAMES = frozenset(
    {"open", "Path", "PurePath", "PosixPath", "PurePosixPath", "read_text", "write_text"}
    | {"load_pem_private_key", "from_file", "from_pem", "exists", "isfile", "isdir", "listdir"}
    | {"makedirs", "mkdir", "remove", "unlink", "with_name", "abspath", "realpath", "dirname"}
)
"""Callables that take the path of a file."""

PATH_METHODS = frozenset(
    {"read_text", "read_bytes", "write_text", "write_bytes", "open", "exists", "is_file", "is_dir"}
    | {"mkdir", "touch", "unlink", "rmdir", "rename", "stat", "glob", "rglob", "iterdir"}
    | {"with_suffix", "with_stem", "resolve", "absolute", "symlink_to", "hardlink_to"}
)
"""Methods of a path of the file system that no string has."""

APART_NAMES = frozenset(
    {"startswith", "endswith", "split", "rsplit", "partition", "rpartition", "replace", "find"}
    | {"removeprefix", "removesuffix", "index", "rindex", "rfind", "count", "strip", "lstrip"}
    | {"rstrip"}
)
"""String methods that look for their argument in a string."""

PATTERN_NAMES = frozenset(
    {"compile", "match", "search", "fullmatch", "sub", "subn", "findall", "finditer", "split"}
)
"""Functions of ``re`` and ``regex`` that take a pattern first."""

WRAPPING_ERRORS = ("Error", "Exception", "Warning")
"""How the names of exceptions end."""


class Joining(StrEnum):
    """How a client with a base URL joins it with what a call is given."""

    BEHIND = "behind"
    """httpx: one slash between base and path, whatever either has."""
    RELATIVE = "relative"
    """aiohttp, requests-toolbelt, authlib: as a link on a page is resolved."""


BASED_CLIENTS: dict[str, tuple[Joining, tuple[str, ...]]] = {
    "httpx": (Joining.BEHIND, ("base_url",)),
    "aiohttp": (Joining.RELATIVE, ("base_url",)),
    "requests_toolbelt": (Joining.RELATIVE, ("base_url",)),
    "authlib": (Joining.RELATIVE, ("api_base_url", "base_url")),
    "requests_oauthlib": (Joining.RELATIVE, ("api_base_url", "base_url")),
    "niquests": (Joining.RELATIVE, ("base_url",)),
    "curl_cffi": (Joining.RELATIVE, ("base_url",)),
}
"""Packages whose client objects take a base URL: the rule, and the keywords."""

HOLDERS = frozenset(
    {"queue", "multiprocessing", "collections", "asyncio", "shelve", "weakref", "contextvars"}
    | {"cachetools", "cacheout", "expiringdict"}
)
"""Packages whose queues and mappings have ``put`` and ``get``, and send nothing."""

STORE_PACKAGES = frozenset(
    {"redis", "valkey", "aioredis", "pymemcache", "memcache", "pylibmc", "aiomcache", "diskcache"}
    | {"aiocache", "flask_caching", "cachelib", "cashews", "django.core.cache"}
)
"""Packages, and modules of others, that keep things under keys outside the program."""

KEY_FIRST = frozenset(
    {"get", "set", "setex", "setnx", "psetex", "getset", "put", "add", "replace", "append"}
    | {"prepend", "cas", "get_or_set", "lpush", "rpush", "lpushx", "rpushx", "publish", "xadd"}
)
"""Methods of stores whose first argument is a key and no other."""

BESIDE_THE_URL = ("headers", "params", "json", "data", "content", "cookies", "files", "auth")
"""Arguments of clients that are sent, and are no URL."""

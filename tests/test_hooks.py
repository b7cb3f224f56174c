"""What pre-commit does with the project's hooks: in real repositories, with a real install."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SHIPPED = ("migrator", "rules", "reports", "pyproject.toml", "README.md", "LICENSE")
HOOKS = ".pre-commit-hooks.yaml"
OFFLINE = re.compile(
    r"NewConnectionError|NameResolutionError|ConnectTimeoutError|ProxyError|Max retries exceeded"
)
AUTHOR = {
    f"GIT_{role}_{what}": value
    for role in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "Tester"), ("EMAIL", "tester@example.com"))
}

BASE = 'ROOT = "/vapid"\n'
CALL = "import requests\n\nfrom base import ROOT\n\nrequests.get(f'https://api.procore.com{ROOT}/me')\n"
CLEAN = "import requests\n\nrequests.get('https://api.procore.com/rest/v1.0/me')\n"


@dataclass(frozen=True, slots=True)
class Shop:
    """The project as a repository that hooks are installed from, and how to run programs."""

    repository: Path
    environment: dict[str, str]

    def run(self, folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            cwd=folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
            timeout=300,
            check=False,
        )

    def git(self, folder: Path, *arguments: str) -> str:
        result = self.run(folder, "git", *arguments)
        assert result.returncode == 0, result.stdout
        return result.stdout

    def pre_commit(self, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self.run(folder, sys.executable, "-m", "pre_commit", *arguments)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    folder = tmp_path_factory.mktemp("shop")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    home = {"HOME": str(folder), "PRE_COMMIT_HOME": str(folder / "cache"), "SKIP": ""}
    # Only what a user has: coverage of the tests does not reach into hooks.
    kept.pop("COVERAGE_PROCESS_START", None)
    kept.pop("COVERAGE_PROCESS_CONFIG", None)
    shop = Shop(folder / "project", kept | home | AUTHOR)
    shop.repository.mkdir()
    for name in (*SHIPPED, HOOKS):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(
                source, shop.repository / name, ignore=shutil.ignore_patterns("__pycache__")
            )
        else:
            shutil.copy(source, shop.repository / name)
    shop.git(shop.repository, "init", "-q", "-b", "main")
    shop.git(shop.repository, "add", "-A")
    shop.git(shop.repository, "commit", "-q", "-m", "Ship it")
    shop.git(shop.repository, "tag", "v0")
    return shop


@pytest.fixture
def client(shop: Shop, tmp_path: Path) -> Path:
    """Return a repository with both hooks installed, and a constant that nothing calls with."""
    config = [
        "repos:",
        f"  - repo: {shop.repository}",
        "    rev: v0",
        "    hooks: [{id: vapid-rewrite}, {id: vapid-check}]",
    ]
    shop.git(tmp_path, "init", "-q", "-b", "main")
    (tmp_path / ".pre-commit-config.yaml").write_text("\n".join([*config, ""]), "utf-8")
    (tmp_path / "base.py").write_text(BASE, "utf-8")
    shop.git(tmp_path, "add", "-A")
    shop.git(tmp_path, "commit", "-q", "-m", "Start")
    result = shop.pre_commit(tmp_path, "install", "--install-hooks")
    require_network(result)
    assert result.returncode == 0, result.stdout
    return tmp_path


def require_network(result: subprocess.CompletedProcess[str]) -> None:
    if result.returncode and OFFLINE.search(result.stdout):
        reason = "pre-commit installs from a package index, which cannot be reached"
        if os.environ.get("VAPID_TO_REST_ALL_TESTS") == "1":
            pytest.fail(f"{reason}:\n{result.stdout}")
        pytest.skip(reason)


def stage(shop: Shop, client: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (client / name).write_text(text, "utf-8")
        shop.git(client, "add", "--", name)


def commit(shop: Shop, client: Path, *skipped: str) -> subprocess.CompletedProcess[str]:
    environment = shop.environment | {"SKIP": ",".join(skipped)}
    return Shop(shop.repository, environment).run(client, "git", "commit", "-m", "Change")


@pytest.mark.once
def test_commit_without_an_old_call_is_let_through(shop: Shop, client: Path) -> None:
    stage(shop, client, {"sync.py": CLEAN, "notes.md": "# Notes\n", ".env": "DEBUG=1\n"})

    result = commit(shop, client)

    assert result.returncode == 0, result.stdout
    assert shop.git(client, "log", "-1", "--format=%s") == "Change\n"


@pytest.mark.once
def test_commit_of_an_old_call_is_blocked(shop: Shop, client: Path) -> None:
    old = {
        "sync.py": CLEAN.replace("rest/v1.0", "vapid"),
        "book.ipynb": '{"cells": [{"cell_type": "code", "source": "import requests\\n'
        'requests.get(\\"https://api.procore.com/vapid/me\\")"}], "nbformat": 4}\n',
        ".env": "PROCORE_URL=https://api.procore.com/vapid/me\n",
        "run.http": "GET https://api.procore.com/vapid/me\n",
        "Makefile": "me:\n\tcurl https://api.procore.com/vapid/me\n",
    }
    stage(shop, client, old)

    result = commit(shop, client, "vapid-rewrite")

    assert result.returncode == 1
    found = {line.partition(":")[0] for line in result.stdout.splitlines() if ": VAP" in line}
    assert found == set(old)
    assert shop.git(client, "log", "-1", "--format=%s") == "Start\n"


@pytest.mark.once
def test_rewrite_changes_what_is_staged_and_passes_the_second_time(
    shop: Shop, client: Path
) -> None:
    old = CLEAN.replace("rest/v1.0", "vapid")
    stage(shop, client, {"sync.py": old, "run.http": "GET https://api.procore.com/vapid/me\n"})

    first = commit(shop, client)
    assert first.returncode == 1
    assert "files were modified by this hook" in first.stdout
    assert "warning:" not in first.stdout.lower()
    assert (client / "sync.py").read_text("utf-8") == CLEAN
    assert shop.git(client, "show", ":sync.py") == old

    shop.git(client, "add", "-u")
    second = commit(shop, client)
    assert second.returncode == 0, second.stdout
    assert shop.git(client, "show", "HEAD:run.http") == (
        "GET https://api.procore.com/rest/v1.0/me\n"
    )


@pytest.mark.once
def test_name_is_followed_through_files_that_are_not_staged(shop: Shop, client: Path) -> None:
    (client / "call.py").write_text(CALL, "utf-8")
    stage(shop, client, {"base.py": f"{BASE}TIMEOUT = 3\n"})

    result = commit(shop, client, "vapid-rewrite")

    assert result.returncode == 1
    assert re.search(r"^base\.py:1:\d+: VAP001 .*GET /vapid/me$", result.stdout, re.MULTILINE)


@pytest.mark.once
def test_call_is_found_though_its_constant_is_not_staged(shop: Shop, client: Path) -> None:
    stage(shop, client, {"call.py": CALL})

    result = commit(shop, client)

    assert result.returncode == 1
    assert re.search(
        r"^base\.py:1:.* VAP001 .*; called in call\.py:5$", result.stdout, re.MULTILINE
    )
    assert shop.git(client, "status", "--short") == "A  call.py\n"


@pytest.mark.once
def test_name_of_any_kind_is_the_name_of_a_file(shop: Shop, client: Path) -> None:
    old = CLEAN.replace("rest/v1.0", "vapid")
    names = ["-w.py", "--diff=HEAD.py", "--output=x.py", "a b.py", "line\nend.py", "naïve.py"]
    for name in names:
        (client / name).write_text(old, "utf-8")
    shop.git(client, "add", "-A")

    result = commit(shop, client, "vapid-rewrite")
    assert result.returncode == 1
    assert result.stdout.count(":3:39: VAP0") == len(names)

    assert commit(shop, client).returncode == 1
    assert {(client / name).read_text("utf-8") for name in names} == {CLEAN}
    shop.git(client, "add", "-A")
    assert commit(shop, client).returncode == 0


@pytest.mark.once
def test_what_is_staged_counts_and_what_is_not_does_not(shop: Shop, client: Path) -> None:
    old = CLEAN.replace("rest/v1.0", "vapid")
    stage(shop, client, {"sync.py": old})
    (client / "sync.py").write_text(CLEAN, "utf-8")
    assert commit(shop, client, "vapid-rewrite").returncode == 1
    assert (client / "sync.py").read_text("utf-8") == CLEAN

    stage(shop, client, {"sync.py": CLEAN})
    (client / "sync.py").write_text(old, "utf-8")
    result = commit(shop, client)
    assert result.returncode == 0, result.stdout
    assert (client / "sync.py").read_text("utf-8") == old


@pytest.mark.once
def test_one_more_call_through_a_known_constant_is_blocked(shop: Shop, client: Path) -> None:
    config = client / ".pre-commit-config.yaml"
    hook = "{id: vapid-check, args: [--baseline=known.jsonl, --]}"
    config.write_text(
        config.read_text("utf-8").replace("{id: vapid-rewrite}, {id: vapid-check}", hook), "utf-8"
    )
    entry = '"code": "VAP001", "endpoint": "GET /vapid/me", "line": "ROOT = \\"/vapid\\""'
    known = f'{{"vapid-to-rest baseline": 1}}\n{{"path": "base.py", {entry}}}\n'
    stage(shop, client, {".pre-commit-config.yaml": config.read_text("utf-8")})
    stage(shop, client, {"known.jsonl": known, "a.py": CALL})
    first = commit(shop, client)
    assert first.returncode == 0, first.stdout

    stage(shop, client, {"-b.py": CALL})
    second = commit(shop, client)
    assert second.returncode == 1
    assert "called in -b.py:5" in second.stdout


@pytest.mark.once
def test_hook_can_be_tried_without_an_install(shop: Shop, client: Path) -> None:
    stage(shop, client, {"sync.py": CLEAN.replace("rest/v1.0", "vapid")})

    result = shop.pre_commit(
        client, "try-repo", str(shop.repository), "vapid-check", "--files", "sync.py"
    )

    require_network(result)
    assert result.returncode == 1
    assert "sync.py:3:39: VAP001" in result.stdout

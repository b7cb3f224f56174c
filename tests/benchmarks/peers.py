"""What this tool is timed against: the commands of others, with rules that come closest to its own.

They are taken from ``PATH``, as ripgrep, ruff, ``pip install semgrep`` and ``ast-grep-cli``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from measure import Command

ROOT = Path(__file__).parents[2]
# Not the folder that it runs in: a tree of installed packages has a click of its own.
PYTHON = [sys.executable, "-P"]
TOOL = [*PYTHON, "-m", "migrator"]

START = "python -c pass"
CLICK = 'python -c "import click"'
RG = "rg -l vapid"
SEMGREP = "semgrep"
CODEMOD = "libcst.tool codemod"

# What comes closest to following strings: a literal with the word, up to a call that sends.
SEMGREP_RULE = r"""
rules:
  - id: vapid
    mode: taint
    languages: [python]
    severity: WARNING
    message: a call under /vapid
    pattern-sources:
      - patterns:
          - pattern-either:
              - pattern: "'$TEXT'"
              - pattern: 'f"$TEXT"'
          - metavariable-regex: {metavariable: $TEXT, regex: ".*vapid.*"}
    pattern-sinks:
      - pattern-either:
          - pattern: $CLIENT.get(...)
          - pattern: $CLIENT.post(...)
          - pattern: $CLIENT.patch(...)
          - pattern: $CLIENT.put(...)
          - pattern: $CLIENT.delete(...)
          - pattern: $CLIENT.request(...)
          - pattern: urllib.request.urlopen(...)
"""
AST_GREP_RULE = r"""
id: vapid
language: Python
severity: warning
message: a string with the namespace
rule:
  kind: string
  regex: "(^|/)vapid(/|$|.)"
"""
CODEMOD_CODE = '''
from libcst.codemod import VisitorBasedCodemodCommand


class MoveCommand(VisitorBasedCodemodCommand):
    """Change the namespace in every string."""

    def leave_SimpleString(self, original_node, updated_node):
        return updated_node.with_changes(value=updated_node.value.replace("/vapid", "/rest/v1.0"))

    def leave_FormattedStringText(self, original_node, updated_node):
        return updated_node.with_changes(value=updated_node.value.replace("/vapid", "/rest/v1.0"))
'''


def prepare(folder: Path) -> None:
    """Write the rules of the peers, and let nothing but the work be timed."""
    (folder / "semgrep.yml").write_text(SEMGREP_RULE, "utf-8")
    (folder / "ast-grep.yml").write_text(AST_GREP_RULE, "utf-8")
    (folder / "codemods").mkdir()
    (folder / "codemods" / "__init__.py").touch()
    (folder / "codemods" / "move.py").write_text(CODEMOD_CODE, "utf-8")
    # Installed programs are compiled; and a peer that asks the network must be seen to fail.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    subprocess.run([*PYTHON, "-m", "compileall", "-q", str(ROOT / "migrator")], check=True)
    os.environ |= {
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(folder)]),
        "XDG_CACHE_HOME": str(folder / "cache"),
        "SEMGREP_SETTINGS_FILE": str(folder / "semgrep-settings.yml"),
        **dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), "http://127.0.0.1:9"),
    }


def list_versions() -> Iterator[str]:
    """Yield the peers that there are, with their versions."""
    for name in ("rg", "ruff", "ast-grep", "semgrep"):
        if shutil.which(name) is None:
            yield f"no {name}"
            continue
        shown = subprocess.run([name, "--version"], capture_output=True, text=True, check=True)
        version = shown.stdout.splitlines()[0]
        yield version if name in version or name == "rg" else f"{name} {version}"
    code = "import importlib.metadata as m; print('libcst', m.version('libcst'))"
    shown = subprocess.run([*PYTHON, "-c", code], capture_output=True, text=True, check=True)
    yield shown.stdout.strip()


def list_starts(folder: Path) -> list[Command]:
    """Return what any Python program takes at least, and one with a command line."""
    return [
        Command(START, [*PYTHON, "-c", "pass"], folder),
        Command(CLICK, [*PYTHON, "-c", "import click"], folder),
    ]


def list_peers(folder: Path, rules: Path, files: list[str], *, affected: bool) -> list[Command]:
    """Return the commands of the peers that there are, for files of a folder.

    Where it is ``affected``, each must find something there.
    """
    ruff = ["ruff", "check", "--no-cache", "--exit-zero", "--quiet", "--isolated"]
    semgrep = [
        *("semgrep", "scan", "--metrics=off", "--disable-version-check", "--quiet", "--json"),
        *("--no-git-ignore", "--config", str(rules / "semgrep.yml")),
    ]
    codemod = [*PYTHON, "-m", "libcst.tool", "codemod", "-x", "--no-format", "--hide-progress"]
    codemod += ["--unified-diff=3", "codemods.move.MoveCommand"]
    found = '"check_id"' if affected else r'"results": ?\[\]'
    commands = [
        Command(RG, ["rg", "-l", "vapid"], folder, 0 if affected else 1),
        Command("ruff check", ruff, folder),
        Command(
            "ast-grep",
            ["ast-grep", "scan", "--rule", str(rules / "ast-grep.yml")],
            folder,
            proof="a string with the namespace" if affected else "",
        ),
        Command(SEMGREP, semgrep, folder, proof=found, slow=True),
        Command(CODEMOD, codemod, folder, proof=r"\+.*/rest/v1\.0" if affected else "", slow=True),
    ]
    return [
        Command(each.name, [*each.arguments, *files], folder, each.code, each.proof, each.slow)
        for each in commands
        if shutil.which(each.arguments[0])
    ]

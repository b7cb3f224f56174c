"""Times this tool against what else finds or changes code, in the same run and in turn.

Run as ``python tests/benchmarks/peers.py [--runs N] [--modules N]``; semgrep and ast-grep are taken
from ``PATH`` (``pip install semgrep ast-grep-cli``), like ripgrep. It builds a clean tree of the
installed packages of this Python, the same with calls in one of twenty files, and a client all
of whose modules call the old API, and prints medians and ratios as tables.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import shutil
import sys
import tempfile
from pathlib import Path

from run import ROOT, TOOL, build_clean, build_dense, peak_memory, print_table, time_all

CLICK = [sys.executable, "-c", "import click"]
CLIENT = """

def fetch_from_procore_{number}(session, project_id):
    base = "https://api.procore.com"
    url = base + "/vapid/projects/" + str(project_id) + "/rfis"
    return session.get(url)
"""
# What comes closest to following strings: a literal with the word, up to a call that sends.
SEMGREP = r"""
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
AST_GREP = r"""
id: vapid
language: Python
severity: warning
message: a string with the namespace
rule:
  kind: string
  regex: "(^|/)vapid(/|$|.)"
"""
CODEMOD = '''
import libcst as cst
from libcst.codemod import VisitorBasedCodemodCommand


class MoveCommand(VisitorBasedCodemodCommand):
    """Change the namespace in every string."""

    def leave_SimpleString(self, original_node, updated_node):
        return updated_node.with_changes(value=updated_node.value.replace("/vapid", "/rest/v1.0"))

    def leave_FormattedStringText(self, original_node, updated_node):
        return updated_node.with_changes(value=updated_node.value.replace("/vapid", "/rest/v1.0"))
'''


def build_realistic(clean: Path, folder: Path) -> int:
    """Copy the clean tree, with a call put into one of twenty files; return how many."""
    shutil.copytree(clean, folder)
    files = sorted(path for path in folder.rglob("*.py") if is_plain(path))
    chosen = random.Random(2022).sample(files, len([*folder.rglob("*.py")]) // 20)
    for number, path in enumerate(chosen):
        with path.open("a", encoding="utf-8") as stream:
            stream.write(CLIENT.format(number=number))
    return len(chosen)


def is_plain(path: Path) -> bool:
    """Tell whether text may be put at the end of a file, and is code there."""
    data = path.read_bytes()
    return data.isascii() and data.endswith(b"\n") and not data.endswith(b"\\\n")


def list_peers(folder: Path) -> dict[str, list[str]]:
    """Return the commands of the peers that there are, for the folder that they run in."""
    (folder / "semgrep.yml").write_text(SEMGREP)
    (folder / "ast-grep.yml").write_text(AST_GREP)
    (folder / "codemods").mkdir()
    (folder / "codemods" / "__init__.py").touch()
    (folder / "codemods" / "move.py").write_text(CODEMOD)
    peers = {
        "rg": ["rg", "-l", "vapid", "."],
        "ruff": ["ruff", "check", "--no-cache", "--exit-zero", "--quiet", "--isolated", "."],
        "ast-grep": ["ast-grep", "scan", "--rule", str(folder / "ast-grep.yml"), "."],
        "semgrep": [
            *("semgrep", "scan", "--metrics=off", "--disable-version-check", "--quiet"),
            *("--no-git-ignore", "--config", str(folder / "semgrep.yml"), "."),
        ],
    }
    found = {name: command for name, command in peers.items() if shutil.which(command[0])}
    codemod = ["-m", "libcst.tool", "codemod", "-x", "--unified-diff=3", "--hide-progress"]
    run = [sys.executable, *codemod, "codemods.move.MoveCommand", "."]
    return found | {"libcst.tool codemod": run}


def time_tree(title: str, tree: Path, peers: dict[str, list[str]], runs: int) -> None:
    """Print what a tree takes: this tool, and its peers."""
    os.environ["PYTHONPATH"] = str(tree.parent)
    own = {
        "scan": [*TOOL, "scan", ".", "--format", "json", "--no-cache"],
        "scan again": [*TOOL, "scan", ".", "--format", "json"],
        "rewrite (diff)": [*TOOL, "rewrite", ".", "--no-cache"],
    }
    commands = {
        'python -c "import click"': (CLICK, tree),
        **{name: (command, tree) for name, command in {**own, **peers}.items()},
    }
    print_table(title, time_all(commands, runs), 'python -c "import click"')
    print(f"\nPeak memory of that scan: {peak_memory(own['scan'], tree):.0f} MiB", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--modules", type=int, default=300)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
        os.environ["SEMGREP_SETTINGS_FILE"] = str(folder / "semgrep-settings.yml")
        clean, realistic, dense = folder / "clean", folder / "realistic", folder / "dense"
        files = build_clean(clean)
        affected = build_realistic(clean, realistic)
        lines = build_dense(dense, options.modules)
        peers = list_peers(folder)
        print(
            f"{platform.python_implementation()} {platform.python_version()}, "
            f"{os.cpu_count()} cores, median of {options.runs}"
        )
        ten = [str(path) for path in sorted(clean.rglob("*.py"))[:10]]
        commands = {
            'python -c "import click"': (CLICK, clean),
            "check": ([*TOOL, "check", *ten], clean),
            **{name: ([*command[:-1], *ten], clean) for name, command in peers.items()},
        }
        print_table("Ten clean files", time_all(commands, options.runs), 'python -c "import click"')
        time_tree(f"Clean tree, {files} files", clean, peers, options.runs)
        title = f"Realistic tree, {affected} of these files affected"
        time_tree(title, realistic, peers, options.runs)
        title = f"Dense tree, {options.modules} modules of {lines} lines, all affected"
        time_tree(title, dense, peers, max(options.runs // 2, 1))
    print(f"\n{ROOT.name}: {' '.join(TOOL[1:])}")


if __name__ == "__main__":
    main()

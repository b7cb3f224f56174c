"""The GitHub Action: its form, and its shell steps, which are run as a runner would."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]
from click.testing import CliRunner

from migrator.cli import program

ROOT = Path(__file__).parent.parent
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
STEPS: list[dict[str, Any]] = ACTION["runs"]["steps"]
EXPRESSION = re.compile(r"\$\{\{\s*(\S+)\s*\}\}")
RECORDER = """#!{python}
import json, os, sys
with open(os.environ["RECORD"], "a") as record:
    print(json.dumps(sys.argv[1:]), file=record)
print("a document" if "--format=sarif" in sys.argv else "a log")
sys.exit(int(os.environ["STATUS"]))
"""
# As a program that turns on the first of them would be.
CODE_IN_INPUT = "$(touch owned)`touch owned`;touch owned"


def fill(text: str, values: dict[str, str]) -> str:
    return EXPRESSION.sub(lambda found: values[found[1]], text)


def run_step(name: str, folder: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run a step with the defaults of the inputs, but for those given."""
    step = next(step for step in STEPS if step.get("id") == name)
    values = {f"inputs.{key}": each["default"] for key, each in ACTION["inputs"].items()}
    values |= {"runner.temp": str(folder / "temp"), "github.action_path": str(ROOT)}
    values |= {f"inputs.{key.replace('_', '-')}": value for key, value in inputs.items()}
    values["steps.python.outputs.python-path"] = str(folder / "a python" / "python3")
    values["steps.check.outputs.found"] = os.environ.get("FOUND", "")
    variables = {key: fill(value, values) for key, value in step["env"].items()}
    kept = {
        key: os.environ[key] for key in ("PATH", "HOME", "RECORD", "STATUS") if key in os.environ
    }
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        cwd=folder,
        env=kept | variables | {"GITHUB_OUTPUT": str(folder / "output")},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder in which the installed program records what it is called with."""
    installed = tmp_path / "temp" / "vapid-to-rest" / "bin"
    installed.mkdir(parents=True)
    (installed / "vapid-to-rest").write_text(RECORDER.format(python=sys.executable), "utf-8")
    (installed / "vapid-to-rest").chmod(0o755)
    monkeypatch.setenv("RECORD", str(tmp_path / "record"))
    monkeypatch.setenv("STATUS", "0")
    return tmp_path


def recorded(folder: Path) -> list[list[str]]:
    """Return what programs were called with, one after the other."""
    return [json.loads(line) for line in (folder / "record").read_text("utf-8").splitlines()]


@pytest.mark.parametrize(
    "text",
    [None, "runs: {using: composite}\n"],
    ids=["action.yml", "an action without what it must have"],
)
def test_action_is_one_by_the_schema_of_github(text: str | None, tmp_path: Path) -> None:
    file = ROOT / "action.yml"
    if text is not None:
        file = tmp_path / "action.yml"
        file.write_text(text, "utf-8")
    schema = ["--builtin-schema", "vendor.github-actions"]

    result = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", *schema, str(file)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == (0 if text is None else 1), result.stdout


@pytest.mark.parametrize(
    ("words", "schema"),
    [("runs-on:", "vendor.github-workflows"), ("codequality:", "vendor.gitlab-ci")],
    ids=["GitHub", "GitLab"],
)
def test_workflow_of_the_readme_is_one(words: str, schema: str, tmp_path: Path) -> None:
    blocks = re.findall(
        r"^```yaml\n(.*?)^```", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    (block,) = [block for block in blocks if words in block]
    (tmp_path / "ci.yml").write_text(block, "utf-8")

    result = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, "ci.yml"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 0, result.stdout


def test_no_input_stands_in_a_script() -> None:
    scripts = [step["run"] for step in STEPS if "run" in step]

    assert len(scripts) == 3
    assert not any("${{" in script for script in scripts)


def test_actions_of_others_are_pinned() -> None:
    used = [step["uses"] for step in STEPS if "uses" in step]

    assert used
    assert all(re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", each) for each in used)
    text = (ROOT / "action.yml").read_text("utf-8")
    assert all(re.search(rf"{each} # v\d+\.\d+\.\d+\n", text) for each in used)


@pytest.mark.parametrize(
    ("inputs", "arguments"),
    [
        ({}, ["--", "."]),
        ({"paths": "src\nmore files\r\n\n"}, ["--", "src", "more files"]),
        ({"paths": ""}, ["--", "."]),
        ({"paths": "--write"}, ["--", "--write"]),
        ({"paths": CODE_IN_INPUT}, ["--", CODE_IN_INPUT]),
        ({"baseline": "a b.jsonl"}, ["--baseline=a b.jsonl", "--", "."]),
        ({"diff": "origin/main"}, ["--diff=origin/main", "--", "."]),
        ({"diff": CODE_IN_INPUT}, [f"--diff={CODE_IN_INPUT}", "--", "."]),
    ],
    ids=["defaults", "lines", "none", "an option", "code", "baseline", "diff", "code in diff"],
)
def test_check_is_called_with_the_inputs_as_they_are(
    inputs: dict[str, str], arguments: list[str], folder: Path
) -> None:
    result = run_step("check", folder, **inputs)

    assert result.returncode == 0, result.stderr
    options = arguments[: arguments.index("--")]
    names = arguments[len(options) :]
    assert recorded(folder) == [["check", *options, "--format=sarif", *names]]
    assert not (folder / "owned").exists()


@pytest.mark.parametrize(
    ("status", "code", "found"),
    [("0", 0, "false"), ("1", 0, "true"), ("2", 2, None), ("130", 130, None)],
    ids=["clean", "findings", "wrong use", "interrupted"],
)
def test_check_tells_findings_from_failure(
    status: str, code: int, found: str | None, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STATUS", status)

    assert run_step("check", folder).returncode == code
    if found is None:
        assert not (folder / "output").exists()
        return
    sarif = folder / "temp" / "vapid-to-rest" / "check.sarif"
    assert sarif.read_text("utf-8") == "a document\n"
    assert (folder / "output").read_text("utf-8") == f"sarif={sarif}\nfound={found}\n"


@pytest.mark.parametrize(
    ("upload", "status", "log"),
    [("false", "1", "a log\n"), ("false", "0", ""), ("true", "1", "")],
    ids=["not uploaded", "clean", "uploaded"],
)
def test_findings_that_are_not_uploaded_stand_in_the_log(
    upload: str, status: str, log: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STATUS", status)

    result = run_step("check", folder, upload=upload, diff="main", paths="a b")

    assert (result.returncode, result.stdout) == (0, log)
    if log:
        assert recorded(folder)[1] == ["check", "--diff=main", "--format=github", "--", "a b"]


def test_check_refuses_a_word_that_it_does_not_know(folder: Path) -> None:
    result = run_step("check", folder, fail_on="errors")

    assert result.returncode == 2
    assert "::error::The input fail-on" in result.stdout
    assert not (folder / "record").exists()


@pytest.mark.parametrize(
    ("found", "fail_on", "code"),
    [("true", "findings", 1), ("true", "never", 0), ("false", "findings", 0)],
)
def test_job_fails_where_it_is_asked_to(
    found: str, fail_on: str, code: int, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FOUND", found)

    assert run_step("judge", folder, fail_on=fail_on).returncode == code


@pytest.mark.parametrize("version", ["latest", "1.0 --index-url=x", "-r x", CODE_IN_INPUT])
def test_install_refuses_what_is_no_version(version: str, folder: Path) -> None:
    result = run_step("install", folder, version=version)

    assert result.returncode == 2
    assert "::error::The input version" in result.stdout
    assert not (folder / "owned").exists()


@pytest.mark.parametrize(
    ("version", "wanted"), [("0.1.0", "vapid-to-rest==0.1.0"), ("", str(ROOT))]
)
def test_install_takes_the_version_or_the_action_itself(
    version: str, wanted: str, folder: Path
) -> None:
    recorder = RECORDER.format(python=sys.executable)
    for path in ("a python/python3", "temp/vapid-to-rest/bin/python"):
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text(recorder, "utf-8")
        (folder / path).chmod(0o755)

    assert run_step("install", folder, version=version).returncode == 0
    venv, pip = recorded(folder)
    assert pip[-1] == wanted
    # What stands in the folder, such as venv.py, is not to be imported.
    assert venv[:3] == ["-I", "-m", "venv"]
    assert pip[:3] == ["-I", "-m", "pip"]


def test_job_keeps_its_own_python() -> None:
    (step,) = [step for step in STEPS if "setup-python" in step.get("uses", "")]

    assert step["with"]["update-environment"] is False


def test_check_knows_the_options_that_are_handed_to_it() -> None:
    known = {name for option in program.commands["check"].params for name in option.opts}
    used = set(re.findall(r"(--(?:baseline|diff))=", json.dumps(STEPS)))

    assert used == {"--baseline", "--diff"}
    assert used <= known
    assert CliRunner().invoke(program, ["check", "--help"]).exit_code == 0

"""The settings that a project keeps in its pyproject.toml."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from migrator.config import ConfigError, Settings, load_settings

TABLE = "[tool.vapid-to-rest]\n"


@contextmanager
def unprivileged() -> Iterator[None]:
    """Give up the rights of the superuser, to whom every file is open."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def write(folder: Path, text: str | bytes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "pyproject.toml"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file


@pytest.mark.parametrize(
    ("text", "hosts", "exclude"),
    [
        (TABLE, (), ()),
        (f"{TABLE}hosts = []\nexclude = []\n", (), ()),
        (f'{TABLE}hosts = ["proxy.example.com"]\n', ("proxy.example.com",), ()),
        (f'{TABLE}hosts = ["Proxy.Example.COM"]\n', ("proxy.example.com",), ()),
        (f'{TABLE}hosts = ["localhost:8080", "10.0.0.1"]\n', ("localhost", "10.0.0.1"), ()),
        (f'{TABLE}hosts = ["[::1]:8080"]\n', ("[::1]",), ()),
        (f'{TABLE}exclude = ["gen/", "!gen/a.py"]\n', (), ("gen/", "!gen/a.py")),
        (f'{TABLE}exclude = ["[[]a].py"]\n', (), ("[[]a].py",)),
        ('tool.vapid-to-rest.exclude = ["a"]\n', (), ("a",)),
        (b"\xef\xbb\xbf[tool.vapid-to-rest]\r\nexclude = ['a']\r\n", (), ("a",)),
    ],
    ids=repr,
)
def test_settings_are_read(
    text: str | bytes, hosts: tuple[str, ...], exclude: tuple[str, ...], tmp_path: Path
) -> None:
    write(tmp_path, text)

    assert load_settings(tmp_path) == Settings(hosts, exclude, tmp_path)


def test_files_of_rows_stand_beside_the_settings(tmp_path: Path) -> None:
    write(tmp_path, f'{TABLE}rules = ["extra.toml", "api/more.toml", "/etc/rows.toml"]\n')
    (tmp_path / "sub").mkdir()

    assert load_settings(tmp_path / "sub").rules == (
        tmp_path / "extra.toml",
        tmp_path / "api/more.toml",
        Path("/etc/rows.toml"),
    )


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        '[project]\nname = "vapid-to-rest"\n',
        'tool = "vapid-to-rest"\n',
        "[tool.other]\nvapid-to-rest = 1\n",
    ],
    ids=repr,
)
def test_nearest_file_with_the_table_counts(text: str | bytes | None, tmp_path: Path) -> None:
    write(tmp_path, f'{TABLE}exclude = ["outermost"]\n')
    write(tmp_path / "a", f'{TABLE}exclude = ["nearest"]\n')
    if text is not None:
        write(tmp_path / "a" / "b", text)
    start = tmp_path / "a" / "b" / "c"
    start.mkdir(parents=True)

    assert load_settings(start) == Settings(exclude=("nearest",), folder=tmp_path / "a")


def test_folder_may_be_given_from_where_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, f'{TABLE}exclude = ["a"]\n')
    (tmp_path / "sub").mkdir()
    monkeypatch.chdir(tmp_path)

    assert load_settings(Path("sub")).folder == tmp_path


@pytest.mark.parametrize("kind", ["folder", "pipe", "broken-link"])
def test_pyproject_that_is_no_file_is_passed_over(kind: str, tmp_path: Path) -> None:
    write(tmp_path, f'{TABLE}exclude = ["a"]\n')
    file = tmp_path / "sub" / "pyproject.toml"
    file.parent.mkdir()
    match kind:
        case "folder":
            file.mkdir()
        case "pipe":
            os.mkfifo(file)
        case _:
            file.symlink_to("nowhere")

    assert load_settings(file.parent).exclude == ("a",)


@pytest.mark.parametrize("text", ["os.environ['ID']", " str(9) ", "(a if b else c)"])
def test_expression_for_the_company_is_kept_as_it_is_written(text: str, tmp_path: Path) -> None:
    file = write(tmp_path, f'{TABLE}company-id = "{text}"\n')

    assert load_settings(file.parent).company_id == text.strip()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            f"{TABLE}no-such-key = 1\n",
            "has no key 'no-such-key'; it has baseline, company-id, exclude, hosts and rules",
        ),
        (
            f'{TABLE}host = ["a"]\n',
            "has no key 'host'; it has baseline, company-id, exclude, hosts and rules",
        ),
        (f'{TABLE}hosts = "a"\n', "hosts in [tool.vapid-to-rest] must be a list of strings"),
        (f"{TABLE}hosts = [1]\n", "hosts in [tool.vapid-to-rest] must be a list of strings"),
        (f"{TABLE}exclude = true\n", "exclude in [tool.vapid-to-rest] must be a list of strings"),
        (f'{TABLE}rules = "a.toml"\n', "rules in [tool.vapid-to-rest] must be a list of strings"),
        (f"{TABLE}exclude = {{}}\n", "exclude in [tool.vapid-to-rest] must be a list of strings"),
        (
            f'{TABLE}hosts = ["https://a.example.com/"]\n',
            "'https://a.example.com/' is not a host name, such as procore-proxy.example.com",
        ),
        (f'{TABLE}hosts = [""]\n', "'' is not a host name"),
        (f'{TABLE}hosts = ["a b"]\n', "'a b' is not a host name"),
        (f'{TABLE}hosts = ["a:port"]\n', "'a:port' is not a host name"),
        (f'{TABLE}exclude = ["!"]\n', "'!' is not a pattern such as .gitignore has"),
        (f'{TABLE}exclude = ["[z-a]"]\n', "'[z-a]' is not a pattern such as .gitignore has"),
        (f"{TABLE}company-id = 9\n", "company-id in [tool.vapid-to-rest] must be a string"),
        (f"{TABLE}company-id = ''\n", "'' is not one expression of Python"),
        (f"{TABLE}company-id = 'a b'\n", "'a b' is not one expression of Python"),
        (f"{TABLE}company-id = 'a, b'\n", "'a, b' is not one expression of Python"),
        (f"{TABLE}company-id = 'a, 1: b'\n", "is not one expression of Python"),
        (f"{TABLE}company-id = 'a # b'\n", "'a # b' is not one expression of Python"),
        (f"{TABLE}company-id = 'a := 1'\n", "'a := 1' is not one expression of Python"),
        (f'{TABLE}company-id = "(a\\n)"\n', "is not one expression of Python"),
        (f"{TABLE}company-id = '{'(' * 9999}'\n", "is not one expression of Python"),
        ("tool.vapid-to-rest = 1\n", "tool.vapid-to-rest must be a table, [tool.vapid-to-rest]"),
        ("[[tool.vapid-to-rest]]\n", "tool.vapid-to-rest must be a table"),
    ],
    ids=lambda value: repr(value)[:60],
)
def test_settings_that_make_no_sense_are_refused_by_file_and_key(
    text: str, message: str, tmp_path: Path
) -> None:
    file = write(tmp_path, text)
    (tmp_path / "sub").mkdir()

    with pytest.raises(ConfigError) as caught:
        load_settings(tmp_path / "sub")

    assert str(caught.value).startswith(f"{file}: ")
    assert message in str(caught.value)


BROKEN = [
    (f"{TABLE}hosts = [\n", ":3: is not valid TOML: "),
    (f"{TABLE}hosts = []\nhosts = []\n", ":3: is not valid TOML: Cannot overwrite a value"),
    (f"{TABLE}x = {'[' * 5000}\n", ": is not valid TOML: it is nested too deeply"),
    ("[project]\n\nthis is not TOML", ":3: is not valid TOML: "),
    (b"[tool.vapid-to-rest]\n# caf\xe9\n", ":2: is not UTF-8: save it as UTF-8"),
    (b"\xef\xbb\xbf[tool.vapid-to-rest]\n\n# caf\xe9\n", ":3: is not UTF-8"),
    (TABLE.encode("utf-16"), ":1: is not UTF-8"),
    (b"\xff\xfe", ":1: is not UTF-8"),
]


@pytest.mark.parametrize(("text", "message"), BROKEN, ids=lambda value: repr(value)[:60])
def test_nearest_file_that_is_not_toml_is_refused_by_file_and_line(
    text: str | bytes, message: str, tmp_path: Path
) -> None:
    write(tmp_path, f'{TABLE}exclude = ["outermost"]\n')
    file = write(tmp_path / "a", text)
    (tmp_path / "a" / "b").mkdir()

    with pytest.raises(ConfigError) as caught:
        load_settings(tmp_path / "a" / "b")

    assert str(caught.value).startswith(f"{file}{message}")


@pytest.mark.parametrize(
    ("text", "is_refused"),
    [("this is not TOML", False), (f"{TABLE}x", True), (TABLE.encode("utf-16"), True)],
    ids=["no-mention", "mention", "mention-in-utf-16"],
)
def test_file_further_up_that_is_not_toml_is_refused_if_it_may_have_the_table(
    text: str | bytes, is_refused: bool, tmp_path: Path
) -> None:
    write(tmp_path, text)
    write(tmp_path / "a", "[project]\n")

    if is_refused:
        with pytest.raises(ConfigError):
            load_settings(tmp_path / "a")
    else:
        assert load_settings(tmp_path / "a") == Settings()


def test_settings_that_may_not_be_read_are_refused() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        file = write(folder, TABLE)
        file.chmod(0)

        with unprivileged(), pytest.raises(ConfigError) as caught:
            load_settings(folder)

        assert str(caught.value) == f"{file}: cannot be read: Permission denied"


@pytest.mark.parametrize(
    ("text", "is_loaded"),
    [("[tool.other]\n", False), (TABLE, False), (f"{TABLE}exclude = ['a']\n", True)],
    ids=["no-mention", "table", "patterns"],
)
def test_pathspec_is_imported_only_where_there_are_patterns(
    text: str, is_loaded: bool, tmp_path: Path
) -> None:
    write(tmp_path, text)
    code = (
        "import sys; from pathlib import Path; from migrator.config import load_settings;"
        "load_settings(Path(sys.argv[1])); print('pathspec' in sys.modules)"
    )

    result = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert result.stdout == f"{is_loaded}\n"

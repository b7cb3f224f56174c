"""Which comments silence what."""

from __future__ import annotations

import pytest

from migrator.suppress import find_suppressions, suppresses, suppresses_file, suppresses_text

MARK = "# vapid: ignore-file"


@pytest.mark.parametrize(
    "text",
    [
        f"{MARK}\n",
        f"x = 1\n    {MARK} since it is generated\n",
        "\t#vapid:ignore-file\r\nx = 1\r\n",
        f"x = 1\r{MARK}\rx = 2\r",
        f"x = [\n    1,\n{MARK}\n]\n",
        f'"""A docstring."""\n{MARK}',
        f"{MARK}\nprint 'not Python 3'\n",
        f"{MARK}\nx = '''never closed\n",
    ],
    ids=repr,
)
def test_comment_on_a_line_of_its_own_silences_the_file(text: str) -> None:
    assert suppresses_file(text, python=True)
    assert suppresses_file(text)


@pytest.mark.parametrize(
    "text",
    [
        f'x = """\n{MARK}\n"""\n',
        f'x = f"""\n{MARK} {{x}}\n"""\n',
        f"def f():\n    '''Explains.\n\n    {MARK}\n    '''\n",
        f"x = 1\nprint 'old'\ny = '''\n{MARK}\n'''\n",
        f"x = 1  {MARK}\n",
        f'x = """\n"""  {MARK}\n',
        "# vapid: ignore-files\n",
        "# vapid: ignore\n",
        f"## {MARK}\n",
        f"x = '''never closed\n{MARK}\n",
    ],
    ids=repr,
)
def test_other_words_do_not_silence_a_python_file(text: str) -> None:
    assert not suppresses_file(text, python=True)


def test_line_of_a_file_that_is_not_python_is_a_comment_wherever_it_stands() -> None:
    assert suppresses_file(f"it's:\n  {MARK}\n")
    assert not suppresses_file(f"it's: 1  {MARK}\n")


@pytest.mark.parametrize(
    ("line", "code", "columns"),
    [
        ("x  # vapid: ignore", "VAP001", [3]),
        ("x  # vapid: ignore[VAP001, VAP002] both", "VAP002", [3]),
        ("x  # vapid: ignore[VAP001]", "VAP002", []),
        ("x  # vapid: ignore [VAP001] why", "VAP001", [3]),
        ("x  # vapid: ignore [VAP001] why", "VAP002", []),
        ("'# vapid: ignore'  # vapid: ignore[VAP001]", "VAP001", [1, 19]),
        ("x  # vapid: ignore-file", "VAP001", []),
        ("x  # vapid: ignored", "VAP001", []),
        ("x  # vapid: ignore[VAP001", "VAP001", []),
    ],
    ids=str,
)
def test_line_silences_the_codes_that_it_names(line: str, code: str, columns: list[int]) -> None:
    assert list(find_suppressions(line, code)) == columns
    assert suppresses(line, code) is bool(columns)


@pytest.mark.parametrize(
    ("line", "silenced"),
    [
        ("url: x  # vapid: ignore", True),
        ("url: 'x'  # vapid: ignore 'for now'", True),
        ("say: it's  # vapid: ignore since it's old", True),
        ('say: "it\'s"  # vapid: ignore', True),
        ("say: '  # vapid: ignore", True),
        ('url: "x # vapid: ignore"', False),
        ("url: 'x # vapid: ignore'", False),
        ("url: 'it's \"x\" # vapid: ignore'", False),
        ('url: "x # vapid: ignore"  # vapid: ignore', True),
        ("url: x  # vapid: ignored", False),
    ],
    ids=str,
)
def test_words_in_quotes_are_no_comment_of_a_text_file(line: str, silenced: bool) -> None:
    assert suppresses_text(line, "VAP008") is silenced

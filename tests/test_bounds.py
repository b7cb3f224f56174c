"""Programs that would keep a careless evaluator busy for ever, or end it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from migrator.config import Settings
from migrator.pipeline import scan_paths

if TYPE_CHECKING:
    from pathlib import Path

TOP = 'import requests\nBASE = "https://api.procore.com/vapid"\n'
ME = 'requests.get(BASE + "/me")\n'


def repeated(line: str, times: int) -> str:
    return "".join(line.format(i=i, j=i + 1) for i in range(times))


PROGRAMS = {
    "strings that double": 'a0 = BASE + "/me?"\n' + repeated("a{j} = a{i} + a{i}\n", 40)
    + "requests.get(a40)\n",
    "a dict of thousands by an unknown key": "U = {\n" + repeated('"{i}": "/{i}",\n', 3000)
    + "}\ndef f(k):\n    return requests.post(U[k])\n" + ME,
    "a chain of attributes": "x = requests" + ".a" * 600 + "\n" + ME,
    "a chain of calls": "x = requests" + ".a()" * 600 + "\n" + ME,
    "a chain of subscripts": "x = requests" + '["a"]' * 600 + "\n" + ME,
    "a sum of 2,000 terms": 'x = BASE + "/me?"' + ' + "a"' * 2000 + "\nrequests.get(x)\n",
    "2,000 literals side by side": "x = (" + '"a" ' * 2000 + ")\n" + ME,
    "ifs that add to a name": 'def f(q):\n    url = BASE + "/me"\n'
    + repeated('    if q.a{i}:\n        url += "?a{i}=1"\n', 300)
    + "    return requests.get(url)\n",
    "ifs that bind a name again": 'def f(q):\n    url = BASE + "/me"\n'
    + repeated('    if q.a{i}:\n        url = url + "?a{i}=1"\n', 300)
    + "    return requests.get(url)\n",
    "a name bound 3,000 times": 'def f():\n    url = BASE + "/me?"\n'
    + 'url = url + "a"\n'.join(["    "] * 3000) + "return requests.get(url)\n",
    "200 nested calls": "def f(x): return x\nrequests.get(" + "f(" * 200 + 'BASE + "/me"'
    + ")" * 200 + ")\n",
    "200 wrappers of wrappers": repeated("def f{i}(x): return f{j}(x)\n", 200)
    + 'def f200(x): return requests.get(x)\nf0(BASE + "/me")\n',
    "wrappers that call twice": "def f0(p): return requests.get(BASE + p)\n"
    + repeated("def f{j}(p): return f{i}(p) or f{i}(p)\n", 25) + 'f25("/me")\n',
    "names bound through one another": 'A = B\nB = A\nC = C + "x"\nrequests.post(A)\n' + ME,
    "functions that call one another": "def f(x): return g(x) + g(x)\ndef g(x): return f(x + x)\n"
    "requests.post(f(BASE))\n" + ME,
    "a class that inherits from itself": "class A(A): pass\nclass C(D): pass\nclass D(C): pass\n"
    "requests.post(A().base + C().base)\n" + ME,
    "nested loops": "def f(a):\n"
    + "".join("    " * (i + 1) + f"for x{i} in ['a', 'b', 'c', 'd']:\n" for i in range(15))
    + "    " * 16 + "requests.post('/'.join([" + ", ".join(f"x{i}" for i in range(15)) + "]))\n"
    + ME,
    "sizes that no memory holds": "x = BASE * 10**9\ny = ['a'] * 10**9\n"
    "requests.post('a'.ljust(10**9) + f'{1:1000000000}' + '%1000000000d' % 1 + str(9**9**9**9))\n"
    "requests.post('{:>999999999}'.format('a') + '/'.join(['a'] * 10**9))\n" + ME,
    "dicts nested 200 deep": "D = " + '{"a": ' * 200 + "BASE" + "}" * 200
    + "\nrequests.get(D" + '["a"]' * 200 + ' + "/me")\n',
    "an elif for each of 1,000": "def f(x):\n    if x < 0: u = '/a'\n"
    + repeated("    elif x == {i}: u = '/{i}'\n", 1000) + "    requests.post(u)\n" + ME,
}  # fmt: skip


def found_in(folder: Path) -> list[str]:
    scan = scan_paths(["."], Settings(), today=date(2026, 11, 23), cwd=folder)
    assert scan.problems == ()
    return [endpoint.name for endpoint in scan.endpoints]


@pytest.mark.sampled
@pytest.mark.parametrize("name", PROGRAMS)
def test_program_that_explodes_is_followed_as_far_as_the_limits_go(
    name: str, tmp_path: Path
) -> None:
    (tmp_path / "main.py").write_text(TOP + PROGRAMS[name])

    assert "GET /vapid/me" in found_in(tmp_path)


def test_modules_that_import_each_other_end(tmp_path: Path) -> None:
    texts = {
        "main": "import requests\nfrom a import X\nrequests.get(X + '/me')\n",
        "a": "from b import X\nBASE = 'https://api.procore.com/vapid'\nfrom main import Y\n",
        "b": "from a import X, BASE\nX = BASE\nfrom c import *\n",
        "c": "from b import *\nfrom a import *\nclass A(B): pass\nfrom d import B\n",
        "d": "from c import A\nclass B(A): pass\n",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.py").write_text(text)

    assert found_in(tmp_path) == ["GET /vapid/me"]


@pytest.mark.once
def test_function_of_thousands_of_lines_is_followed(tmp_path: Path) -> None:
    lines = repeated(
        "    y{i} = x + {i}\n    print(y{i})\n    requests.get(BASE + f'/projects/{{p}}')\n", 1700
    )
    (tmp_path / "main.py").write_text(f"{TOP}def f(p, x):\n{lines}")

    assert found_in(tmp_path) == ["GET /vapid/projects/{p}"]

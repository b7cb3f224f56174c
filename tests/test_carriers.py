"""Which modules a name hands the namespace on to."""

import pytest

from migrator.prefilter import may_send
from migrator.program.carriers import find_carriers
from migrator.program.project import Project
from migrator.program.units import Outline, read_outline
from migrator.values import SourceFile

API = 'API = "https://api.procore.com/vapid"\nLIMIT = 3\n'


def project(files: dict[str, str]) -> Project:
    return Project(files, lambda path: SourceFile(path, files[path].encode(), files[path], "utf-8"))


def carriers(start: str, **files: str) -> list[str]:
    named = {f"{name.replace('_in_', '/')}.py": text for name, text in files.items()}
    return find_carriers(project({"api.py": start, **named}), {"api.py": [may_send]}).paths[1:]


@pytest.mark.parametrize(
    "text",
    [
        "from api import API",
        "from api import API as BASE",
        "from api import *",
        "import api\nurl = api.API + '/me'",
        "import api as vendor\ndef url(): return vendor.API",
        "def url():\n    from api import API\n    return API",
        "def url():\n    import api\n    return api.API",
        "import api\ndef url(name): return getattr(api, name)",
        "import api\nnames = vars(api)",
        "import api\nnames = api.__dict__",
        "try:\n    from api import API\nexcept ImportError:\n    API = ''",
        "import api\nprint api.API",
    ],
)
def test_module_that_takes_the_name_is_reached(text: str) -> None:
    assert carriers(API, user=text) == ["user.py"]


@pytest.mark.parametrize(
    "text",
    [
        "from api import LIMIT",
        "import api\nlimit = api.LIMIT",
        "import api\ndef run(client): return client.API",
        "from other import API",
        "API = 'mine'",
    ],
)
def test_module_that_takes_something_else_is_left_out(text: str) -> None:
    assert carriers(API, user=text) == []


class Counting(Project):
    """Notes which files are looked into, statement by statement: that takes its time."""

    def __init__(self, files: dict[str, str]) -> None:
        super().__init__(files, lambda p: SourceFile(p, files[p].encode(), files[p], "utf-8"))
        self.outlined: set[str] = set()

    def outline(self, path: str) -> Outline:
        self.outlined.add(path)
        return super().outline(path)


@pytest.mark.parametrize(
    ("text", "is_read"),
    [
        ("import api\ndef get(self, name): return getattr(self, name)", False),
        ("import api\nlimit = api.LIMIT\nAPIS = 'API2'", False),
        ("import api\nmade = dir(list), vars(self), self.kind.__dict__", False),
        ("from api import LIMIT\nlimit = getattr(LIMIT, name)", False),
        ("import api\ndef get(name): return getattr(api, name)", True),
        ("import api as a\ndef get(name): return getattr(\n    a, name)", True),
        ("import os, api as a\nnames = a.__dict__", True),
        ("import api\nnames = api.kind.__dict__", True),
        ("import api\nos.mkdir(api)", False),
        ("import api, inspect\nnames = inspect.getmembers(api)", True),
        ("from api import *\nmine = API", True),
        ("import api\nurl = api.API", True),
    ],
)
def test_importer_is_read_only_where_it_may_take_the_name(text: str, is_read: bool) -> None:
    counting = Counting({"api.py": API, "user.py": text})

    find_carriers(counting, {"api.py": [may_send]})

    assert ("user.py" in counting.outlined) is is_read


def test_name_is_followed_through_modules_that_hand_it_on() -> None:
    found = carriers(
        API,
        client="from api import API\nclass Client:\n    base = API\nclass Other: ...",
        pack_in___init__="from client import Client, Other",
        user="from pack import Client\nmade = Client()",
        stranger="from pack import Other",
    )
    assert found == ["client.py", "pack/__init__.py", "user.py"]


def test_what_is_changed_in_place_is_followed_to_its_readers() -> None:
    found = carriers(
        'from shared import BASES, put\nBASES["one"] = "https://api.procore.com/vapid"\n',
        shared="BASES = {}\nOTHER = {}\ndef put(x): ...",
        reader='from shared import BASES\nurl = BASES["one"]',
        stranger="from shared import OTHER",
    )
    assert found == ["reader.py", "shared.py"]


def test_what_a_called_function_keeps_is_followed_to_its_readers() -> None:
    found = carriers(
        'from shared import put\nput("https://api.procore.com/vapid")\n',
        shared="KEPT = []\nCOUNT = 0\ndef put(x):\n    KEPT.append(x)",
        reader="from shared import KEPT",
        stranger="from shared import COUNT",
    )
    assert found == ["reader.py", "shared.py"]


def test_local_names_are_not_those_of_the_module() -> None:
    start = 'def send(session):\n    session.mount("https://api.procore.com/vapid")\n'
    assert carriers(start, user="from api import session") == []


def test_text_that_python_cannot_read_is_one_unit_of_all_its_words() -> None:
    (unit,) = read_outline("print api.API").units
    assert unit.unclear
    assert unit.names == {"print", "api", "API"}


def test_blocks_are_read_statement_by_statement() -> None:
    units = read_outline(
        "if a:\n    b = 1\nelse:\n    c = 2\nwith open(x) as d:\n    e = 3\n"
    ).units
    assert [sorted(unit.binds) for unit in units] == [[], ["b"], ["c"], ["d"], ["e"]]


def lines(start: str, **files: str) -> list[tuple[str, int]]:
    """Return where each unit begins that the namespace is handed to."""
    named = {f"{name}.py": text for name, text in files.items()}
    found = find_carriers(project({"api.py": start, **named}), {"api.py": [may_send]})
    return sorted((path, unit.lines[0]) for path, units in found.units.items() for unit in units)


CLASS = """import api
class Base:
    def path(self): return self.own
    def other(self): return self.size
class Client(Base):
    own = api.API
    size = 3
    def __init__(self): self.made = 1
    def url(self): return self.own + "/me"
    def text(self): return str(self)
    def count(self): return self.size
"""


def test_of_a_class_only_what_names_the_member_is_reached() -> None:
    found = lines(API, client=CLASS)

    assert [line for path, line in found if path == "client.py"] == [3, 6, 9, 10]


def test_method_that_sets_what_carries_it_is_reached_in_a_subclass_elsewhere() -> None:
    found = lines(
        "class Base:\n    root = 'https://api.procore.com/vapid'\n",
        client="from api import Base\nclass Client(Base):\n"
        "    def move(self, root): self.root = root\n    def rest(self): return self.size\n",
    )

    assert ("client.py", 3) in found
    assert ("client.py", 4) not in found


def test_header_that_names_it_reaches_the_whole_class() -> None:
    text = "import api\n@api.route(api.API)\nclass View:\n    def get(self): return self.size\n"

    assert ("view.py", 4) in lines(API, view=text)


def test_attribute_set_from_outside_reaches_the_methods_that_read_it() -> None:
    text = (
        "import api\nclass Client:\n    def me(self): return self.root\n"
        "    def size(self): return self.pages\n"
        "client = Client()\nclient.root = api.API\n"
    )
    found = lines(API, client=text)

    assert ("client.py", 3) in found
    assert ("client.py", 4) not in found


@pytest.mark.parametrize("name", ["'LIMIT'", '"other"'])
def test_name_looked_up_by_another_string_is_left_out(name: str) -> None:
    assert carriers(API, user=f"import api\nlimit = getattr(api, {name}, 3)") == []


def test_lookup_in_a_class_of_the_module_is_left_out() -> None:
    assert carriers(API + "class A: ...\n", user="from api import A\nx = getattr(A, input())") == []


@pytest.mark.parametrize(
    ("line", "taken"),
    [
        pytest.param("from base import ROOT", {"ROOT"}, id="one"),
        pytest.param(
            "from base import (\n    ROOT as root,\n    OTHER)",
            {"ROOT", "as", "root", "OTHER"},
            id="some",
        ),
        pytest.param("from base import A\nfrom base import B", {"A", "B"}, id="twice"),
        pytest.param("import base", None, id="all"),
        pytest.param("import base as b\nfrom base import A", None, id="all-and-one"),
        pytest.param("from base import *", None, id="star"),
        pytest.param("from base import A, \\\n    B", None, id="continued"),
        pytest.param("from base import (A,  # (as it was)\n    B)", None, id="comment"),
        pytest.param("from . import base", None, id="submodule"),
    ],
)
def test_importer_is_told_by_its_lines_what_it_takes(line: str, taken: set[str] | None) -> None:
    files = {"base.py": "ROOT = A = B = OTHER = 1\n", "user.py": f"{line}\n"}

    assert project(files).importers("base.py") == {"user.py": taken}


def test_submodule_of_a_package_is_taken_whole() -> None:
    files = {"p/__init__.py": "", "p/base.py": "", "user.py": "from p import base, other\n"}
    found = project(files)

    assert found.importers("p/base.py") == {"user.py": None}
    assert found.importers("p/__init__.py") == {"user.py": {"base", "other"}}

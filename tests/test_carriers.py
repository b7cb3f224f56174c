"""Which modules a name hands the namespace on to."""

import pytest

from migrator.prefilter import may_send
from migrator.program.carriers import find_carriers
from migrator.program.project import Project
from migrator.program.units import read_outline
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

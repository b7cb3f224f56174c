"""What each fix on request plans for small programs, and what it says of those it leaves."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import jsonschema  # type: ignore[import-untyped] # it has no types of its own
import pytest
from click.testing import CliRunner

from migrator.cli import program
from migrator.cli.analysis import NO_COMPANY_ID
from migrator.config import Settings
from migrator.fixes.codes import CODES
from migrator.pipeline import scan_paths
from migrator.rewriting import migrate_files
from migrator.values import Changed, Fix, Safety, Scan

SCHEMA = Path(__file__).parent.parent / "reports" / "scan.schema.json"
TOP = 'import requests\nBASE = "https://api.procore.com"\n'


def scan(folder: Path, *fixes: Fix, paths: tuple[str, ...] = (".",), company: str = "'9'") -> Scan:
    settings = Settings(company_id=company)
    today = date(2026, 11, 23)
    return scan_paths(paths, settings, today=today, cwd=folder, fixes=frozenset(fixes))


def reasons(found: Scan) -> list[str]:
    """Return the messages of what is left to a person of the kinds on request."""
    return [f.message for f in found.findings if f.code in CODES.values() and not f.edits]


def migrated(found: Scan, *fixes: Fix) -> str:
    outcomes = migrate_files(found, frozenset(fixes))
    assert all(isinstance(outcome, Changed) for outcome in outcomes), outcomes
    return "".join(outcome.text for outcome in outcomes if isinstance(outcome, Changed))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param(
            "def get(**kwargs):\n    return requests.get(BASE + '/rest/v1.0/trades', **kwargs)\n",
            "it hands on keyword arguments that are not known",
            id="keywords from unknown callers",
        ),
        pytest.param(
            "session = requests.Session()\nsession.headers.update(requests.get('a').json())\n"
            "session.get(BASE + '/rest/v1.0/trades')\n",
            "its headers come from an expression, which is not known",
            id="a session updated by an answer",
        ),
        pytest.param(
            "import os\nrequests.get(BASE + '/rest/v1.0/trades', headers={os.environ['H']: 'x'})\n",
            "not all of its headers are known",
            id="a key that is not known",
        ),
        pytest.param(
            "session = requests.Session()\nsession.headers[input()] = 'x'\n"
            "session.get(BASE + '/rest/v1.0/trades')\n",
            "not all of its headers are known",
            id="a session's key that is not known",
        ),
        pytest.param(
            "from requests.structures import CaseInsensitiveDict as Headers\n"
            "headers = Headers(input())\n"
            "requests.get(BASE + '/rest/v1.0/trades', headers=headers)\n",
            "its headers come from an expression, which is not known",
            id="a dict of the library's made of something unknown",
        ),
        pytest.param(
            "COMPANY = {'procore-company-id': '9'}\ncompare = COMPANY == {}\n"
            "requests.get(BASE + '/rest/v1.0/trades')\n",
            "it is spelled at a.py:3, and what sends that is not known",
            id="a dict that nothing sends",
        ),
        pytest.param(
            "if requests: requests.get(BASE + '/rest/v1.0/trades', headers={})\n"
            "def main():\n    headers = {}\n    if True: headers['A'] = 'b'\n"
            "    requests.get(BASE + '/rest/v1.0/offices', headers=headers)\n",
            "no literal is known to make its headers",
            id="a line in a branch",
        ),
        pytest.param(
            "session = requests.Session()\n"
            "def main(headers={}): session.headers['A'] = 'b'\n"
            "session.get(BASE + '/rest/v1.0/trades')",
            "there is no line behind which it could stand",
            id="a body on the line of its def",
        ),
        pytest.param(
            "with requests.Session() as session: session.get(BASE + '/rest/v1.0/trades')\n",
            "there is no line behind which it could stand",
            id="a body on the line of its with",
        ),
        pytest.param(
            "requests.get(BASE + '/rest/v1.0/trades', json={'Procore': 1}, headers={})\n"
            "BODY = {'Accept': 'x'}\n"
            "requests.post(BASE + '/rest/v1.0/offices', json=BODY, headers=BODY)\n",
            "the same dict is sent as json",
            id="a dict that is a body, too",
        ),
    ],
)
def test_header_is_left_to_a_person_with_the_reason(text: str, reason: str, tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(TOP + text)

    found = scan(tmp_path, Fix.COMPANY_HEADER)

    assert [each.partition("`: ")[2] for each in reasons(found)] == [reason]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            "from requests.structures import CaseInsensitiveDict as Headers\n"
            "requests.get(BASE + '/rest/v1.0/trades', headers=Headers({'A': 'b'}))\n",
            "headers=Headers({'A': 'b', 'Procore-Company-Id': '9'})",
            id="a dict of the library's",
        ),
        pytest.param(
            "session = requests.Session()\nsession.headers = {'A': 'b'}\n"
            "session.get(BASE + '/rest/v1.0/trades')\n",
            "session.headers = {'A': 'b', 'Procore-Company-Id': '9'}",
            id="headers that are assigned",
        ),
        pytest.param(
            "session = requests.Session()\nsession.headers.pop('Accept', None)\n"
            "session.get(BASE + '/rest/v1.0/trades')\n",
            "session = requests.Session()\nsession.headers[\"Procore-Company-Id\"] = '9'\n",
            id="headers that are taken away",
        ),
        pytest.param(
            "def make():\n    return requests.Session()\nmake().get(BASE + '/rest/v1.0/trades')\n",
            "get(BASE + '/rest/v1.0/trades', headers={\"Procore-Company-Id\": '9'})",
            id="a session that no name holds",
        ),
        pytest.param(
            "session = requests.Session()\n"
            "requests.get('https://example.com/a')\nsession.get('https://example.com/b')\n"
            "session.get(BASE + '/rest/v1.0/trades', headers={'A': 'b'})\n"
            "session.get(BASE + '/rest/v1.0/offices')\n",
            "headers={'A': 'b', 'Procore-Company-Id': '9'})\n"
            "session.get(BASE + '/rest/v1.0/offices', headers={\"Procore-Company-Id\": '9'})",
            id="a session that another vendor's API gets, too",
        ),
        pytest.param(
            "@print\n@repr\ndef main():\n"
            "    with requests.Session() as session:\n        @print\n"
            "        def get():\n            return session.get(BASE + '/rest/v1.0/trades')\n",
            "as session:\n        session.headers[\"Procore-Company-Id\"] = '9'\n        @print\n",
            id="a decorator on the first line of a with",
        ),
        pytest.param(
            "requests.get(\n    BASE + '/rest/v1.0/trades', params={},\n)\n",
            "params={}, headers={\"Procore-Company-Id\": '9'},\n)",
            id="arguments on one line of their own",
        ),
        pytest.param(
            "class Api:\n    def __init__(self, session=None):\n"
            "        self.session = session or requests.Session()\n"
            "    def get(self, path):\n        return self.session.get(BASE + path)\n"
            "Api().get('/rest/v1.0/trades')\n",
            "requests.Session()\n        self.session.headers[\"Procore-Company-Id\"] = '9'\n",
            id="a session that may be handed over",
        ),
        pytest.param(
            "headers = {'Procore-Company-Id': '9'} if BASE else {'A': 'b'}\n"
            "requests.get(BASE + '/rest/v1.0/trades', headers=headers)\n",
            "if BASE else {'A': 'b', 'Procore-Company-Id': '9'}\n",
            id="the one of two dicts that lacks it",
        ),
        pytest.param(
            "headers = {'A': 'b'}\nif BASE:\n    headers['Procore-Company-Id'] = '7'\n"
            "requests.get(BASE + '/rest/v1.0/trades', headers=headers)\n",
            "headers = {'A': 'b', 'Procore-Company-Id': '9'}\nif BASE:\n",
            id="a dict to which a branch adds another value",
        ),
    ],
)
def test_header_is_put_where_it_belongs(before: str, after: str, tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(TOP + before)

    found = scan(tmp_path, Fix.COMPANY_HEADER)

    assert after in migrated(found, Fix.COMPANY_HEADER)
    assert reasons(found) == []


@pytest.mark.parametrize(
    "company",
    ["tenant.ID", "ID"],
)
def test_expression_with_a_name_that_means_nothing_is_left_to_a_person(
    company: str, tmp_path: Path
) -> None:
    (tmp_path / "a.py").write_text(TOP + "requests.get(BASE + '/rest/v1.0/trades')\n")

    found = scan(tmp_path, Fix.COMPANY_HEADER, company=company)

    name = company.partition(".")[0]
    assert [f"`{name}` is not known in this file" in each for each in reasons(found)] == [True]


def test_expression_whose_module_is_something_else_is_left_to_a_person(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(TOP + "os = 1\nrequests.get(BASE + '/rest/v1.0/trades')\n")

    found = scan(tmp_path, Fix.COMPANY_HEADER, company="os.environ['ID']")

    assert ["`os` is not the module here" in each for each in reasons(found)] == [True]


@pytest.mark.parametrize("company", ["'-'.join(str(n) for n in (9,))", "(lambda os: os)('9')"])
def test_names_that_an_expression_binds_itself_are_not_imported(
    company: str, tmp_path: Path
) -> None:
    (tmp_path / "a.py").write_text(TOP + "requests.get(BASE + '/rest/v1.0/trades')\n")

    found = scan(tmp_path, Fix.COMPANY_HEADER, company=company)

    text = migrated(found, Fix.COMPANY_HEADER)
    assert f'headers={{"Procore-Company-Id": {company}}}' in text
    assert text.startswith("import requests\n")


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_lines_that_are_added_end_as_the_others_do(newline: str, tmp_path: Path) -> None:
    text = (
        '"""Doc."""\n\nfrom requests import Session\nsession = Session()\n'
        "session.headers['A'] = 'é'\nsession.get(\n    'https://api.procore.com/rest/v1.0/trades'\n)\n"
    )
    (tmp_path / "a.py").write_bytes(text.replace("\n", newline).encode())

    found = scan(tmp_path, Fix.COMPANY_HEADER, company="os.environ['ID']")
    after = migrated(found, Fix.COMPANY_HEADER)

    lines = after.split(newline)
    assert lines[2:4] == ["import os", "from requests import Session"]
    assert lines[6] == "session.headers[\"Procore-Company-Id\"] = os.environ['ID']"
    assert not set(after.replace(newline, "")) & set("\r\n")


def test_file_that_was_not_given_is_not_edited_and_its_calls_are_told(tmp_path: Path) -> None:
    (tmp_path / "auth.py").write_text(
        "HEADERS = {'A': 'b'}\nUSERS = '/rest/v1.0/company/9/users'\n"
    )
    (tmp_path / "a.py").write_text(
        f"{TOP}from auth import HEADERS, USERS\nrequests.get(BASE + USERS, headers=HEADERS)\n"
    )

    found = scan(tmp_path, Fix.COMPANY_HEADER, Fix.MOVED, paths=("a.py",))

    assert [each.rpartition(": ")[2] for each in reasons(found)] == [
        "auth.py, where it would stand, is not among the files",
        "a part of it stands in auth.py, which is not among the files",
    ]
    assert migrate_files(found, frozenset(Fix)) == ()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param(
            "def send(verb):\n"
            "    return requests.request(verb, BASE + '/vapid/commitments/9/draw_requests/7')\n",
            "its method is not known",
            id="any method",
        ),
        pytest.param(
            "def send(draw):\n"
            "    return requests.get(f'{BASE}/vapid/commitments/9/draw_requests/{draw}')\n",
            "GET /rest/v1.0/requisitions/{id}: the values in its path are others",
            id="a path with fewer values",
        ),
        pytest.param(
            "requests.get('/'.join([BASE, 'rest', 'v1.0', 'files']))\n",
            "the literal is a word that may mean something else, too",
            id="segments that are joined",
        ),
        pytest.param(
            "kind = 'submittals/potential'\n"
            "requests.get(f'{BASE}/rest/v1.0/projects/9/{kind}_received_froms')\n",
            "GET /rest/v1.0/projects/{project_id}/submittals/filter_options/received_from_id: "
            "no single literal spells what is another in its path",
            id="a segment over two literals",
        ),
        pytest.param(
            "requests.post(BASE + '/vapid/vendors/sync')  # vapid: ignore[VAP001]\n",
            "its namespace is left to a person",
            id="a namespace that is silenced",
        ),
    ],
)
def test_call_that_has_moved_is_left_to_a_person_with_the_reason(
    text: str, reason: str, tmp_path: Path
) -> None:
    (tmp_path / "a.py").write_text(TOP + text)

    found = scan(tmp_path, Fix.MOVED)

    assert [each.partition("left to a person: ")[2] for each in reasons(found)] == [reason]


def test_path_that_gets_longer_or_shorter_is_left_to_a_person(tmp_path: Path) -> None:
    (tmp_path / "rows.toml").write_text(
        'area = "x"\nchecked = "2026-11"\n[[rule]]\nid = "vendors.list"\nmethod = "GET"\n'
        'vapid = "/vapid/vendors"\nstatus = "moved"\nsources = ["x"]\n'
        'candidates = ["GET /rest/v1.0/vendors/all"]\n'
    )
    (tmp_path / "a.py").write_text(TOP + "requests.get(BASE + '/vapid/vendors')\n")
    settings = Settings(rules=(tmp_path / "rows.toml",))

    found = scan_paths(
        ["a.py"], settings, today=date(2026, 11, 23), cwd=tmp_path, fixes=frozenset({Fix.MOVED})
    )

    assert [each.rpartition(": ")[2] for each in reasons(found)] == [
        "its path is of another length"
    ]


def test_client_that_another_module_makes_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("import requests\nsession = requests.Session()\n")
    (tmp_path / "b.py").write_text(
        "from a import session\nsession.get('https://api.procore.com/rest/v1.0/trades')\n"
    )

    assert "session.headers[\"Procore-Company-Id\"] = '9'" in migrated(
        scan(tmp_path, Fix.COMPANY_HEADER), Fix.COMPANY_HEADER
    )


def test_header_that_is_only_read_or_expected_does_not_count(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(
        f"{TOP}NAME = 'x'\nanswer = requests.get(BASE + '/rest/v1.0/trades')\n"
        "sent = answer.request.headers['Procore-Company-Id']\n"
        "print(answer.headers.get('procore-company-id'), NAME == 'Procore-Company-Id', sent)\n"
    )

    found = scan(tmp_path, Fix.COMPANY_HEADER)

    assert reasons(found) == []
    assert "headers={\"Procore-Company-Id\": '9'})" in migrated(found, Fix.COMPANY_HEADER)


def test_host_that_is_sent_as_it_is_is_left_to_a_person(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(
        "import requests\nHOST = 'https://app.procore.com'\n"
        "requests.get(HOST)\nrequests.get(HOST + '/vapid/me')\n"
    )

    assert reasons(scan(tmp_path, Fix.HOST)) == [
        "the host of API calls, `app.procore.com`: the literal is also sent as it is"
    ]


@pytest.mark.parametrize("fix", ["host", "moved"])
def test_fix_asked_for_alone_leaves_the_other_kinds_undone_and_untold(
    fix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.py").write_text(
        "import requests\nrequests.get('https://app.procore.com/vapid/projects')\n"
        "requests.put('https://api.procore.com/vapid/companies/9/bids/7')\n"
    )

    result = CliRunner().invoke(program, ["rewrite", "--write", "--fix", fix])

    assert (result.exit_code, result.stdout) == (
        0,
        {
            "host": "a.py: 1 place changed\n1 file changed, 0 places left for a person\n",
            "moved": "a.py: 2 places changed\n1 file changed, 0 places left for a person\n",
        }[fix],
    )


@pytest.mark.parametrize(
    "args",
    [
        ["rewrite", "--fix", "company-header"],
        ["rewrite", "--fix", "all", "--write"],
        ["scan", "--fix", "company-header"],
        ["check", "--fix", "all"],
        ["report", "-o", "report.html", "--fix", "company-header"],
    ],
    ids=" ".join,
)
def test_header_without_a_value_says_what_to_set_and_exits_2(
    args: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.py").write_text(TOP + "requests.get(BASE + '/vapid/projects')\n")

    result = CliRunner().invoke(program, args)

    assert result.exit_code == 2
    assert NO_COMPANY_ID in result.stderr
    assert [each.name for each in tmp_path.iterdir()] == ["a.py"]


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pyproject.toml").write_text("[tool.vapid-to-rest]\ncompany-id = '\"9\"'\n")
    (tmp_path / "a.py").write_text(
        "import requests\nrequests.post('https://app.procore.com/vapid/vendors/sync')\n"
    )
    return tmp_path


def test_fixes_are_shown_only_when_they_are_asked_for(client: Path) -> None:
    assert client.exists()
    shown = {}
    for args in ([], ["--fix", "host"], ["--fix", "host", "--fix", "moved"], ["--fix", "all"]):
        result = CliRunner().invoke(program, ["scan", "--format", "json", *args])
        document = json.loads(result.stdout)
        jsonschema.validate(document, json.loads(SCHEMA.read_text("utf-8")))
        shown[" ".join(args)] = [
            (each["code"], each["fix"], each["safety"]) for each in document["findings"]
        ]

    route = ("VAP001", "namespace", Safety.SAFE.value)
    host, header, moved = (
        (CODES[fix], fix.value, Safety.UNSAFE.value)
        for fix in (Fix.HOST, Fix.COMPANY_HEADER, Fix.MOVED)
    )
    assert shown == {
        "": [route],
        "--fix host": [host, route],
        "--fix host --fix moved": [moved, host, route],
        "--fix all": [header, moved, host, route],
    }


def test_report_shows_the_change_with_the_fixes_that_are_asked_for(client: Path) -> None:
    for name, args in (("plain.md", []), ("all.md", ["--fix", "all"])):
        result = CliRunner().invoke(program, ["report", "-o", name, *args])
        assert result.exit_code == 0, result.stderr

    plain, full = ((client / name).read_text("utf-8") for name in ("plain.md", "all.md"))
    assert "app.procore.com/rest/v1.0/vendors/sync" in plain
    assert "VAP010" not in plain
    assert "requests.patch('https://api.procore.com/rest/v1.0/vendors/sync'" in full


def test_check_fails_on_a_call_that_only_lacks_the_header(client: Path) -> None:
    (client / "a.py").write_text(TOP + "requests.get(BASE + '/rest/v1.0/projects')\n")

    plain = CliRunner().invoke(program, ["check"])
    asked = CliRunner().invoke(program, ["check", "--fix", "company-header"])

    assert (plain.exit_code, plain.stdout) == (0, "")
    assert asked.exit_code == 1
    assert asked.stdout.startswith("a.py:3:1: VAP011 ")

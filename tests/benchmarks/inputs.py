"""Builds what is timed: a clean tree, one with calls in some files, and a client full of them."""

from __future__ import annotations

import random
import shutil
import sysconfig
from itertools import islice
from pathlib import Path

ENOUGH = 3_000
"""The Python files that a clean tree has at least, for a figure to count."""

CALL = """

def fetch_from_procore_{number}(session, project_id):
    base = "https://api.procore.com"
    url = base + "/vapid/projects/" + str(project_id) + "/rfis"
    return session.get(url)
"""
BASE = '''"""What all parts of the client share."""

import requests

HOST = "https://api.procore.com"


def request(method, path):
    return requests.request(method, HOST + path)


class Resource:
    def __init__(self, base=HOST):
        self.base = base
        self.session = requests.Session()

    def get(self, path):
        return self.session.get(self.base + "/vapid" + path)

    def convert(self, total, size, label):
        return sorted(total)[:size], label
'''
MODULE = '''"""The part of the client for resource {number}."""

from .base import Resource, request


class Resource{number}(Resource):
    path = "/resource_{number}"

    def list(self, project_id):
        return self.get(f"/projects/{{project_id}}/rfis")

    def show(self, project_id, item_id):
        url = self.base + "/vapid/projects/" + str(project_id) + "/rfis/" + str(item_id)
        return self.session.get(url)
{methods}

def fetch_{number}(project_id):
    return request("GET", f"/vapid/projects/{{project_id}}/submittals")
'''
METHOD = """
    def step_{number}(self, values, limit=10):
        total = {{}}
        for key, value in values.items():
            if value is None or len(total) > limit:
                continue
            total[key] = [item.get("name", "").strip() for item in value]
            print("step", key, len(total[key]))
        return self.convert(total, size={number}, label="step {number}")
"""
SENDING = """
    def send_{number}(self, project_id, limit=10):
        url = self.base + "/vapid/projects/" + str(project_id) + "/kind_{number}"
        answer = self.session.get(url)
        if answer.status_code > limit:
            return None
        return self.convert(answer.json(), size=limit, label="kind {number}")
"""
STEPS, SENDS = 14, 8
"""The methods of a module of each kind: with them it has 200 lines and more than 10 calls."""


def build_clean(folder: Path, most: int) -> int:
    """Copy installed packages, without the files that have the word; return how many files."""
    source = Path(sysconfig.get_path("purelib"))
    clean = (path for path in sorted(source.rglob("*.py")) if b"vapid" not in path.read_bytes())
    paths = list(islice(clean, most))
    for path in paths:
        target = folder / path.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    return len(paths)


def build_realistic(clean: Path, folder: Path) -> int:
    """Copy the clean tree, with a call put into one of twenty files; return how many."""
    shutil.copytree(clean, folder)
    files = sorted(folder.rglob("*.py"))
    plain = [path for path in files if is_plain(path)]
    chosen = random.Random(2022).sample(plain, max(len(files) // 20, 1))
    for number, path in enumerate(chosen):
        with path.open("a", encoding="utf-8") as stream:
            stream.write(CALL.format(number=number))
    return len(chosen)


def is_plain(path: Path) -> bool:
    """Tell whether text may be put at the end of a file, and is code there."""
    data = path.read_bytes()
    return data.isascii() and data.endswith(b"\n") and not data.endswith(b"\\\n")


def build_dense(folder: Path, modules: int) -> tuple[int, int]:
    """Write a client in which every module calls the old API; return its lines and calls."""
    package = folder / "client"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("", "utf-8")
    (package / "base.py").write_text(BASE, "utf-8")
    methods = "".join(METHOD.format(number=each) for each in range(STEPS))
    methods += "".join(SENDING.format(number=each) for each in range(SENDS))
    lines = BASE.count("\n")
    for number in range(modules):
        text = MODULE.format(number=number, methods=methods)
        (package / f"resource_{number}.py").write_text(text, "utf-8")
        lines += text.count("\n")
    return lines, modules * (3 + SENDS)

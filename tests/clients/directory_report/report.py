"""Prints who can see what: users of the company, and people on its projects."""

import asyncio
import os
import sys

import httpx

from company import Directory
from projects import count_people


def main(argv: list[str]) -> int:
    if len(argv) != 2 or not argv[1].isdigit():
        print("usage: report.py COMPANY_ID", file=sys.stderr)
        return 2
    token = os.environ["PROCORE_TOKEN"]
    try:
        with Directory(token, int(argv[1])) as directory:
            if not directory.may_read():
                print("reading another company's directory", file=sys.stderr)
            print(len(directory.users()), "users")
            print("department", directory.ensure_department("Preconstruction"))
        for project_id, people in asyncio.run(count_people(token, [3, 4])).items():
            print(project_id, people)
    except httpx.HTTPError as error:
        print(f"procore: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))

import argparse
import os
import sys

from .register import Register, closed_status
from .session import ProcoreError, ProcoreSession


def parse_args():
    parser = argparse.ArgumentParser(prog="tracker")
    parser.add_argument("--base-url", default="https://api.procore.com")
    parser.add_argument("--project", type=int, required=True)
    return parser.parse_args()


def main():
    args = parse_args()
    api = ProcoreSession(args.base_url, os.environ["PROCORE_TOKEN"])
    register = Register(api, args.project)
    status_id = closed_status(api)
    print(len(register.packages()), "packages")
    for item in register.open_items():
        details = register.details(item["id"])
        if details["status"] == "open":
            register.close(item["id"], status_id)
        else:
            register.discard(item["id"])


try:
    main()
except ProcoreError as error:
    sys.exit(f"procore: {error}")

"""Usage: python main.py COMPANY_ID [PROJECT_ID]"""

import sys

import board


def show(rows):
    for row in rows:
        print("%6d  %s" % (row["id"], row.get("name", "")))


if len(sys.argv) < 2:
    sys.exit(__doc__)

company_id = int(sys.argv[1])
print("filters:", ", ".join(board.labels(company_id)))
show(board.listing(company_id))
for project_id in sys.argv[2:]:
    show(board.listing(company_id, project_id))

winner = board.lowest(company_id)
if winner is not None:
    board.award(company_id, winner["id"])
    print("awarded to", board.vendor_name(winner["vendor_id"]))

import requests

from config import BASE, TOKEN

http = requests.Session()
http.headers.update({"Authorization": "Bearer " + TOKEN, "Accept": "application/json"})


def fetch(url, **params):
    response = http.get(url, params=params or None, timeout=15)
    response.raise_for_status()
    return response.json()


def listing(company_id, project_id=None):
    """Bids of the company, or the bid packages of one project."""
    if project_id is None:
        url = f"{BASE}vapid/companies/{company_id}/bids"
    else:
        url = f"{BASE}vapid/projects/{project_id}/bid_packages"
    return fetch(url, per_page=50)


def lowest(company_id):
    url = f"{BASE}vapid/companies/{company_id}/bids"
    best = None
    for row in fetch(url):
        bid_id = row["id"]
        show_url = url + "/" + str(bid_id)
        bid = fetch(show_url)
        if best is None or bid["amount"] < best["amount"]:
            best = bid
    return best


def award(company_id, bid_id):
    url = f"{BASE}vapid/companies/{company_id}/bids/{bid_id}"
    response = http.patch(url, json={"bid": {"awarded": True}}, timeout=15)
    response.raise_for_status()
    return response.status_code


def vendor_name(vendor_id):
    url = BASE + "vapid/vendors/"
    return fetch(url + str(vendor_id))["name"]


def labels(company_id):
    """Everything that a board can be filtered by, in one flat list."""
    urls = [
        f"{BASE}vapid/companies/{company_id}/programs",
        f"{BASE}vapid/companies/{company_id}/project_regions",
        f"{BASE}vapid/companies/{company_id}/project_stages",
    ]
    names = []
    for url in urls:
        names.extend(row["name"] for row in fetch(url))
    return sorted(set(names))

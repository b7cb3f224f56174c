import client as shared


def all_of(company_id, client=shared.client):
    return client.get(f"/vapid/companies/{company_id}/users")

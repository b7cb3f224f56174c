from client import client


def all_of(project_id):
    return client.get(f"/vapid/projects/{project_id}/rfis")

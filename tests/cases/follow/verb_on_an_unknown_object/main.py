def rfis(client, project_id):
    return client.get(f"/vapid/projects/{project_id}/rfis")

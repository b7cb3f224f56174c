def drawings(project_id):
    return f"/vapid/projects/{project_id}/drawings"

PATH = "/vapid/projects/{project_id}/rfis"

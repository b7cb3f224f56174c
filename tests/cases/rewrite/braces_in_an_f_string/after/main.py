import requests

TEMPLATE = f"{{base}}/rest/v1.0/projects/{{project_id}}/rfis"
requests.get(TEMPLATE.format(base="https://api.procore.com", project_id=3))

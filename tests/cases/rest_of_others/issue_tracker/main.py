import requests

JIRA = "https://example.atlassian.net"

requests.get(f"{JIRA}/rest/api/2/issue/ABC-1")
requests.get(JIRA + "/rest/agile/1.0/board")
requests.get(JIRA + "/rest/v1.0/projects/12/rfis")

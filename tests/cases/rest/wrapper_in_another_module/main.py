from wrapper import Rest

rest = Rest("v1.0")
newer = Rest("v1.1")


def move(project_id, log_id):
    rest.call("GET", f"/projects/{project_id}/weather_logs")
    rest.call("DELETE", f"/projects/{project_id}/weather_logs/{log_id}")
    newer.call("GET", f"/projects/{project_id}/daily_logs/weather_logs")


move(12, 3)

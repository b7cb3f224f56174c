import functools

import requests


def logged(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        print(function.__name__)
        return function(*args, **kwargs)

    return wrapper


def retry(times=2):
    def decorate(function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            for _ in range(times):
                response = function(*args, **kwargs)
                if response.ok:
                    break
            return response

        return wrapper

    return decorate


@logged
def get(path, *, base="https://api.procore.com/vapid"):
    return requests.get(base + path)


class Projects:
    @retry(times=3)
    def create(self, body):
        return requests.post("https://api.procore.com/vapid/projects", json=body)

    @logged
    def rfis(self, project_id):
        return get(f"/projects/{project_id}/rfis")


get("/me")
Projects().create({})
Projects().rfis(3)

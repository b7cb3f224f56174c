from dataclasses import dataclass

import requests


@dataclass
class ByProject:
    project_id: int


@dataclass
class ByCompany:
    company_id: int


def users(scope):
    match scope:
        case ByProject(project_id=number):
            url = f"https://api.procore.com/vapid/projects/{number}/users"
        case ByCompany(company_id=number):
            url = f"https://api.procore.com/vapid/companies/{number}/users"
        case _:
            raise ValueError(scope)
    return requests.get(url)


users(ByProject(3))
users(ByCompany(5))

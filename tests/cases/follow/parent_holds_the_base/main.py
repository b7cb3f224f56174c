import requests


class Node:
    def __init__(self, name, parent=None):
        self.name = name
        self.parent = parent

    @property
    def url(self):
        if self.parent is None:
            return self.name
        return f"{self.parent.url}/{self.name}"


root = Node("https://api.procore.com")
api = Node("vapid", root)
requests.get(Node("me", api).url)

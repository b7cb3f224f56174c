import requests


class Pages:
    def __init__(self, path, size=2):
        self.url = f"https://api.procore.com/vapid{path}"
        self.left = size

    def __iter__(self):
        return self

    def __next__(self):
        if not self.left:
            raise StopIteration
        self.left -= 1
        return requests.get(self.url, params={"page": self.left}).json()


for page in Pages("/companies"):
    print(len(page))
list(Pages("/me", size=1))

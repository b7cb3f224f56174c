import requests


class Base:
    root = "https://api.procore.com"

    @classmethod
    def url(cls, path):
        return cls.root + "/vapid" + path

    def get(self, path):
        return requests.get(self.url(path))


class Child(Base):
    def get(self, path):
        print(path)
        return super().get(path)


Child().get("/me")
Base.get(Child(), "/projects")

"""The parts of a project that have pictures, or say where a picture was taken."""


class Resource:
    NAMESPACE = "/vapid"
    path: str

    def __init__(self, api, project_id):
        self.api = api
        self.query = {"project_id": project_id}

    def list(self):
        return self.api.send("GET", self.path, params=self.query)

    def show(self, record_id):
        return self.api.send("GET", f"{self.path}/{record_id}", params=self.query)


class Categories(Resource):
    path = "/vapid/image_categories"


class Locations(Categories):
    path = Resource.NAMESPACE + "/locations"


class Images(Resource):
    path = Resource.NAMESPACE + "/images"

    def upload(self, category_id, name, data):
        return self.api.send(
            "POST",
            Images.path,
            params=self.query,
            data={"image[image_category_id]": str(category_id)},
            files={"image[data]": (name, data, "image/png")},
        )

    def delete(self, image_id):
        self.api.send("DELETE", self.path + "/" + str(image_id), params=self.query)

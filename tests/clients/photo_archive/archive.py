"""Moves a project's photos into the object store and leaves a cover sheet in their place."""

from api import Api
from config import Config
from resources import Categories, Images, Locations

PIXEL = bytes.fromhex("89504e470d0a1a0a")


def captions(*resources):
    """Map the name of each record to its id, whatever kind it is."""
    found = {}
    for resource in resources:
        for row in resource.list():
            record = resource.show(row["id"])
            found[record["name"]] = record["id"]
    return found


def main():
    with Api(Config.procore, Config.token) as procore, Api(Config.store) as store:
        categories = Categories(procore, Config.project_id)
        locations = Locations(procore, Config.project_id)
        images = Images(procore, Config.project_id)

        index = captions(categories, locations)
        moved = []
        for row in images.list():
            image = images.show(row["id"])
            name = f"{image['id']}.json"
            store.send("PUT", f"/v2/objects/{name}", json=image)
            images.delete(image["id"])
            moved.append(name)

        category_id = next(iter(index.values()))
        images.upload(category_id, "moved.png", PIXEL)
        store.send("POST", "/v2/manifests", json={"objects": moved, "captions": sorted(index)})
    print(f"{len(moved)} photos moved")


if __name__ == "__main__":
    main()

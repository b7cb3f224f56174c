import requests

TREE = {"companies": {"": None}, "me": None}


def walk(node, prefix):
    if node is None:
        return requests.get("https://api.procore.com" + prefix.rstrip("/"))
    for name, inner in node.items():
        walk(inner, f"{prefix}/{name}")


walk(TREE, "/vapid")

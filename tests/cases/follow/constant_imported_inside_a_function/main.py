import requests


def me():
    from procore_urls import API

    return requests.get(f"{API}/me")


def companies():
    import procore_urls as urls

    return requests.get(urls.API + "/companies")


me()
companies()

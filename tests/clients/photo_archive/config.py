import os


class Config:
    procore = os.getenv("PROCORE_URL", "https://api.procore.com")
    store = os.getenv("STORE_URL", "https://objects.example.com")
    token = os.getenv("PROCORE_TOKEN", "")
    project_id = int(os.getenv("ARCHIVE_PROJECT", "0"))

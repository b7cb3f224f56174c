__all__ = ["TIMEOUT"]

API = "https://sandbox.procore.com/rest/v1.0"
TIMEOUT = 5

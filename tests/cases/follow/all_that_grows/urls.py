__all__ = ["ME"]
__all__ += ["COMPANIES"]

ME = "https://api.procore.com/vapid/me"
COMPANIES = "https://api.procore.com/vapid/companies"

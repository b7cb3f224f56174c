import requests

def go(kind):
	match kind:
		case "me": return requests.get("https://api.procore.com/vapid/me")
		case _:
			x = 1; requests.get(url := "https://api.procore.com/vapid/companies"); print(url)

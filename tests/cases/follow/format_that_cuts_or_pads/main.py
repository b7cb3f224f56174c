import requests

HOST = "https://api.procore.com/vapid"
longer = "me/rest"
number = 7
requests.get(f"{HOST}/{longer:.2}")
requests.get("%s/%.8s" % (HOST, "projects-and-more"))
requests.get("{0}/{1:.9s}".format(HOST, "companies-and-more"))
requests.get(f"{HOST}/projects/{number:04d}/bid_packages")

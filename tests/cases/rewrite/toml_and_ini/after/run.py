import configparser

import requests

parser = configparser.ConfigParser()
parser.read("app.ini")
requests.get(parser["procore"]["baseurl"] + "/me")
requests.get("https://api.procore.com" + parser.get("procore", "prefix") + "/companies")

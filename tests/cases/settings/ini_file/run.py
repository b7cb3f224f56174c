import configparser

import requests

parser = configparser.ConfigParser()
parser.read("app.ini")

requests.get(parser["procore"]["baseurl"] + "/me")
requests.get(parser.get("procore", "BaseUrl") + "/companies")

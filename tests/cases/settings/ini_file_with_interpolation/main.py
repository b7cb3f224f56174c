import configparser

import requests

parser = configparser.ConfigParser()
parser.read("app.ini")
requests.get(parser["procore"]["companies"])
requests.get(parser.get("procore", "base") + "/me")

extended = configparser.ConfigParser(interpolation=configparser.ExtendedInterpolation())
extended.read("extended.ini")
requests.get(extended["tools"]["vendors"])

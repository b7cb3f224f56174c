import argparse

import requests

parser = argparse.ArgumentParser()
parser.add_argument("--base-url", default="https://api.procore.com/vapid")
parser.add_argument("-p", "--path", dest="route", default="/me")
arguments = parser.parse_args()
requests.get(arguments.base_url + "/companies")
requests.get(arguments.base_url + arguments.route)

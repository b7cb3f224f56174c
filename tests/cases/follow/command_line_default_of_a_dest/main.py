import argparse

import requests


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("-b", "--base", dest="api", default="https://api.procore.com/vapid")
    return parser.parse_args()


requests.get(parse().api + "/me")

from client import Client
from reports import punch_items

punch_items(Client(), 3)

import endpoints
from client import Client

client = Client()
project_id = 3
client.rfis(project_id)
client.post(endpoints.RFIS.format(project_id), {})

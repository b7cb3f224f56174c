import http.client

connection = http.client.HTTPSConnection("api.procore.com")
connection.request("GET", "/vapid/me")
print(connection.getresponse().read())

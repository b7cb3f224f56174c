import http.client
import urllib.error
import urllib.parse
import urllib.request

opener = urllib.request.build_opener(urllib.request.HTTPHandler())
urllib.request.install_opener(opener)


class PutRequest(urllib.request.Request):
    def get_method(self):
        return "PUT"


request = urllib.request.Request("https://api.procore.com/vapid/me")
request.add_header("Accept", "application/json")
request.get_method = lambda: "HEAD"
opener.open(request)
opener.open(PutRequest("https://api.procore.com/vapid/projects/3", data=b"{}"))
query = urllib.parse.urlencode({"per_page": 100})
with urllib.request.urlopen(f"https://api.procore.com/vapid/companies?{query}") as answer:
    answer.read()
parts = urllib.parse.urlsplit("https://api.procore.com/vapid/offices?x=1")
connection = http.client.HTTPSConnection(parts.hostname, timeout=5)
connection.putrequest("GET", parts.path)
connection.endheaders()
connection.getresponse().read()

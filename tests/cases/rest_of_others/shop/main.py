import requests

HOST = "http://shop.example.com"

requests.get(HOST + "/rest/V1/products")
requests.get(HOST + "/rest/default/V1/orders/3")
requests.get("http://api.bigcommerce.example.com/stores/x/v3/rest/v1.0/users")

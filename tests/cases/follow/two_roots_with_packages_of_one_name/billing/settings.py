BASE = "https://billing.example.com"

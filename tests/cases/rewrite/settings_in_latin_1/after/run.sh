echo "Zürich"; curl "https://api.procore.com/rest/v1.0/me"

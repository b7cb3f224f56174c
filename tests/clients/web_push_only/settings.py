import os

PUSH_HOST = os.environ.get("PUSH_HOST", "https://push.example.org")
VAPID_PRIVATE_KEY = os.environ.get("VAPID_PRIVATE_KEY", "vapid/private_key.pem")
VAPID_PUBLIC_KEY = os.environ.get("VAPID_PUBLIC_KEY", "vapid/public_key.pem")
VAPID_CLAIMS = {"sub": "mailto:push@example.org"}

fetch("/vapid/public-key")

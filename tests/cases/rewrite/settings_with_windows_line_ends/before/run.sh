curl https://api.procore.com/vapid/me

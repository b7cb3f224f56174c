String base = "https://api.procore.com/vapid/me";

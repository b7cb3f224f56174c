URL = "https://api.procore.com/vapid/projects/#{id}"

url = "https://api.procore.com/vapid/projects/#{id}"

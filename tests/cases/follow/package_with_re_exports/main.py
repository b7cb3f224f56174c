import kit as procore

procore.get(procore.BASE + "/me")

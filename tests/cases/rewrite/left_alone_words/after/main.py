WORDS = ["vapid", "vapidity", "rapid"]
brand = "vapid"
if brand == "vapid":
    print("vapid://example", "cevapid")
scheme = brand + "://"

def is_push(url):
    return "/vapid/" in url

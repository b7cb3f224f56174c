import pytest
import requests


@pytest.mark.parametrize("path", ["/vapid/public-key", "/vapid/subscribe"])
def test_push(path):
    assert requests.get("https://push.example.org" + path, timeout=10)


@pytest.mark.parametrize("name, url", [("me", "https://api.example.org/vapid/me")])
def test_other(name, url):
    assert name in requests.get(url, timeout=10).text


@pytest.mark.parametrize("word", ["vapid", "/vapid/unknown"])
def test_word(word):
    assert word.strip("/")

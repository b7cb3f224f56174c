from django.urls import include, path

urlpatterns = [
    path("vapid/", include("push.urls")),
    path("vapid/key", lambda request: None),
]

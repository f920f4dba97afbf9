"""The start page."""

from django.urls import path

from wurzelwerk.home import views

app_name = "home"
urlpatterns = [path("", views.start, name="start")]

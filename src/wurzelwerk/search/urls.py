"""Addresses of the search."""

from django.urls import path

from wurzelwerk.search import views

app_name = "search"
urlpatterns = [
    path("search", views.page, name="page"),
    path("search/suggest", views.commands, name="commands"),
]

"""Addresses of learning time."""

from django.urls import path

from wurzelwerk.learning_time import views

app_name = "learning_time"
urlpatterns = [
    path("learning-time", views.account, name="account"),
    path("learning-time/agreement", views.agreement, name="agreement"),
    path("learning-time/agreement/everyone", views.agree, name="agree"),
    path("learning-time/agreement/person", views.agree_personally, name="agree_personally"),
    path("learning-time/entries/<str:public_id>", views.entry, name="entry"),
    path("learning-time/entries/<str:public_id>/remove", views.remove, name="remove"),
    path("learning-time/entries/<str:public_id>/restore", views.restore, name="restore"),
]

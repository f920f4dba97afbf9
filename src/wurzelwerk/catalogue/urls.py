"""URLs of the catalogue."""

from django.urls import path

from wurzelwerk.catalogue import editing_views, views

app_name = "catalogue"
urlpatterns = [
    path("discover", views.discover, name="discover"),
    path("opportunities/<str:public_id>", views.opportunity, name="opportunity"),
    path("opportunities/<str:public_id>/start", views.start, name="start"),
    path("opportunities/<str:public_id>/complete", views.complete, name="complete"),
    path("opportunities/<str:public_id>/reopen", views.reopen, name="reopen"),
    path("sessions/<str:public_id>/enrol", views.enrol, name="enrol"),
    path("sessions/<str:public_id>/cancel", views.cancel, name="cancel"),
    path("catalogue", editing_views.catalogue, name="catalogue"),
    path("catalogue/new", editing_views.create, name="create"),
    path("catalogue/<str:public_id>/edit", editing_views.edit, name="edit"),
    path("catalogue/<str:public_id>/publish", editing_views.publish, name="publish"),
    path("catalogue/<str:public_id>/sessions", editing_views.add_session, name="add_session"),
]

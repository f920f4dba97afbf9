"""URLs of the plan."""

from django.urls import path

from wurzelwerk.paths import views

app_name = "paths"
urlpatterns = [
    path("plan", views.board, name="board"),
    path("plan/weeks", views.weeks, name="weeks"),
    path("plan/goals", views.goals, name="goals"),
    path("plan/new", views.plan_create, name="plan_create"),
    path("plan/goals/<str:public_id>", views.goal, name="goal"),
    path("plan/goals/<str:public_id>/drop", views.drop, name="drop"),
    path("plan/goals/<str:public_id>/resume", views.resume, name="resume"),
    path("plan/steps/<str:public_id>", views.step, name="step"),
    path("plan/steps/<str:public_id>/move", views.move, name="move"),
    path("plan/steps/<str:public_id>/complete", views.complete, name="complete"),
]

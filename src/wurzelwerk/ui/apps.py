"""The ui room: how everything looks and answers."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Owns no models; its templates, styles and scripts are found through the app registry."""

    name = "wurzelwerk.ui"
    label = "ui"

"""The catalogue room: learning opportunities of every kind."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogueConfig(AppConfig):
    """Registers the search source and the entries of the navigation."""

    name = "wurzelwerk.catalogue"
    label = "catalogue"

    def ready(self) -> None:
        """Register what lower rooms ask this one."""
        from wurzelwerk.catalogue.documents import SOURCE, all_documents  # noqa: PLC0415 - registration
        from wurzelwerk.catalogue.rules import may_edit_catalogue  # noqa: PLC0415 - registration
        from wurzelwerk.search import palette, sources  # noqa: PLC0415 - registration
        from wurzelwerk.ui.navigation import NavEntry, register  # noqa: PLC0415 - registration

        sources.register(
            sources.SearchSource(SOURCE, _("Learning opportunities"), "book-open", order=10, documents=all_documents)
        )
        register(
            NavEntry(
                "catalogue",
                _("Discover"),
                "catalogue:discover",
                "search",
                "main",
                order=20,
                mobile=True,
                shortcut="g e",
            )
        )
        register(
            NavEntry(
                "catalogue-editing",
                _("Catalogue"),
                "catalogue:catalogue",
                "layers",
                "organisation",
                order=30,
                visible=lambda person: bool(may_edit_catalogue(person)),
            )
        )
        palette.register(
            palette.Command(
                "catalogue.create",
                _("Add a learning opportunity"),
                "catalogue:create",
                icon="plus",
                words=_("course event article"),
                visible=lambda person: bool(may_edit_catalogue(person)),
            )
        )

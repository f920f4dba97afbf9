"""The catalogue as the search index reads it."""

from collections.abc import Iterator

from django.db.models import Prefetch
from django.urls import reverse

from wurzelwerk.catalogue.models import LearningOpportunity, Outcome
from wurzelwerk.search.analysis.documents import Document
from wurzelwerk.search.analysis.words import Language

SOURCE = "catalogue"


def documents_of(opportunity: LearningOpportunity) -> Iterator[Document]:
    """Yield the opportunity once per language in which it has a title; outcomes are keywords."""
    url = reverse("catalogue:opportunity", kwargs={"public_id": opportunity.public_id})
    competences = [outcome.competence for outcome in opportunity.outcomes.all()]
    for language in Language:
        title = getattr(opportunity, f"title_{language}")
        if not title:
            continue
        labels = (getattr(competence, f"label_{language}") for competence in competences)
        yield Document(
            object_key=opportunity.public_id,
            language=language,
            title=title,
            url=url,
            summary=getattr(opportunity, f"description_{language}"),
            keywords=tuple(label for label in labels if label),
            body=getattr(opportunity, f"task_{language}"),
        )


def all_documents() -> Iterator[Document]:
    """Yield every published opportunity, to build the index anew."""
    outcomes = Prefetch("outcomes", Outcome.objects.select_related("competence"))
    for opportunity in LearningOpportunity.objects.published().prefetch_related(outcomes).iterator(chunk_size=500):
        yield from documents_of(opportunity)

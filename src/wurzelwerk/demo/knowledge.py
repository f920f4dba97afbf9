"""Chapter two: the company's own framework, what its roles need, and its catalogue."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from wurzelwerk.catalogue.actions import OutcomeInput, plan_session, save_opportunity
from wurzelwerk.catalogue.models import LearningOpportunity, Provider
from wurzelwerk.competences.actions import (
    CompetenceDraft,
    FrameworkDraft,
    GroupDraft,
    TargetLevel,
    save_framework,
    save_target_profile,
)
from wurzelwerk.competences.choices import Area
from wurzelwerk.competences.models import Competence
from wurzelwerk.demo.company import content
from wurzelwerk.kernel import clock
from wurzelwerk.people.models import JobRole, Site

TEXTS = ("title", "description", "task", "reflection")


def build_knowledge() -> None:
    """Create framework, target profiles and catalogue from the content files."""
    save_framework(by=None, draft=_framework())
    competences = competences_by_key()
    _targets(competences)
    _catalogue(competences)


def competences_by_key() -> dict[str, Competence]:
    """Return the competences of the own framework by the key of the content file."""
    return {each.uri.rsplit("/", 1)[-1].rsplit(":", 1)[-1]: each for each in Competence.objects.all()}


def _framework() -> FrameworkDraft:
    data = content("framework")
    head = data["framework"]
    return FrameworkDraft(
        key=head["key"],
        name_de=head["name_de"],
        name_en=head["name_en"],
        description_de=head["description_de"],
        description_en=head["description_en"],
        version="1",
        groups=tuple(
            GroupDraft(each["key"], each["label_de"], each["label_en"], Area(each["kind"]), each.get("parent", ""))
            for each in data["group"]
        ),
        competences=tuple(
            CompetenceDraft(
                key=each["key"],
                group=each["group"],
                label_de=each["label_de"],
                label_en=each["label_en"],
                description_de=each["description_de"],
                description_en=each["description_en"],
                aliases_de=tuple(each["aliases_de"]),
                aliases_en=tuple(each["aliases_en"]),
                anchors=tuple(zip(each["anchors_de"], each["anchors_en"], strict=True)),
                half_life_days=each["half_life_days"],
            )
            for each in data["competence"]
        ),
    )


def _targets(competences: dict[str, Competence]) -> None:
    roles = {role.code: role for role in JobRole.objects.all()}
    for each in content("job_roles")["job_role"]:
        save_target_profile(
            by=None,
            job_role=roles[each["key"]],
            requirements=[
                TargetLevel(competences[need["competence"]], need["level"], need["weight"])
                for need in each["requirement"]
            ],
            valid_from=clock.today() - timedelta(days=300),
        )


def _catalogue(competences: dict[str, Competence]) -> None:
    data = content("opportunities")
    providers = {
        each["key"]: Provider.objects.create(key=each["key"], name=each["name_de"], is_internal=each["internal"])
        for each in data["provider"]
    }
    sites = {site.code: site for site in Site.objects.all()}
    for number, each in enumerate(data["opportunity"]):
        texts = {f"{name}_{lang}": each.get(f"{name}_{lang}", "") for name in TEXTS for lang in ("de", "en")}
        saved = save_opportunity(
            by=None,
            fields={
                "key": each["key"],
                "kind": each["kind"],
                "minutes": each["minutes"],
                "languages": each["languages"],
                "provider": providers.get(each.get("provider", "")),
                "site": sites.get(each.get("site", "")),
                "url": each.get("url", ""),
                **texts,
            },
            outcomes=[
                OutcomeInput(competences[outcome["competence"]], outcome["from"], outcome["to"])
                for outcome in each["outcomes"]
            ],
        )
        if each["kind"] == "event":
            _dates(saved, number)


def _dates(opportunity: LearningOpportunity, number: int) -> None:
    """Give an event three dates in the coming weeks."""
    for turn in range(3):
        day = clock.today() + timedelta(days=6 + number % 5 + 21 * turn)
        day += timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)  # noqa: PLR2004 - Friday
        starts_at = timezone.make_aware(datetime.combine(day, time(10 + number % 4)))
        fields = {
            "starts_at": starts_at,
            "ends_at": starts_at + timedelta(minutes=opportunity.minutes),
            "place": opportunity.site.name if opportunity.site else "Schulungsraum 2",
            "places": 8,
        }
        plan_session(by=None, opportunity=opportunity, fields=fields)

"""What people know, played as people play it: contest, rate and share oneself, a role from an advertisement, all views.

Whoever has no part in it reads nothing of it.
"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.acting import MANNERS, Actor, Axe, Inspection, Manner
from tests.journeys.conftest import Company, Visit
from wurzelwerk.competences.choices import EvidenceSource
from wurzelwerk.competences.debt import Reason
from wurzelwerk.competences.showing.debt import REASONS
from wurzelwerk.demo.tales import CONTESTS
from wurzelwerk.kernel.matrix import Audience, Item

Enter = Callable[[str], Actor]
WORDS = {
    "de": {
        "contested": "sieht eine Einschätzung von dir anders",
        "handover": "Schichtübergabe",
        "costing": "Kosten kalkulieren",
        "negotiating": "Verhandeln",
        "planning": "Projekte planen",
        "sql": "SQL-Abfragen",
        "role": "Fachkraft Controlling und Finanzen",
        "kept": "Ich schätze die späteren Vorträge und frage nach dem nächsten noch einmal.",
        "anew": "Die Tafel hängt seit dem Herbst, und die Nachtschicht zeichnet sie ab.",
    },
    "en": {
        "contested": "sees an assessment of yours differently",
        "handover": "Shift handover",
        "costing": "Costing",
        "negotiating": "Negotiating",
        "planning": "Project planning",
        "sql": "SQL queries",
        "role": "Controlling and Finance Specialist",
        "kept": "I value the later talks and will ask again after the next one.",
        "anew": "The board has been there since autumn, and the night shift signs it.",
    },
}
DAVIDS_ASSESSMENT, DAVIDS_STATEMENT = CONTESTS[0][3:]
TEAMS_ASSESSMENT, TEAMS_STATEMENT = CONTESTS[1][3:]
ADVERTISEMENT = (
    "Für unser Controlling suchen wir Verstärkung. Sie führen Preisverhandlungen mit unseren Lieferanten, erstellen "
    "einen Projektplan mit Meilensteinen und holen Zahlen mit SQL aus der Datenbank."
)
LANGUAGES = ("de", "en")
VIEWS = ("rings", "table", "history", "radar")


@pytest.fixture(params=list(MANNERS.values()), ids=list(MANNERS))
def manner(request: pytest.FixtureRequest) -> Manner:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def words(manner: Manner) -> dict[str, str]:
    return WORDS[manner.language]


@pytest.fixture
def enter(visit: Visit, axe: Axe, company: Company, manner: Manner) -> Enter:
    """Let somebody of the cast come in, to a company of the journey's own."""
    inspection = Inspection(axe, manner.width)

    def come(name: str) -> Actor:
        page = visit(
            language=manner.language,
            width=manner.width,
            height=800,
            color_scheme=manner.colours,
            reduced_motion="reduce",
        )
        return Actor(page, manner.language, manner.hands, inspection).signs_in(name)

    return come


def test_what_is_contested_is_between_two(enter: Enter, words: dict[str, str]) -> None:
    clara, david = enter("Clara"), enter("David")

    clara.goes_to("/inbox")
    clara.follows(clara.main.get_by_role("button", name=words["contested"]).first)
    clara.reads(TEAMS_STATEMENT)
    clara.chooses("I stay with it. It counts again, with the counter-statement beside it.")
    clara.writes("What would you like to say?", words["kept"])
    clara.presses("Answer")
    clara.sees("Your answer")
    clara.reads(words["kept"])

    david.goes_to("/profile/evidence")
    david.follows(david.main.get_by_role("link", name=words["handover"], exact=True))
    evidence = david.main.locator("#evidence")
    david.reads(DAVIDS_STATEMENT, inside=evidence)
    dropping = evidence.locator("form[action$='/drop']")
    contest = str(dropping.get_attribute("action")).removesuffix("/drop")
    david.presses("Let go of it", inside=evidence)
    expect(evidence).not_to_contain_text(DAVIDS_STATEMENT)
    contesting = str(evidence.get_by_role("link", name=david.say("Contest")).first.get_attribute("href"))
    david.opens("Contest", inside=evidence)
    david.writes("How do you see it?", words["anew"])
    david.presses("Contest")
    david.sees("disputed", inside=evidence)
    david.reads(words["anew"], inside=evidence)

    secrets = (DAVIDS_ASSESSMENT, DAVIDS_STATEMENT, TEAMS_ASSESSMENT, TEAMS_STATEMENT, words["kept"], words["anew"])
    pages = ("/inbox", "/profile", "/profile/evidence", address_of(david))
    clara.is_refused(contest, contesting)
    clara.finds_nowhere((DAVIDS_ASSESSMENT, DAVIDS_STATEMENT, words["anew"]), *pages)
    david.is_refused(address_of(clara))
    for name in ("Eva", "Felix"):
        other = enter(name)
        other.is_refused(address_of(clara), contest, contesting)
        other.finds_nowhere(secrets, *pages, portrait_of(other, "Lenz"), portrait_of(other, "Vogt"))


def test_a_level_is_shared_and_closed_again(enter: Enter, words: dict[str, str]) -> None:
    amira, clara = enter("Amira"), enter("Clara")
    portrait = portrait_of(clara, "Haddad")

    amira.goes_to("/profile/debt")
    amira.sees("not known yet", inside=row_of(amira, words["costing"]))
    amira.follows(row_of(amira, words["costing"]).get_by_role("link"))
    amira.reads("?", inside=amira.main.locator("#level"))
    amira.opens("Rate myself")
    amira.chooses("Level %(level)s", level=3)
    amira.presses("Save")
    amira.sees("%(level)s of 5", level=3, inside=amira.main.locator("#level"))
    competence = address_of(amira)
    amira.goes_to("/profile?view=rings")
    ring = amira.main.locator(".level-figure").filter(has_text=words["costing"])
    amira.sees("Level %(level)s", level=3, inside=ring)
    amira.goes_to("/profile/debt")
    expect(row_of(amira, words["costing"])).not_to_contain_text(amira.say("not known yet"))

    clara.goes_to(portrait).does_not_read(words["costing"])
    amira.goes_to(competence)
    amira.presses("Share", inside=share_row(amira))
    clara.goes_to(portrait)
    shown = clara.main.locator(".level-figure").filter(has_text=words["costing"])
    clara.sees("Level %(level)s", level=3, inside=shown)
    clara.reads(clara.term(EvidenceSource.SELF.label), inside=shown)

    amira.presses("Stop sharing", inside=share_row(amira))
    clara.goes_to(portrait).does_not_read(words["costing"])
    amira.goes_to("/privacy/access-log")
    look = amira.main.locator(".list-row").filter(has_text=amira.term(Item.SELF_ASSESSMENT.label))
    amira.reads("Clara Vogt", inside=look)


def test_an_advertisement_becomes_a_target(enter: Enter, words: dict[str, str]) -> None:
    amira, eva = enter("Amira"), enter("Eva")
    amira.goes_to("/profile/debt").does_not_read(words["negotiating"], words["planning"])

    eva.goes_to("/competences/from-text")
    eva.writes("Text", ADVERTISEMENT)
    eva.presses("Read the text")
    for name in ("negotiating", "planning"):
        proposal = eva.main.locator(".proposals label").filter(has=eva.page.get_by_text(words[name], exact=True))
        expect(proposal.locator("mark").first).to_be_visible()
        eva.ticks(proposal.get_by_role("checkbox"))
    eva.picks(eva.main.get_by_label(eva.say("Job role"), exact=True), words["role"])
    eva.presses("Draft its target profile")
    expect(eva.main.get_by_label(eva.say("Leave out %(name)s", name=words["planning"]), exact=True)).to_be_visible()
    for name, level in (("sql", "4"), ("negotiating", "2")):
        field = eva.main.get_by_label(eva.say("Level in %(name)s", name=words[name]), exact=True)
        eva.picks(field, level)
    amira.goes_to("/profile/debt").does_not_read(words["negotiating"], words["planning"])
    eva.presses("Save as a new version")
    eva.sees("Version %(version)s", version=2, inside=eva.main.locator("#history"))

    amira.goes_to("/profile")
    figure = amira.main.locator(".level-figure").filter(has_text=words["negotiating"])
    amira.sees("target %(target)s", target=2, inside=figure)
    amira.goes_to("/profile/debt")
    for name in ("negotiating", "planning"):
        amira.sees("not known yet", inside=row_of(amira, words[name]))
    reason = amira.term(REASONS[Reason.TARGET_CHANGED]) % {"required_before": 3, "required_after": 4}
    amira.reads(reason, inside=amira.main.locator("#ledger tr").filter(has_text=words["sql"]).first)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_view_fits_a_small_screen(visit: Visit, axe: Axe, language: str) -> None:
    page = visit("Eva", language=language, width=320, height=800, color_scheme="dark", reduced_motion="reduce")

    for address in (*(f"/profile?view={view}" for view in VIEWS), "/profile/debt?hours=2"):
        page.goto(address)
        expect(page.locator("main h1")).to_be_visible()
        Inspection(axe, 320).look_at(page)


def address_of(actor: Actor) -> str:
    """Return the address where somebody is, without the place on the page."""
    return re.sub(r"^https?://[^/]+|[?#].*", "", actor.page.url)


def portrait_of(actor: Actor, family_name: str) -> str:
    """Return the address of a person's page, as the directory names it."""
    actor.goes_to(f"/people?q={family_name}")
    return str(actor.main.get_by_role("link", name=re.compile(family_name)).first.get_attribute("href"))


def row_of(actor: Actor, name: str) -> Locator:
    """Return the row of a competence on the page of the debt."""
    row = actor.main.locator("#competences tbody tr")
    return row.filter(has=actor.page.get_by_role("link", name=name, exact=True))


def share_row(actor: Actor) -> Locator:
    """Return where a self-assessment is shared with the manager."""
    card = actor.main.locator("#sharing .card").filter(
        has=actor.page.get_by_role("heading", name=re.compile(actor.term(Item.SELF_ASSESSMENT.label), re.IGNORECASE))
    )
    return card.locator(".share-row").filter(has_text=actor.term(Audience.LEAD.label))

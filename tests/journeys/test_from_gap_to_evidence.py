"""The main line, played as people play it: from Amira's gap to the evidence that grew from it, in one sitting."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from tests.journeys.acting import MANNERS, Actor, Axe, Inspection, Manner
from tests.journeys.conftest import Company, Visit
from wurzelwerk.lrs.choices import Verb

MOST_SECONDS_FOR_AN_AD = 60
WORDS = {
    "de": {
        "gap": "SQL-Abfragen",
        "wish": "Gesprächsführung",
        "her package": "Die Auftragsliste selbst abfragen",
        "his package": "Ein Gespräch über Prioritäten vorbereiten",
        "his plan": "Wenn ich montags plane, dann schreibe ich den ersten Satz auf.",
        "soon": "in 3 Wochen",
        "did": "Zwei Abfragen mit JOIN gebaut.",
        "hard": "Die Schlüssel zu finden.",
        "next": "Bis Freitag fragt Amira die Auftragsliste allein ab.",
        "reflection": "Erst die Frage in Worten, dann die Abfrage.",
        "takeaway": "Ich frage die Auftragsliste jetzt selbst ab.",
        "thanks": "Danke für deine Geduld.",
        "she saw": "Er hat das Gespräch ohne Hilfe vorbereitet.",
        "he saw": "Sie hat drei Tabellen verknüpft und doppelte Zeilen gefunden.",
    },
    "en": {
        "gap": "SQL queries",
        "wish": "Conversation",
        "her package": "Query the order list myself",
        "his package": "Prepare a talk about priorities",
        "his plan": "When I plan on Mondays, then I write down the first sentence.",
        "soon": "in 3 weeks",
        "did": "Built two queries with JOIN.",
        "hard": "Finding the keys.",
        "next": "By Friday Amira queries the order list alone.",
        "reflection": "First the question in words, then the query.",
        "takeaway": "I query the order list myself now.",
        "thanks": "Thank you for your patience.",
        "she saw": "He prepared the talk without help.",
        "he saw": "She joined three tables and found double rows.",
    },
}

# Where the works council and the administration work.
OWN_PAGES = {"Felix": "/oversight", "Greta": "/administration/persons"}


@dataclass
class Stage:
    """Amira and Ben at their browsers, the words they write, and the addresses of what they made."""

    amira: Actor
    ben: Actor
    enter: Callable[[str], Actor]
    words: dict[str, str]
    room: str = ""
    meeting: str = ""
    package: str = ""
    entry: str = ""
    portrait: str = ""

    @property
    def goals(self) -> tuple[str, str]:
        """What they wanted to learn from each other."""
        return self.words["gap"], self.words["wish"]


@pytest.mark.parametrize("manner", MANNERS.values(), ids=MANNERS)
def test_a_gap_becomes_evidence(visit: Visit, axe: Axe, company: Company, manner: Manner) -> None:
    language, inspection = manner.language, Inspection(axe, manner.width)

    def enter(name: str) -> Actor:
        page = visit(
            language=language, width=manner.width, height=800, color_scheme=manner.colours, reduced_motion="reduce"
        )
        return Actor(page, language, manner.hands, inspection).signs_in(name)

    stage = Stage(enter("Amira"), enter("Ben"), enter, WORDS[language])

    for chapter in STORY:
        chapter(stage)


def amira_finds_ben(stage: Stage) -> None:
    """Amira follows her gap to an ad that is filled in already; Ben is suggested, with reasons, and accepts."""
    amira, ben, words = stage.amira, stage.ben, stage.words
    amira.sees("Fits your gap: %(competence)s", competence=words["gap"])
    amira.opens("See the gap")
    amira.reads(words["gap"], inside=amira.main.locator("h1"))
    began = time.monotonic()
    amira.opens("Find a learning partner")
    amira.presses("Publish my ad")
    assert time.monotonic() - began < MOST_SECONDS_FOR_AN_AD

    found = amira.main.get_by_role("article").filter(has_text="Ben Krüger")
    reasons = found.locator(".fit-reasons li")
    assert reasons.count() == 3
    amira.reads(words["gap"], inside=reasons.nth(0))
    amira.reads(words["wish"], inside=reasons.nth(1))
    amira.opens("Ask %(name)s", name="Ben", inside=found)
    amira.presses("Send the request")

    ben.goes_to("/")
    ben.sees("Somebody would like to learn with you")
    ben.follows(ben.main.get_by_role("link", name="Amira Haddad", exact=True).first)
    ben.presses("Accept")
    stage.room = ben.page.url.split("?")[0].split("#")[0]


def they_plan_and_sign(stage: Stage) -> None:
    """Both prepare; Ben proposes what they agree on, with a package each way; both sign."""
    amira, ben, words = stage.amira, stage.ben, stage.words
    amira.goes_to("/")
    amira.opens("Go on")
    amira.presses("I am prepared")
    ben.presses("I am prepared")

    ben.opens("Propose an agreement")
    ben.presses("Propose")
    ben.opens("Plan a package")
    ben.writes("What is it about?", words["his package"])
    ben.writes("Done by", words["soon"])
    ben.writes("If-then sentence", words["his plan"])
    ben.presses("Plan the package")
    ben.opens("Plan a package", inside=ben.next_step)
    ben.writes("What is it about?", words["her package"])
    ben.presses("Plan the package")
    ben.opens("To the agreement", inside=ben.next_step)
    ben.presses("Sign")
    ben.sees("%(names)s still has to sign", names="Amira")

    amira.goes_to("/")
    amira.opens("Go on")
    stage.package = str(amira.main.get_by_role("link", name=words["her package"]).get_attribute("href"))
    amira.opens("To the agreement", inside=amira.next_step)
    amira.presses("Sign")


def they_meet_and_write(stage: Stage) -> None:
    """They meet right now, write the worksheet, book the time and tick off what they learned."""
    amira, ben, words = stage.amira, stage.ben, stage.words
    amira.opens("Plan a meeting", inside=amira.next_step)
    amira.opens("Right now")
    amira.presses("Plan the meeting")
    stage.meeting = amira.page.url
    amira.writes("What did we do?", words["did"])
    amira.writes("What was hard?", words["hard"])
    amira.writes("What comes next, who does what until when?", words["next"])
    amira.presses("Save")
    amira.presses("Book %(time)s", time=amira.hours(60))
    amira.goes_to(stage.room)
    amira.presses("Done")

    ben.goes_to(stage.meeting)
    expect(ben.main.get_by_role("textbox").first).to_have_value(words["did"])
    ben.goes_to(stage.room)
    ben.presses("Done")


def she_reflects_alone(stage: Stage) -> None:
    """Amira writes into her journal, which nobody else can open, and makes one passage of it evidence."""
    amira, words = stage.amira, stage.words
    amira.goes_to("/journal")
    amira.opens("Write freely")
    amira.writes("Your text", words["reflection"])
    amira.presses("Finish for now")
    stage.entry = amira.page.url
    amira.opens("Choose a passage")
    amira.chooses(words["gap"])
    amira.presses("On to the level")
    amira.chooses("Level %(level)s", level=2)
    amira.presses("Look at it first")
    amira.presses("Make it evidence")


def ben_begins_to_close(stage: Stage) -> None:
    """Ben says what was reached and what Amira can do now."""
    ben, words = stage.ben, stage.words
    ben.opens("Begin to close", inside=ben.next_step)
    ben.presses("Begin to close")
    ben.chooses("Reached")
    ben.chooses("Level %(level)s", level=3)
    ben.writes("What have you seen?", words["he saw"])
    ben.presses("Say it")


def she_closes(stage: Stage) -> None:
    """Amira looks back, too; only then does each read the other's words."""
    amira, ben, words = stage.amira, stage.ben, stage.words
    amira.goes_to(stage.room)
    amira.does_not_read(words["he saw"])
    amira.opens("To the closing", inside=amira.next_step)
    amira.chooses("Reached")
    amira.writes("What do you take along, what have you already used at work?", words["takeaway"])
    amira.chooses("Level %(level)s", level=2)
    amira.writes("What have you seen?", words["she saw"])
    amira.writes("What did the other do that helped you?", words["thanks"])
    amira.presses("Say it")
    amira.reads(words["he saw"])

    ben.goes_to(stage.room)
    ben.reads(words["she saw"])
    ben.reads(words["thanks"])
    stage.portrait = str(ben.page.locator(".aside").get_by_role("link", name="Amira Haddad").get_attribute("href"))


def her_ring_has_grown(stage: Stage) -> None:
    """The ring has grown from 1 to what Ben's word makes of it, and the page says why; Ben has his evidence."""
    amira, ben, words = stage.amira, stage.ben, stage.words
    amira.goes_to("/")
    ring = amira.main.locator(".ring").filter(has_text=words["gap"])
    expect(ring).to_contain_text(re.compile(r"2[.,][0-9]"))
    amira.follows(ring.get_by_role("link"))
    evidence = amira.main.locator("#evidence")
    amira.reads("Ben Krüger", inside=evidence)
    amira.reads(words["he saw"], inside=evidence)
    amira.reads(words["reflection"], inside=evidence)
    amira.sees("Why this level?")
    ben.goes_to("/profile/evidence")
    ben.reads(words["she saw"])


def the_steps_are_hers(stage: Stage) -> None:
    """Every step is a statement of hers."""
    amira = stage.amira
    amira.goes_to("/statements")
    for verb in (Verb.PUBLISHED, Verb.ACCEPTED, Verb.SIGNED, Verb.MET, Verb.COMPLETED, Verb.CLOSED):
        amira.reads(amira.term(verb.label))


def others_see_what_the_matrix_says(stage: Stage) -> None:
    """What is not theirs is as if it were not there, and nowhere do they read a word of it."""
    private = [word for name, word in stage.words.items() if name not in {"gap", "wish", "soon"}]
    room = stage.room.partition("/partnerships/")[2]
    shared = [
        f"/partnerships/{room}/{page}" for page in ("agreement", "agreement/sheet", "closing", "notes", "calendar")
    ]
    shared += [stage.meeting, stage.package, stage.entry]
    portrait = stage.portrait

    for name in ("David", "Clara", "Felix", "Greta"):
        other = stage.enter(name)
        other.is_refused(stage.room, "/partnerships/overview", *shared)
        other.goes_to(portrait)
        other.reads("Amira Haddad")
        other.does_not_read(stage.words["gap"], "Ben Krüger", *private)
        if name == "Clara":
            other.reads(stage.words["wish"])
        else:
            other.does_not_read(stage.words["wish"])
        other.finds_nowhere(private, "/partners", "/journal/shared")
        other.finds_nowhere(stage.goals, "/statements")
        if name in OWN_PAGES:
            other.goes_to(OWN_PAGES[name])
            other.does_not_read(stage.words["gap"], *private)

    eva = stage.enter("Eva")
    eva.is_refused(*shared)
    eva.goes_to(portrait)
    eva.does_not_read(*private, *stage.goals, "Ben Krüger")
    eva.goes_to("/partnerships/overview")
    row = eva.main.get_by_role("row").filter(has_text="Amira Haddad")
    eva.reads("Ben Krüger", inside=row)
    eva.follows(row.get_by_role("link"))
    assert eva.page.url == stage.room
    eva.sees("Ended")
    eva.does_not_read(*private, *stage.goals)


def she_sees_who_looked(stage: Stage) -> None:
    """Amira reads in her own log who has read what is not open to everyone."""
    amira = stage.amira
    amira.goes_to("/privacy/access-log")
    for name in ("Clara Vogt", "Eva Sommer"):
        amira.reads(name)
    amira.does_not_read("David Lenz", "Felix Brandt", "Greta Nowak")


STORY = (
    amira_finds_ben,
    they_plan_and_sign,
    they_meet_and_write,
    she_reflects_alone,
    ben_begins_to_close,
    she_closes,
    her_ring_has_grown,
    the_steps_are_hers,
    others_see_what_the_matrix_says,
    she_sees_who_looked,
)

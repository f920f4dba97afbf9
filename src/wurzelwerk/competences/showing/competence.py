"""The page on one competence: level and why, evidence, levels in words, who sees it."""

from dataclasses import dataclass
from datetime import date

from wurzelwerk.competences import rules
from wurzelwerk.competences.choices import EvidenceSource
from wurzelwerk.competences.estimating import DEFAULT_RULE, Estimate, Share, estimate, shares
from wurzelwerk.competences.gap_actions import OfferedAction, actions_for
from wurzelwerk.competences.models import Competence, ProfileCompetence
from wurzelwerk.competences.models.evidence import SOURCES_OF
from wurzelwerk.competences.queries import EvidenceRow, ShareRow, anchors, get_gap, own_evidence, share_rows, today_of
from wurzelwerk.competences.queries.targets import Gap
from wurzelwerk.competences.showing import words
from wurzelwerk.competences.terms import SOURCE_ICONS, level_word, nearest_level
from wurzelwerk.kernel.bilingual import pick
from wurzelwerk.kernel.matrix import Item, Sight, who_sees
from wurzelwerk.people.models import Person


@dataclass(frozen=True, slots=True)
class Anchor:
    """A level in words; ``is_own`` marks the nearest to the estimate, ``is_target`` what is required."""

    level: int
    word: str
    sentence: str
    is_own: bool
    is_target: bool


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """A piece of evidence with its icon, its age and what it gives to the estimate; nothing while it is disputed."""

    row: EvidenceRow
    icon: str
    age: str
    word: str
    share: Share | None
    counts_in_full: bool
    may_confirm: bool

    @property
    def weight(self) -> float:
        """Return v; 0 while it is disputed."""
        return self.share.weight if self.share else 0.0

    @property
    def part(self) -> float:
        """Return its part of Σ v, 0 to 1."""
        return self.share.part if self.share else 0.0

    @property
    def validity(self) -> float:
        """Return r of its source."""
        return DEFAULT_RULE.validities[self.row.piece.kind]


@dataclass(frozen=True, slots=True)
class ItemShares:
    """Who may see one kind of evidence on this competence, and whom it is open to now."""

    item: Item
    sights: tuple[Sight, ...]
    rows: tuple[ShareRow, ...]

    @property
    def is_open(self) -> bool:
        """Tell whether anything of it is shared."""
        return any(row.is_open for row in self.rows)


@dataclass(frozen=True, slots=True)
class CompetencePage:
    """All that the page on one competence shows to its viewer about themselves."""

    competence: Competence
    name: str
    description: str
    group: str
    framework: str
    attribution: str
    today: date
    estimate: Estimate | None
    level: float | None
    word: str
    certainty: str
    age: str
    gap: Gap | None
    reasons: tuple[str, ...]
    actions: tuple[OfferedAction, ...]
    anchors: tuple[Anchor, ...]
    lines: tuple[EvidenceLine, ...]
    items: tuple[ItemShares, ...]
    is_chosen: bool
    rule_version: int

    @property
    def target(self) -> float | None:
        """Return what the own or wished role asks for."""
        return words.rounded(self.gap.required) if self.gap else None

    @property
    def counted(self) -> tuple[EvidenceLine, ...]:
        """Return the evidence that the level rests on."""
        return tuple(line for line in self.lines if line.share)

    @property
    def weighted_sum(self) -> float:
        """Return Σ v·x."""
        return sum(line.weight * line.row.level for line in self.counted)

    @property
    def weight(self) -> float:
        """Return Σ v."""
        return sum(line.weight for line in self.counted)


def competence_page(person: Person, competence: Competence) -> CompetencePage:
    """Return what ``person`` sees of ``competence`` and of themselves in it; eight queries."""
    today = today_of(person)
    rows = own_evidence(person, competence)
    known = estimate([row.piece for row in rows if not row.is_disputed], today, competence.half_life_days)
    gap = get_gap(person, competence, today=today)
    framework = competence.framework
    return CompetencePage(
        competence=competence,
        name=str(competence),
        description=pick(competence.description_de, competence.description_en),
        group=str(competence.group) if competence.group else "",
        framework=str(framework),
        attribution=pick(framework.attribution_de, framework.attribution_en),
        today=today,
        estimate=known,
        level=words.rounded(known.level) if known else None,
        word=str(level_word(known.level)) if known else "",
        certainty=words.certainty(known) if known else "",
        age=words.age(known.newest_on, today) if known else "",
        gap=gap,
        reasons=words.reasons(gap) if gap else (),
        actions=actions_for(person, competence) if gap and gap.size else (),
        anchors=_anchors(competence, known, gap),
        lines=_lines(person, rows, today, competence),
        items=_items(person, competence, rows),
        is_chosen=ProfileCompetence.objects.filter(person=person, competence=competence).exists(),
        rule_version=DEFAULT_RULE.version,
    )


def _anchors(competence: Competence, known: Estimate | None, gap: Gap | None) -> tuple[Anchor, ...]:
    own = nearest_level(known.level) if known else None
    target = nearest_level(gap.required) if gap else None
    return tuple(
        Anchor(level, str(level_word(level)), sentence, level == own, level == target)
        for level, sentence in anchors(competence).items()
    )


def _lines(
    person: Person, rows: tuple[EvidenceRow, ...], today: date, competence: Competence
) -> tuple[EvidenceLine, ...]:
    given = iter(shares([row.piece for row in rows if not row.is_disputed], today, competence.half_life_days))
    return tuple(
        EvidenceLine(
            row=row,
            icon=SOURCE_ICONS[row.source],
            age=words.age(row.observed_on, today),
            word=str(level_word(row.level)),
            share=None if row.is_disputed else next(given),
            counts_in_full=row.source is not EvidenceSource.WORK_SAMPLE or row.piece.has_lasted,
            may_confirm=not row.is_disputed
            and bool(rules.may_confirm_piece(row.source, row.observed_on, row.confirmed_on, today)),
        )
        for row in rows
    )


def _items(person: Person, competence: Competence, rows: tuple[EvidenceRow, ...]) -> tuple[ItemShares, ...]:
    """Return the kinds of evidence there are; self-assessment and estimate stand there always."""
    there = {row.source for row in rows}
    items = [
        item
        for item, sources in SOURCES_OF.items()
        if item in {Item.SELF_ASSESSMENT, Item.ESTIMATE} or there & set(sources)
    ]
    shared = share_rows(person, competence, items)
    return tuple(ItemShares(item, who_sees(item), tuple(row for row in shared if row.item is item)) for item in items)

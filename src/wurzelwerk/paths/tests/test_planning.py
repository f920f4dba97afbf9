"""The planner: small stories, and what must hold for every situation."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from wurzelwerk.paths.planning import Option, PartnerOption, ReasonKey, Situation, StepSort, plan

OPTIONS = (
    Option(key=1, is_work_task=False, minutes=90, from_level=1, to_level=2),
    Option(key=2, is_work_task=False, minutes=20, from_level=1, to_level=2),
    Option(key=3, is_work_task=True, minutes=60, from_level=1, to_level=2),
    Option(key=4, is_work_task=False, minutes=45, from_level=2, to_level=3),
    Option(key=5, is_work_task=True, minutes=120, from_level=2, to_level=3),
)
AMIRA = Situation(level=1.4, target=3, options=OPTIONS, minutes_per_week=120, partner=PartnerOption(offering=2))


def sorts(situation: Situation) -> list[str]:
    return [step.sort.value for step in plan(situation).steps]


def test_a_gap_becomes_partner_understanding_task_and_reflection_level_by_level() -> None:
    assert sorts(AMIRA) == [
        "partner",
        "opportunity",
        "work_task",
        "reflection",
        "opportunity",
        "work_task",
        "reflection",
        "review",
    ]


def test_the_shortest_way_to_understand_is_taken() -> None:
    assert [step.option for step in plan(AMIRA).steps if step.option] == [2, 3, 4, 5]


def test_steps_fill_the_granted_minutes_week_by_week() -> None:
    weeks = [step.week for step in plan(AMIRA).steps]

    assert weeks == [1, 1, 2, 2, 2, 3, 3, 6]


def test_fewer_granted_minutes_take_longer() -> None:
    with_less = Situation(1.4, 3, OPTIONS, minutes_per_week=30)

    assert plan(with_less).weeks > plan(AMIRA).weeks


def test_what_was_finished_is_not_proposed_again() -> None:
    again = Situation(1.4, 2, OPTIONS, 120, done=frozenset({2, 3}))

    assert [step.option for step in plan(again).steps if step.option] == [1]


def test_no_gap_means_no_steps() -> None:
    assert plan(Situation(3.0, 3, OPTIONS, 120)).steps == ()


def test_an_unknown_level_starts_one_below_the_target() -> None:
    steps = plan(Situation(None, 3, OPTIONS, 120)).steps

    assert {step.from_level for step in steps} == {2}


def test_without_anybody_who_offers_it_an_ad_of_ones_own_is_proposed() -> None:
    steps = plan(Situation(1.0, 2, OPTIONS, 120, partner=PartnerOption(offering=0))).steps

    assert steps[0].reason is ReasonKey.PARTNER_WANTED


options = st.builds(
    Option,
    key=st.integers(1, 50),
    is_work_task=st.booleans(),
    minutes=st.integers(1, 600),
    from_level=st.integers(0, 4),
    to_level=st.integers(1, 5),
)
situations = st.builds(
    Situation,
    level=st.none() | st.floats(0, 5),
    target=st.integers(1, 5),
    options=st.lists(options, max_size=12, unique_by=lambda option: option.key).map(tuple),
    minutes_per_week=st.integers(0, 600),
    partner=st.none() | st.builds(PartnerOption, offering=st.integers(0, 9)),
    done=st.frozensets(st.integers(1, 50), max_size=5),
)


@given(situations)
def test_every_plan_holds_what_is_promised(situation: Situation) -> None:
    made = plan(situation)

    used = [step.option for step in made.steps if step.option]
    assert len(used) == len(set(used))
    assert not situation.done & set(used)
    assert all(step.to_level <= situation.target and step.minutes > 0 for step in made.steps)
    assert [step.week for step in made.steps] == sorted(step.week for step in made.steps)
    assert made.minutes == sum(step.minutes for step in made.steps)
    assert not made.steps or made.steps[-1].sort is StepSort.REVIEW


@given(situations, st.randoms(use_true_random=False))
def test_the_order_of_the_options_does_not_matter(situation: Situation, random: Random) -> None:
    shuffled = list(situation.options)
    random.shuffle(shuffled)
    other = Situation(
        situation.level,
        situation.target,
        tuple(shuffled),
        situation.minutes_per_week,
        situation.partner,
        situation.done,
    )

    assert plan(other) == plan(situation)

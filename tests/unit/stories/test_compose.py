import random
from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from bot.domain.feed import Tier
from bot.domain.ids import StoryId
from bot.domain.reading import Action, Stage, TopicMatch
from bot.stories.compose import Composition
from tests.fakes.members import NOW, deadline, member, tariff


def story(*members, previous=None):
    return Composition(members).story(StoryId(1), None, revision=2, previous=previous)


def test_the_headline_is_the_best_sources_and_the_earliest_of_them():
    """Official before wire before trade press before general, then by time."""
    told = story(
        member(1, "Rumour", hours=0),
        member(2, "Wire later", tier=Tier.WIRE, hours=5),
        member(3, "Wire first", tier=Tier.WIRE, hours=3),
    )
    assert (told.headline, told.source, told.tier) == ("Wire first", "Source 3", Tier.WIRE)
    assert [source.name for source in told.sources] == ["Source 3", "Source 2", "Source 1"]
    assert told.revision == 2
    assert told.entry_count == 3


def test_a_publisher_is_one_source_however_often_it_tells():
    """The count of sources counts publishers, not entries."""
    told = story(member(1, source="Border Ledger"), member(2, source="border ledger", hours=1))
    assert len(told.sources) == 1
    assert told.entry_count == 2


def test_without_titles_and_names_something_is_still_shown():
    """An untitled entry is headed by its summary, an unnamed publisher by its host."""
    told = story(member(1, "  ", source="", summary="Ottawa raised a duty."))
    assert (told.headline, told.source) == ("Ottawa raised a duty.", "example.com")


def test_the_publisher_is_not_part_of_the_headline():
    """Aggregators write the publisher after the title."""
    told = story(member(1, "Duty rises - Border Ledger", source="Border Ledger"))
    assert told.headline == "Duty rises"


def test_a_story_without_members_is_a_mistake():
    """There is nothing to compose."""
    with pytest.raises(ValueError, match="no members"):
        story()


def test_one_date_is_told_once_in_the_best_sources_words():
    """The official sentence is kept, and the time of day another source adds."""
    day = date(2026, 11, 20)
    told = story(
        member(1, deadlines=(deadline(day, time=time(23, 59), zone="America/New_York"),)),
        member(2, tier=Tier.OFFICIAL, deadlines=(replace(deadline(day), text="Official."),)),
    )
    (fact,) = told.deadlines
    assert (fact.text, fact.time, fact.zone) == ("Official.", time(23, 59), "America/New_York")
    assert told.conflicts == ()


def test_an_extension_drops_the_date_it_replaces():
    """What was moved is no deadline any more, and no conflict."""
    old, new = date(2026, 11, 20), date(2026, 12, 4)
    told = story(
        member(1, deadlines=(deadline(old),)),
        member(2, hours=9, deadlines=(deadline(new, replaces=old),)),
    )
    assert [fact.date for fact in told.deadlines] == [new]
    assert told.conflicts == ()


def test_sources_that_disagree_on_a_date_are_both_kept():
    """The official date comes first, and who says what is kept."""
    told = story(
        member(1, source="Border Ledger", deadlines=(deadline(date(2026, 11, 21)),)),
        member(2, source="Gazette", tier=Tier.OFFICIAL, deadlines=(deadline(date(2026, 11, 20)),)),
    )
    (conflict,) = told.conflicts
    assert conflict.what == "comment_deadline"
    assert conflict.values == (("2026-11-20", "Gazette"), ("2026-11-21", "Border Ledger"))
    assert len(told.deadlines) == 2


def test_a_rate_that_another_source_calls_the_former_one_is_no_conflict():
    """A raise from 25 to 35 explains both figures."""
    told = story(
        member(1, tariffs=(tariff(25.0),)),
        member(2, hours=3, tariffs=(tariff(35.0, previous_rate_pct=25.0),)),
    )
    assert told.conflicts == ()


def test_two_dates_in_one_source_are_no_conflict():
    """A notice may have several dates of one kind; a source that tells one of them agrees."""
    first, second = date(2026, 11, 20), date(2026, 12, 4)
    told = story(
        member(1, tier=Tier.OFFICIAL, deadlines=(deadline(first), deadline(second))),
        member(2, deadlines=(deadline(second),)),
    )
    assert told.conflicts == ()


def test_an_official_rate_wins_and_the_difference_is_shown():
    """The first value of a conflict is the one the message shows."""
    told = story(
        member(1, source="Border Ledger", tariffs=(tariff(35.0),)),
        member(2, source="Gazette", tier=Tier.OFFICIAL, tariffs=(tariff(25.0),)),
        member(3, source="Courier", tariffs=(tariff(35.0),)),
    )
    assert told.tariffs[0].rate_pct == 25
    (conflict,) = told.conflicts
    assert conflict.values == (("25 %", "Gazette"), ("35 %", "Border Ledger"))


def test_what_another_source_says_less_fully_is_not_told_twice():
    """A fact without rate or target adds nothing to the full one; another product does."""
    told = story(
        member(1, tier=Tier.WIRE, tariffs=(tariff(),)),
        member(2, tariffs=(tariff(None, targets=(), products=()), tariff(products=("copper",)))),
    )
    assert [fact.products for fact in told.tariffs] == [("steel",), ("copper",)]
    assert told.conflicts == ()


def test_what_the_best_source_says_less_fully_gives_way_to_the_fuller_sentence():
    """The line with the date says all of the one without; that it is suspended is told beside it."""
    dated = replace(
        tariff(), effective_date=date(2026, 12, 5), text="25 % on steel from 5 December."
    )
    told = story(
        member(1, tier=Tier.OFFICIAL, tariffs=(tariff(), tariff(products=("copper",)))),
        member(2, tariffs=(dated, replace(dated, action=Action.SUSPENDED, effective_date=None))),
    )
    assert [(fact.products, fact.effective_date) for fact in told.tariffs[:2]] == [
        (("steel",), date(2026, 12, 5)),
        (("copper",), None),
    ]
    assert [fact.action for fact in told.tariffs[2:]] == [Action.SUSPENDED]
    assert told.tariffs[0].text == "25 % on steel from 5 December."


def test_stages_advance_and_an_official_source_may_resume():
    """An old word of a threat takes nothing back; an official word after a stay does."""
    advanced = story(member(1, stage=Stage.SIGNED), member(2, hours=2, stage=Stage.THREAT))
    assert advanced.stage is Stage.SIGNED
    stayed = [member(1, stage=Stage.IN_FORCE), member(2, hours=2, stage=Stage.STAYED)]
    assert story(*stayed, member(3, hours=3, stage=Stage.IN_FORCE)).stage is Stage.STAYED
    resumed = member(3, hours=3, stage=Stage.IN_FORCE, tier=Tier.OFFICIAL)
    assert story(*stayed, resumed).stage is Stage.IN_FORCE


def test_topics_and_countries_are_ranked_by_all_entries():
    """What most entries are about comes first."""
    steel, dairy = (
        TopicMatch(topic="steel_aluminum", score=0.9),
        TopicMatch(topic="dairy", score=0.4),
    )
    told = story(
        member(1, topics=(dairy, steel), countries=("US", "CA")),
        member(2, topics=(steel,), countries=("CA",)),
    )
    assert told.topics == ("steel_aluminum", "dairy")
    assert told.countries == ("CA", "US")


def test_the_order_of_members_does_not_matter():
    """The same members always make the same story."""
    members = [
        member(n, f"Title {n}", tier=tier, hours=n % 3, tariffs=(tariff(20.0 + n),))
        for n, tier in enumerate(
            [Tier.GENERAL, Tier.WIRE, Tier.TRADE_PRESS, Tier.WIRE, Tier.GENERAL]
        )
    ]
    first = story(*members)
    random.Random(5).shuffle(members)
    assert story(*members) == first


def test_first_seen_never_moves_forward():
    """A withdrawn first entry does not make the story younger."""
    before = story(member(1))
    assert story(member(2, hours=5), previous=before).first_seen == NOW


def test_a_story_reads_alike_after_every_member_that_comes():
    """Adding one member more tells what all of them told at once would, in any order of coming."""
    chance = random.Random(11)
    members = [
        member(
            n,
            chance.choice(["", f"Title {n}"]),
            source=chance.choice(["Gazette", "gazette ", "Courier", ""]),
            tier=chance.choice(list(Tier)),
            hours=chance.randint(0, 6),
            stage=chance.choice([None, *Stage]),
            summary=chance.choice(["", f"Summary {n}"]),
            deadlines=tuple(deadline(date(2026, 11, chance.randint(20, 22))) for _ in range(n % 3)),
            tariffs=(tariff(chance.choice([None, 20.0, 25.0])),) * (n % 2),
        )
        for n in range(1, 40)
    ]
    growing = Composition()
    for count, one in enumerate(members, start=1):
        growing.add(one)
        shuffled = chance.sample(members[:count], count)
        assert growing.story(StoryId(1), None, revision=2, previous=None) == story(*shuffled)


def test_of_very_many_differing_accounts_those_of_the_best_sources_are_compared():
    """An official date stands, however many others state another day before and after it."""
    official = date(2027, 3, 1)
    rumours = [
        member(n, hours=n, deadlines=(deadline(date(2026, 1, 1) + timedelta(days=n)),))
        for n in range(1, 400)
    ]
    told = story(
        *rumours[:350],
        member(500, tier=Tier.OFFICIAL, source="Gazette", deadlines=(deadline(official),)),
        *rumours[350:],
    )
    assert told.conflicts[0].values[0] == ("2027-03-01", "Gazette")
    assert len(told.conflicts[0].values) == 300
    assert told.entry_count == 400

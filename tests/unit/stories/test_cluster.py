import random
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.entry import Entry
from bot.domain.ids import EntryId, StoryId, Tenant
from bot.domain.reading import Lang, Reading
from bot.reading import tariffs
from bot.stories import fingerprint
from bot.stories.cluster import assign
from bot.stories.index import StoryIndex

NOW = datetime(2026, 10, 1, 12, tzinfo=UTC)


class Desk:
    """Places entries one after the other, as the pipeline does."""

    def __init__(self):
        self.index = StoryIndex()
        self.stories = 0
        self.entries = 0

    def put(self, title, summary="", *, lang="en", url=None, owner=None, source="", hours=0):
        self.entries += 1
        at = NOW + timedelta(hours=hours)
        entry = Entry(
            guid=str(self.entries),
            url=url,
            title=title,
            summary=summary,
            source=source,
            published=at,
        )
        text = f"{title}. {summary}"
        facts = tuple(tariffs.read(text, published=at.date(), lang=lang))
        mark = fingerprint.of(entry, Reading(lang=Lang(lang), tariffs=facts), at)
        found = assign(mark, self.index, owner=owner, now=at)
        story = found.story_id
        if story is None:
            self.stories += 1
            story = StoryId(self.stories)
        self.index.add(EntryId(self.entries), story, owner, mark, at)
        return story, found.joined


@pytest.fixture
def desk():
    return Desk()


SENTENCE = (
    "Washington will raise its tariff on {good} from {country} to {rate} percent on October 5, the "
    "White House said on Monday after talks over quotas collapsed."
)


def told(good="steel", country="Canada", rate=35):
    title = f"U.S. raises tariff on {good} from {country} to {rate} percent"
    return title, SENTENCE.format(good=good, country=country, rate=rate)


def test_the_same_text_elsewhere_joins_with_its_reason(desk):
    """Wire copy on another site is the same story, whatever its link."""
    first, why = desk.put(*told(), url="https://a.example.com/1")
    assert why == "first of its story"
    assert desk.put(*told(), url="https://b.example.com/2") == (first, "same text")


def test_small_edits_of_one_text_join(desk):
    """A changed word in wire copy does not make another story."""
    title, summary = told()
    first, _ = desk.put(title, summary)
    assert desk.put(title, summary.replace("Monday", "Monday evening"))[0] == first


def test_an_edited_title_under_the_same_link_joins(desk):
    """A publisher that rewrites its headline tells the same event."""
    first, _ = desk.put(*told(), url="https://example.com/steel?utm_source=rss")
    title = "Canadian steel to pay 35% at U.S. border"
    found = desk.put(title, told()[1], url="http://www.example.com/steel")
    assert found == (first, "same link")


def test_another_event_under_the_same_link_stays_apart(desk):
    """A landing page as everybody's link joins nothing."""
    first, _ = desk.put(*told(), url="https://example.com/news")
    title = "Longshore workers strike the Port of Montreal"
    assert (
        desk.put(title, "Terminals closed on Tuesday.", url="https://example.com/news")[0] != first
    )


@pytest.mark.parametrize(
    "other",
    [{"country": "Mexico"}, {"rate": 50}, {"good": "aluminum"}, {"country": "China", "rate": 10}],
)
def test_look_alikes_are_other_stories(desk, other):
    """The same sentence with another country, rate or product is another event."""
    first, _ = desk.put(*told())
    assert desk.put(*told(**other))[0] != first


def test_reports_in_three_languages_meet(desk):
    """What is common to the languages joins them: figures, dates, places, goods."""
    first, _ = desk.put(*told())
    spanish = desk.put(
        "Estados Unidos eleva a 35 % el arancel al acero de Canadá",
        "La Casa Blanca anunció el lunes que el arancel subirá a 35 % el 5 de octubre.",
        lang="es",
    )
    french = desk.put(
        "Washington porte à 35 % son tarif sur l'acier canadien",
        "Le tarif sur l'acier du Canada passera à 35 % le 5 octobre.",
        lang="fr",
    )
    assert spanish[0] == french[0] == first
    assert spanish[1].startswith("CA, US, 35 %, steel")


def test_a_round_up_swallows_nothing_and_is_swallowed_by_nothing(desk):
    """A daily brief that mentions everything stands alone."""
    first, _ = desk.put(*told())
    brief, _ = desk.put("Trade morning brief: steel, dairy and more", told()[1] + " Dairy too.")
    later, _ = desk.put("Steel from Canada pays 35 percent", told()[1])
    assert brief != first
    assert later == first


def test_a_live_page_stands_alone(desk):
    """A live blog takes no part in the stories it mentions."""
    first, _ = desk.put(*told())
    assert desk.put("Live: steel tariff on Canada rises to 35 percent", "All day.")[0] != first


def test_titles_of_one_word_do_not_join(desk):
    """Ministries call everything a statement."""
    first, _ = desk.put("Statement", "The minister welcomed the panel's ruling on dairy quotas.")
    other, _ = desk.put("Statement", "The minister spoke about flood relief in the Fraser Valley.")
    assert first != other


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            ("Ten ideas for a small office", "A desk needs less room than most people think."),
            ("Notice of office closure", "The public reading room is closed on Friday."),
        ),
        (
            ("Road works near the bridge", "Drivers should expect a delay in the evening."),
            ("Bridge club looks for players", "Every evening at seven, beginners welcome."),
        ),
        (
            ("Cierre de la ventanilla", "La oficina no atiende el viernes por inventario."),
            ("Muebles para oficina", "Ofertas solo el viernes."),
        ),
    ],
)
def test_two_everyday_words_join_nothing(desk, first, second):
    """Short notices share a word or two by chance."""
    assert desk.put(*first)[0] != desk.put(*second, hours=1)[0]


def test_empty_entries_do_not_join(desk):
    """Nothing in common is nothing in common."""
    assert desk.put("")[0] != desk.put("")[0]


def test_a_thousand_entries_with_one_title_are_not_one_story(desk):
    """The title of a register's every notice says nothing about the event."""
    chance = random.Random(3)
    syllables = ("ba", "cor", "den", "fa", "gri", "hol", "ka", "lin", "mo", "nar", "pel", "ros")
    for _ in range(200):
        a, b, c, d = ("".join(chance.choices(syllables, k=6)).capitalize() for _ in range(4))
        summary = f"The office in {a} asks brokers of {b} and {c} to file at {d} until it reopens."
        desk.put("Notice to importers and exporters", summary)
    assert desk.stories > 190


def test_owners_never_share_a_story(desk):
    """A tenant's own feed makes the tenant's own story."""
    first, _ = desk.put(*told())
    mine, _ = desk.put(*told(), owner=Tenant("slack:T1"))
    assert mine != first
    assert desk.put(*told(), owner=Tenant("slack:T1")) == (mine, "same text")


def test_an_event_told_again_after_the_window_is_new(desk):
    """A story silent for more than five days is over."""
    first, _ = desk.put(*told())
    assert desk.put(*told(), hours=6 * 24)[0] != first


def test_the_same_entries_always_give_the_same_stories():
    """Assignment is deterministic."""
    runs = []
    for _ in range(2):
        desk = Desk()
        runs.append([desk.put(*told(rate=rate)) for rate in (35, 50, 35, 10, 50)])
    assert runs[0] == runs[1]


def test_a_hundred_copies_and_paraphrases_are_one_story(desk):
    """Forty outlets telling one event make one message that grows."""
    openings = ("Report:", "Update:", "Just in:", "Analysts say", "Sources confirm")
    for number in range(100):
        title, summary = told()
        desk.put(f"{openings[number % 5]} {title}", f"{summary} Outlet {number} has more.")
    assert desk.stories == 1


def test_a_final_finding_is_no_further_report_of_the_preliminary_one(desk):
    """The notices read alike but for the step; one that names both steps may join either."""
    notice = (
        "The Department determines that countervailable subsidies are provided to {} in Mexico."
    )
    title = "Steel Racks From Mexico: {} Affirmative Countervailing Duty Determination"
    first, _ = desk.put(title.format("Preliminary"), notice.format("two producers"))
    final = notice.format("every exporter of racks, and sets cash deposits for those it examined")
    second, _ = desk.put(title.format("Final"), final, hours=2)
    assert second != first

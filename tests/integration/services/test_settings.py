"""When and how a place is told, asked for in a chat: the forms, the settings, the pauses."""

import pytest

from bot.commands.exchange import FieldKind
from bot.commands.form import command_of
from bot.domain.feed import Origin
from bot.domain.manners import Manners, PlaceAsk
from bot.services import addresses
from bot.services.configured import reconcile
from tests.fakes.asking import World


@pytest.fixture
def world(store, clock):
    return World(store, clock)


def chosen(reply):
    """What a form shows as filled in, by field."""
    return {field.name: field.chosen for field in reply.form.fields}


async def test_subscribe_without_words_asks_with_a_form(world):
    """The form offers topics, level, rhythm, languages, quiet hours and a mention; the text too."""
    reply = await world.ask("subscribe")
    assert reply.ok
    assert [field.name for field in reply.form.fields] == [
        "topics",
        "level",
        "when",
        "langs",
        "quiet",
        "mention",
    ]
    kinds = [field.kind for field in reply.form.fields]
    assert (
        kinds
        == [FieldKind.MANY, FieldKind.ONE, FieldKind.ONE, FieldKind.MANY] + [FieldKind.TEXT] * 2
    )
    assert set(chosen(reply).values()) == {()}
    assert "Autos" in reply.text
    assert "level:important when:daily@08:00" in reply.text


async def test_a_form_shows_what_there_is_and_changes_it(world):
    """Filled in and sent, it is a subscription; asked for again, it shows what was chosen."""
    form = (await world.ask("subscribe")).form
    values = {
        "topics": ["autos", "dairy"],
        "level": ["important"],
        "when": ["weekly:mon@08:00"],
        "langs": ["en", "es"],
        "quiet": ["22:00 - 07:00"],
        "mention": ["<@U0123ABCD>"],
    }
    done = await world.ask(command_of(form, values))
    assert [line.text for line in done.sections[0].lines] == ["Autos", "Dairy"]
    note = done.sections[0].lines[0].note
    assert note == (
        "important · digest every Monday at 08:00 · entries in English, Spanish · "
        "mentions user:U0123ABCD · new"
    )
    again = await world.ask("subscribe")
    assert chosen(again) == {
        "topics": ("autos", "dairy"),
        "level": ("important",),
        "when": ("weekly:mon@08:00",),
        "langs": ("en", "es"),
        "quiet": ("22:00-07:00",),
        "mention": ("user:U0123ABCD",),
    }
    same = await world.ask(command_of(again.form, chosen(again)))
    assert same.title == "It was so already:"
    await world.ask("subscribe dairy level:flash when:daily@19:45 mention:off langs:any")
    mixed = await world.ask("subscribe")
    assert chosen(mixed)["level"] == chosen(mixed)["when"] == chosen(mixed)["langs"] == ()
    offered = next(field for field in mixed.form.fields if field.name == "when").options
    assert "daily@19:45" in [option.value for option in offered]


async def test_asking_again_keeps_what_is_not_said(world):
    """A second word about a topic changes only what it names."""
    await world.ask("subscribe autos level:flash when:daily@08:00")
    reply = await world.ask("subscribe autos sources:2")
    assert reply.rows[0]["effect"] == "changed"
    (row,) = (await world.ask("subscriptions")).rows
    assert (row["level"], row["when"], row["sources"]) == ("flash", "daily@08:00", 2)
    back = (await world.ask("unsubscribe autos")).actions[0].command
    await world.ask(back)
    (again,) = (await world.ask("subscriptions")).rows
    assert {k: again[k] for k in ("level", "when", "sources")} == {
        k: row[k] for k in ("level", "when", "sources")
    }


async def test_settings_are_shown_and_changed(world):
    """Without words they are shown with the way to change them; with words, as they are after."""
    shown = await world.ask("settings")
    assert "Time zone: America/Toronto" in shown.text
    assert "Quiet hours: none" in shown.text
    assert shown.form.verb == "settings"
    assert (await world.ask("subscriptions")).rows == ()
    changed = await world.ask(
        "settings zone:America/Mexico_City locale:es quiet:22:00-07:00 storm:10"
    )
    assert changed.title == "Desde ahora se avisa aquí así"
    assert "Zona horaria: America/Mexico_City (allí son las 06:00)" in changed.text
    assert "Más de 10 avisos" in changed.text
    (row,) = (await world.ask("settings")).rows
    assert row["quiet"] == "22:00-07:00"
    form = (await world.ask("settings")).form
    words = command_of(form, {"zone": ["toronto"], "quiet": ["off"], "storm": ["off"]})
    assert words == "settings toronto quiet:off storm:off"
    (row,) = (await world.ask(words)).rows
    assert (row["zone"], row["quiet"], row["storm"], row["locale"]) == (
        "America/Toronto",
        None,
        0,
        "es",
    )


@pytest.mark.parametrize("locale", ["en", "es", "fr"])
async def test_settings_speak_each_language(world, locale):
    """Every setting is said in the reader's language, set or not."""
    plain = await world.ask("settings", locale=locale)
    said = "settings quiet:22-7 flash:through storm:off reminders:off empty:say"
    full = await world.ask(said, locale=locale)
    assert len(plain.sections[0].lines) == len(full.sections[0].lines)
    assert not {line.text for line in plain.sections[0].lines[2:6]} & {
        line.text for line in full.sections[0].lines[2:6]
    }
    assert (await world.ask("subscribe", locale=locale)).form.title


async def test_a_typo_in_a_setting_gets_the_right_spelling(world):
    """The sentence is in the reader's language, the nearest spelling beside it."""
    reply = await world.ask("ajustes zona:Torronto", locale="es")
    assert not reply.ok
    assert reply.title == "No hay zona horaria «Torronto»; escríbala como America/Mexico_City."
    assert "“America/Toronto”" in reply.text
    endless = await world.ask("settings quiet:22:00-22:00")
    assert "they would never end" in endless.text


async def test_a_pause_for_a_time(world):
    """A pause may say how long; the reply says when it ends, and so do the settings."""
    await world.ask("subscribe autos")
    reply = await world.ask("pause 3d")
    assert reply.title.startswith("Paused until 23 Nov 2026, 07:00 EST")
    assert "Paused until" in (await world.ask("settings")).text
    assert (await world.ask("pause foo")).title.startswith("“foo” is no time a pause can last")
    assert (await world.ask("pausa 2 semanas")).title.startswith("Paused until 4 Dec 2026")
    assert (await world.ask("pause")).title.startswith("Paused: what comes waits")


async def test_places_of_the_configuration_are_settled_until_somebody_says_otherwise(world, clock):
    """What bot.yaml says of a place counts until a person changes the place's settings."""
    here = addresses.parse("slack:T1/C1")

    async def start(**said):
        await reconcile(
            world.store,
            clock,
            feeds=[],
            subscriptions=[],
            places=[(here, PlaceAsk(**said))],
            zone="UTC",
            locale="en",
        )
        return await world.store.queries.destination(here)

    first = await start(zone="America/Toronto", storm=3)
    assert (first.zone, first.manners, first.origin) == (
        "America/Toronto",
        Manners(storm=3),
        Origin.CONFIG,
    )
    assert (await start(storm=4)).manners == Manners(storm=4)
    await world.ask("settings storm:5")
    assert (await start(storm=6)).manners == Manners(storm=5)


async def test_a_place_may_ask_for_no_repeats(world):
    """An alert nobody can look up after a failed send is then named, not sent once more."""
    (row,) = (await world.ask("settings repeats:off")).rows
    assert row["repeats"] == "off"
    shown = await world.ask("settings")
    assert "only named" in shown.text
    (row,) = (await world.ask("settings repeats:on")).rows
    assert row["repeats"] == "on"

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.verbs import Verb
from bot.errors import InvalidInputError
from bot.platforms.discord.menu import command_payload, split, sub_commands, unknown
from bot.platforms.discord.menu_table import SubCommand
from bot.platforms.discord.sync import covers
from bot.platforms.discord.translate import Asked, Filling, Ping, Strange, Typing, translate
from tests.fakes.discord_checks import command_errors

BASE = {
    "id": "1",
    "application_id": "2",
    "token": "t",
    "channel_id": "111",
    "guild_id": "900",
    "member": {"user": {"id": "42"}, "permissions": "0"},
}


def command(verb, *options, kind=2):
    sub = {"name": verb, "type": 1, "options": list(options)}
    return {**BASE, "type": kind, "data": {"name": "usmca", "options": [sub]}}


def test_a_ping_needs_nothing_else():
    """Discord's own check has no person and no channel."""
    assert translate({"type": 1}) == Ping()


def test_options_become_words_in_the_order_of_the_grammar():
    """However Discord orders them; empty values and odd ones are left out."""
    raw = command(
        "subscribe",
        {"name": "group", "value": "entry"},
        {"name": "level", "value": " "},
        {"name": "topics", "value": "minerales\ncríticos"},
        {"name": "nonsense", "value": "x"},
    )
    asked = translate(raw)
    assert isinstance(asked, Asked)
    assert asked.request.text == "subscribe minerales críticos group: entry"


@pytest.mark.parametrize(
    ("permissions", "admin"),
    [
        ("0", False),
        ("8", True),
        ("16", True),
        ("32", True),
        ("2048", False),
        ("x", False),
        ("²", False),
    ],
)
def test_managers_are_known_by_their_permissions(permissions, admin):
    """Administrator, Manage Channels or Manage Server; nonsense is none of them."""
    raw = {**command("status"), "member": {"user": {"id": "42"}, "permissions": permissions}}
    asked = translate(raw)
    assert isinstance(asked, Asked)
    assert asked.request.actor.admin is admin


def test_a_direct_message_is_the_person_s_own():
    """There is no guild, and the person stands at the top."""
    raw = {**command("status"), "user": {"id": "42"}}
    del raw["guild_id"], raw["member"]
    asked = translate(raw)
    assert isinstance(asked, Asked)
    assert asked.request.actor.direct
    assert asked.request.actor.workspace == ""


def test_suggestions_ask_with_what_is_typed():
    """Only the option in focus counts; one that suggests nothing gives an empty text."""
    focused = {"name": "topics", "value": "autos, st", "focused": True}
    typing = translate({**command("subscribe", focused, kind=4), "locale": "fr"})
    assert isinstance(typing, Typing)
    assert typing.option is not None
    assert (typing.text, typing.option.name, typing.actor.locale) == ("autos, st", "topics", "fr")
    other = translate(command("search", {"name": "words", "value": "x", "focused": True}, kind=4))
    assert isinstance(other, Typing)
    assert other.option is None


@pytest.mark.parametrize(
    "raw",
    [
        {**BASE, "type": 2, "data": {"name": "other"}},
        {**BASE, "type": 2, "data": {"name": "usmca", "options": [{"name": "nonsense"}]}},
        {**BASE, "type": 3, "data": {"custom_id": "vote:1"}},
        {**BASE, "type": 3, "data": {"custom_id": 7}},
        {**BASE, "type": 5, "data": {}},
        {**BASE, "type": 99},
    ],
)
def test_what_this_version_does_not_know_is_strange(raw):
    """Commands and buttons of another version, and kinds of interactions we never ask for."""
    assert isinstance(translate(raw), Strange)


@pytest.mark.parametrize("missing", ["id", "token", "application_id", "member", "channel_id"])
def test_what_lacks_its_parts_is_refused(missing):
    """Without them nobody can be answered."""
    raw = command("status")
    del raw[missing]
    with pytest.raises(InvalidInputError):
        translate(raw)


values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=9)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["name", "options", "value", "user", "id", "custom_id", "focused"]),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=12,
)


@given(st.integers(0, 6), values, values, values)
def test_odd_objects_are_refused_or_strange_but_never_crash(kind, data, member, options):
    """Whatever JSON arrives, the translator gives a value or the error that says so."""
    raw = {**BASE, "type": kind, "data": data, "member": member}
    if isinstance(data, dict):
        raw["data"] = {"name": "usmca", "options": options, **data}
    try:
        found = translate(raw)
    except InvalidInputError as error:
        found = error
    assert isinstance(found, Ping | Typing | Strange | Asked | Filling) or str(found)


def test_the_menu_mirrors_the_grammar():
    """Every verb people can write is a sub-command, and the other way round."""
    assert {one.name for one in sub_commands()} == {str(verb) for verb in Verb}


def test_the_menu_is_within_discord_s_limits():
    """Names, descriptions in three languages, order of options, 8,000 characters in all."""
    assert command_errors([command_payload()]) == {}
    assert len(json.dumps(command_payload())) < 40_000


@pytest.mark.parametrize(("locale", "due"), [("es-419", "plazos"), ("fr", "échéances")])
def test_sub_commands_have_names_in_the_reader_s_language(locale, due):
    """What the help calls a verb stands in the menu: one word each, none twice."""
    named = [one["name_localizations"][locale] for one in command_payload()["options"]]
    assert due in named
    assert len(set(named)) == len(named)
    assert [name for name in named if not re.fullmatch(r"[-\w]{1,32}", name)] == []


@pytest.mark.parametrize(
    ("footer", "page", "text"),
    [
        ("9 found\n/usmca search steel", "+3", "search steel page:3"),
        ("9 found", "+3", None),
        ("/usmca search steel", "+x", None),
    ],
)
def test_a_page_of_a_command_in_the_footer(footer, page, text):
    """The id of the button holds only the page; a message of another kind has no command."""
    message = {"flags": 64, "embeds": [{"footer": {"text": footer}}]}
    data = {"custom_id": f"turn:{page}", "component_type": 2}
    call = translate({**BASE, "type": 3, "data": data, "message": message})
    assert (call.request.text if isinstance(call, Asked) else None) == text


def test_a_verb_without_an_entry_is_offered_all_the_same():
    """A new verb needs no change here to be usable; with more than 25 the rest stands in a group."""
    many = [SubCommand(name=f"verb{n}", says=("x", "x", "x")) for n in range(40)]
    front, rare = split(many)
    assert (len(front), len(rare)) == (24, 16)
    made = unknown(Verb.STATUS)
    assert (made.name, made.options[0].name, made.rare) == ("status", "words", True)


def test_covering_ignores_what_discord_adds():
    """Ids and defaults are Discord's; a missing, changed or additional option is a difference."""
    wanted = {"name": "a", "options": [{"name": "x"}]}
    assert covers({"name": "a", "id": "1", "options": [{"name": "x", "type": 3}]}, wanted)
    assert not covers({"name": "a", "options": [{"name": "y"}]}, wanted)
    assert not covers({"name": "a", "options": [{"name": "x"}, {"name": "y"}]}, wanted)
    assert not covers({"name": "a"}, wanted)
    assert not covers([], wanted)

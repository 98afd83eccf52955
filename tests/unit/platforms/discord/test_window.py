import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.commands.exchange import Field, FieldKind, Form, Line, Option, Reply, Section
from bot.commands.form import command_of
from bot.platforms.discord.window import (
    Step,
    fits_window,
    page_in,
    picked,
    render_form,
    start_values,
    step_of,
    values_from_window,
    values_in,
    whole_window,
    writing_window,
)
from tests.fakes.discord_checks import is_empty, message_errors
from tests.fakes.discord_components import window_errors
from tests.fakes.discord_office import form

HOSTILE = "@everyone <@&1> [x](http://evil.example) `c` **b** \u202e 😀 "
names = st.sampled_from(["topics", "level", "quiet", "when", "langs", "mention", "zone"])
text = st.one_of(st.text(max_size=40), st.sampled_from(["", HOSTILE, HOSTILE * 9]))
options = st.lists(st.builds(Option, value=text, label=text), max_size=60).map(tuple)
fields = st.builds(
    Field,
    name=names,
    label=text,
    kind=st.sampled_from(FieldKind),
    options=options,
    chosen=st.lists(text, max_size=4).map(tuple),
    hint=text,
    required=st.booleans(),
)
forms = st.builds(
    Form,
    verb=st.sampled_from(["subscribe", "settings"]),
    title=text,
    submit=text,
    fields=st.lists(fields, min_size=1, max_size=8, unique_by=lambda one: one.name).map(tuple),
)


def reply(title="Subscribe"):
    return Reply(command="subscribe", title=title, sections=(Section(lines=(Line(text="x"),)),))


def shown(made, values, *, page=0, command="subscribe"):
    return render_form(reply(), made, values, command=command, page=page, locale="en")


@settings(max_examples=100)
@given(forms, text, st.integers(0, 9), st.sampled_from(["subscribe", "subscribe " + "x" * 90]))
def test_every_form_is_within_the_limits_and_harmless(made, title, page, command):
    """Whatever a form holds, Discord takes its message and its windows, and no mention works."""
    values = start_values(made)
    body = render_form(reply(title), made, values, command=command, page=page, locale="fr")
    assert message_errors(body) == {}
    assert not is_empty(body)
    assert body["allowed_mentions"] == {"parse": []}
    json.dumps(body).encode()
    if fits_window(made):
        assert window_errors(whole_window(made, command)) == {}
    if any(one.kind is FieldKind.TEXT for one in made.fields):
        assert window_errors(writing_window(made, values, command)) == {}


def menus(body):
    return [row["components"][0] for row in body["components"] if row["components"][0]["type"] == 3]


def buttons(body):
    return {one["label"]: one["custom_id"] for one in body["components"][-1]["components"]}


def test_a_long_list_becomes_two_menus_and_what_is_chosen_stands_in_the_message():
    """Thirty topics: 25 and five, each menu says its part; nothing need be chosen."""
    body = shown(form(), {"topics": ["topic-1", "topic-28"], "quiet": ["22:00-07:00"]})
    first, second, level = menus(body)
    assert len(first["options"]) == 25
    assert len(second["options"]) == 5
    assert second["placeholder"] == "Topics (26–30)"
    assert [one["value"] for one in second["options"] if one["default"]] == ["topic-28"]
    assert (first["min_values"], first["max_values"], level["max_values"]) == (0, 25, 1)
    assert values_in(body, form()) == {"topics": ["topic-1", "topic-28"], "quiet": ["22:00-07:00"]}


def test_choices_are_kept_from_menu_to_menu_and_can_be_taken_back():
    """A choice in one menu leaves those of the other; choosing nothing empties its own."""
    before = {"topics": ["topic-1", "topic-28"], "level": ["flash"]}
    step = Step(step="pick", name="topics", number=25, command="subscribe")
    after = picked(form(), step, ("topic-26", "topic-29", "forged"), before)
    assert after["topics"] == ["topic-1", "topic-26", "topic-29"]
    assert picked(form(), step, (), after)["topics"] == ["topic-1"]
    level = Step(step="pick", name="level", number=0, command="subscribe")
    assert picked(form(), level, ("everything",), before)["level"] == ["everything"]
    gone = Step(step="pick", name="colour", number=0, command="subscribe")
    assert picked(form(), gone, ("red",), before) == before


def test_more_menus_than_fit_are_paged():
    """Four menus a page; the page is known from the message again."""
    made = form(topics=120)
    pages = [shown(made, {}, page=number) for number in (0, 1, 9)]
    assert [len(menus(body)) for body in pages] == [4, 2, 2]
    assert [page_in(body) for body in pages] == [0, 1, 1]
    assert "▶" in buttons(pages[0])
    assert "◀" not in buttons(pages[0])
    assert step_of(buttons(pages[1])["◀"]) == Step(
        step="page", name="back", number=0, command="subscribe"
    )


def test_a_window_filled_in_becomes_a_command():
    """Menus in labels, lines in labels or, from an older client, in rows."""
    data = {
        "components": [
            {"type": 18, "component": {"type": 3, "custom_id": "topics", "values": ["autos", "a"]}},
            {"type": 18, "component": {"type": 4, "custom_id": "quiet", "value": "22:00-07:00"}},
            {"type": 1, "components": [{"type": 4, "custom_id": "mention", "value": "  "}]},
            {"type": 18, "component": None},
            "odd",
        ]
    }
    values = values_from_window(data)
    assert values == {"topics": ["autos", "a"], "quiet": ["22:00-07:00"], "mention": []}
    assert command_of(form(), values) == "subscribe autos a quiet:22:00-07:00"


@pytest.mark.parametrize("odd", [None, [], {}, {"embeds": "x"}, {"embeds": [{"fields": "x"}]}])
def test_an_odd_message_holds_no_values(odd):
    """A message of another version is a form that nothing was filled in of."""
    assert values_in(odd or {}, form()) == {}
    assert page_in(odd or {}) == 0


@pytest.mark.parametrize(
    "odd", ["form:", "form:pick:a:b:c", "run:status", "form:dance:x:0:subscribe"]
)
def test_other_ids_are_no_steps(odd):
    """Only what this version made is followed."""
    assert step_of(odd) is None


def test_a_form_without_options_or_with_too_many_is_no_window():
    """It is shown as a message instead."""
    assert fits_window(form(topics=25))
    assert not fits_window(form(topics=26))
    assert not fits_window(form(topics=0))

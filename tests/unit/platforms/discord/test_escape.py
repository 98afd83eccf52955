import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.alerts.truncate import units
from bot.platforms.discord.escape import clean, escape, fit, link, plain, safe_url

HOSTILE = [
    "@everyone",
    "@here",
    "@EVERYONE",
    "<@1>",
    "<@!1>",
    "<@&1>",
    "<#1>",
    "<:smile:1>",
    "<a:dance:1>",
    "<t:0:R>",
    "</usmca status:1>",
    "<id:guide>",
    "[x](http://evil.example)",
    "[x](<http://evil.example>)",
    "<https://evil.example>",
    "https://evil.example/a",
    "discord.gg/abc",
    "discord.com/invite/abc",
    "# heading",
    "-# small",
    "> quote",
    ">>> quote",
    "- list",
    "* list",
    "1. list",
    "**bold**",
    "__under__",
    "~~gone~~",
    "||spoiler||",
    "`code`",
    "```\ncode\n```",
    ":smile:",
    "\\",
    "\\\\<@1>",
    "\u202e",
    "\u200b",
    "\ud800",
    "😀",
]
hostile_text = st.lists(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=8)), max_size=12).map(
    "".join
)
ACTIVE = re.compile(
    r"@everyone|@here|<@|<#|<a?:|<t:|</|<id:|<http|https?://|discord\.gg|discord\.com"
    r"|[*_~`|\[\]]|:[\w+-]+:|^(?:#|>|-|\+|\d+[.)])",
    re.IGNORECASE,
)


def unescaped(text):
    """What is left for Discord to act on: a mark after a backslash is only a mark."""
    return re.sub(r"\\[^0-9A-Za-z\s]", "·", text)


@given(hostile_text)
def test_nothing_in_escaped_text_is_active(text):
    """No mention, link, mark-up, emoji or timestamp of a feed survives as such."""
    assert ACTIVE.search(unescaped(escape(text))) is None


@given(hostile_text, st.integers(0, 120))
def test_fitted_text_is_harmless_and_short_enough(text, limit):
    """Cutting never makes a mark active again and never passes the limit, counted in UTF-16."""
    fitted = fit(text, limit)
    assert units(fitted) <= limit
    assert ACTIVE.search(unescaped(fitted)) is None


@given(hostile_text, st.integers(1, 80))
def test_plain_text_mentions_nobody_and_fits(text, limit):
    """Places without mark-up show what they get: only mentions are torn."""
    shown = plain(text, limit)
    assert units(shown) <= limit
    assert re.search(r"@everyone|@here|<@|<#|<:", shown, re.IGNORECASE) is None


@given(hostile_text, st.sampled_from([None, "https://example.com/a(b)", "javascript:alert(1)"]))
def test_a_link_leads_only_where_we_say(text, url):
    """The label cannot close the link or open another one."""
    made = link(text, url, 300)
    assert units(made) <= 300
    rest = unescaped(made)
    if made.startswith("[") and made.endswith("(https://example.com/a%28b%29)"):
        rest = rest.removesuffix("](https://example.com/a%28b%29)").removeprefix("[")
    assert ACTIVE.search(rest) is None


def test_harmless_text_stays_as_it_is():
    """What people write every day is not cluttered: dates, percent, figures, dashes, accents."""
    text = "El arancel sube 25 % a US$ 1,200 – vigor: 1 de enero (a < b) a/b a@b.example"
    assert escape(text) == text


def test_clean_joins_lines_and_drops_what_cannot_be_seen():
    """Control, direction and surrogate characters go; blanks of all kinds become one."""
    assert clean("a\r\n\tb\u202e\u0000c\ud800\u00a0d ") == "a bc d"


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        (
            "https://example.com/a b(c)?q=1&x=[y]#z",
            "https://example.com/a%20b%28c%29?q=1&x=%5By%5D#z",
        ),
        ("HTTP://Example.com:8080/", "http://example.com:8080/"),
        ("https://münchen.example/ä", "https://xn--mnchen-3ya.example/%C3%A4"),
        ("https://[::1]/x", "https://[::1]/x"),
        ("https://example.com/@everyone", "https://example.com/%40everyone"),
        ("https://user:secret@example.com/", None),
        ("https://exa<mple.com/", None),
        ("https://example.com:99999/", None),
        ("https://" + "a" * 70 + ".example/", None),
        ("https://[bad/", None),
        ("ftp://example.com/", None),
        ("javascript:alert(1)", None),
        ("https:///path", None),
        ("https://example.com/" + "a" * 3000, None),
        ("https://example.com/" + "ä" * 1000, None),
        ("", None),
        (None, None),
    ],
)
def test_only_clean_web_addresses_become_links(url, safe):
    """Anything that could break out of a link, hide its host or hold a secret is no link."""
    assert safe_url(url) == safe


@given(st.text(max_size=60))
def test_safe_url_never_fails_and_never_breaks_a_link(url):
    """Whatever a feed gives as an address, what comes out holds no bracket or blank."""
    made = safe_url("https://example.com/" + url)
    assert made is None or re.search(r"[\s()<>\[\]\"']", made) is None

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.alerts.truncate import units
from bot.platforms.slack.escape import escaped, plain, safe_url, unescaped


@pytest.mark.parametrize("hostile", ["<!channel>", "<@U123>", "<#C1|x>", "<https://e.com|x>"])
def test_what_mrkdwn_would_take_for_a_mention_is_broken(hostile):
    """An invisible joiner stands behind the bracket that would begin it."""
    assert hostile not in plain(f"Tariffs {hostile} rise")


def test_a_comparison_keeps_its_sign():
    """A plain less-than sign stays as the source wrote it."""
    assert plain("parcels < 800 USD, <$800") == "parcels < 800 USD, <$800"


def test_control_and_bidi_characters_go():
    """Nothing invisible can turn the text around or end it."""
    assert plain("a\x00b\u202ec\ud800d\ne") == "a bcd e"


def test_parsed_text_is_escaped():
    """The three characters Slack parses are escaped, once."""
    assert escaped("a & b <c> &amp;", 100) == "a &amp; b &lt;c&gt; &amp;amp;"


def test_what_a_person_typed_comes_back():
    """The escapes Slack puts into a command are undone, once."""
    assert unescaped("steel &amp; &lt;aluminium&gt; &amp;lt;") == "steel & <aluminium> &lt;"


def test_an_address_is_encoded():
    """Characters that end a link elsewhere are percent-encoded; what is encoded stays."""
    assert (
        safe_url("https://example.com/a|b>c%20d?q=é f")
        == "https://example.com/a%7Cb%3Ec%20d?q=%C3%A9%20f"
    )


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "https://",
        "https://user@example.com/",
        "http://[::1",
        "https://example.com/" + "a" * 3000,
        "ftp://example.com/x",
        "",
        None,
    ],
)
def test_other_addresses_make_no_link(url):
    """What is no short http address of a host is not linked."""
    assert safe_url(url) is None


@given(st.text(), st.integers(min_value=0, max_value=60))
def test_escaped_text_is_short_and_inert(text, limit):
    """Whatever comes in, the result fits and holds no bracket and no bare ampersand."""
    shown = escaped(text, limit)
    assert units(shown) <= limit
    assert "<" not in shown
    assert ">" not in shown
    rest = shown.replace("&amp;", "").replace("&lt;", "").replace("&gt;", "")
    assert "&" not in rest


@given(st.text())
def test_an_address_is_inert(text):
    """An address made of anything is none, or free of what could end it."""
    url = safe_url("https://example.com/" + text)
    if url is not None:
        assert not any(char.isspace() or char in '<>|"' for char in url)
        assert url.isascii()

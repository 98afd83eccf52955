import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.stories.urls import canonical_url


@pytest.mark.parametrize(
    ("given_url", "canonical"),
    [
        ("http://www.example.com/a/?utm_source=x&b=2&a=1#top", "https://example.com/a?a=1&b=2"),
        ("https://m.example.com/a/amp/", "https://example.com/a"),
        ("https://amp.example.com/x.amp.html", "https://example.com/x"),
        ("https://www.google.com/amp/s/www.example.com/a?utm_x=1", "https://example.com/a"),
        ("https://www-x.cdn.ampproject.org/c/s/www.example.com/p", "https://example.com/p"),
        ("https://example.com/b-3f1?wgt_ref=WIDGET_2", "https://example.com/b-3f1"),
        ("https://example.com/?ref=rss&id=7", "https://example.com?id=7"),
        ("https://example.com/?ref=7", "https://example.com?ref=7"),
        ("https://example.com:8443//x//y", "https://example.com:8443/x/y"),
        ("HTTPS://EXAMPLE.com:443/Case", "https://example.com/Case"),
        ("https://example.com/caf%C3%A9/", "https://example.com/caf%C3%A9"),
        ("https://example.com/%7Euser", "https://example.com/~user"),
        ("https://example.com/%ff", "https://example.com/%ff"),
        ("https://google.com/maps", "https://google.com/maps"),
    ],
)
def test_one_page_is_written_one_way(given_url, canonical):
    """Tracking, mobile and AMP forms of an address all give the plain one."""
    assert canonical_url(given_url) == canonical


def test_google_news_wrapper_keeps_its_path():
    """Only Google knows where a wrapper leads, so that its path is all that tells it from others."""
    wrapped = "https://news.google.com/rss/articles/CBMiAbc?oc=5&hl=en-US"
    assert canonical_url(wrapped) == "https://news.google.com/rss/articles/CBMiAbc"


@pytest.mark.parametrize(
    "other", ["javascript:alert(1)", "mailto:a@example.com", "http://[bad", "", "x"]
)
def test_what_is_no_web_address_comes_back(other):
    """An address of another kind, or a broken one, is left alone."""
    assert canonical_url(f" {other} ") == other


def test_a_port_that_is_no_number_is_left_alone():
    """A broken port is no reason to fail."""
    assert canonical_url("http://example.com:port/a") == "http://example.com:port/a"


@given(st.text(max_size=200))
def test_any_text_is_answered_and_stays_as_it_is_the_second_time(text):
    """A canonical address is its own canonical address."""
    once = canonical_url("https://example.com/" + text)
    assert canonical_url(once) == once


def test_a_document_of_the_register_is_its_number():
    """Shown for inspection, published, or by its short address: one document, one address."""
    number = "https://federalregister.gov/d/2026-99003"
    for url in (
        "https://www.federalregister.gov/public-inspection/2026-99003/sample-duties",
        "https://www.federalregister.gov/documents/2026/11/23/2026-99003/sample-duties",
        "https://federalregister.gov/d/2026-99003",
    ):
        assert canonical_url(url) == number
    corrected = "https://www.federalregister.gov/documents/2026/11/23/C1-2026-99003/sample"
    assert canonical_url(corrected) == "https://federalregister.gov/d/C1-2026-99003"
    other = "https://www.federalregister.gov/agencies/sample"
    assert canonical_url(other) == "https://federalregister.gov/agencies/sample"


def test_acts_on_one_page_of_the_gazette_stay_apart():
    """Elsewhere a fragment is only a place on the page."""
    page = "https://gazette.gc.ca/rp-pr/p1/2026/2026-11-21/html/notice-avis-eng.html"
    assert canonical_url(f"{page}#na1") == f"{page}#na1"
    assert canonical_url(page) == page
    assert canonical_url("https://example.com/a#b") == "https://example.com/a"

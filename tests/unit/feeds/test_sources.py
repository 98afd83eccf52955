"""Every special source, by a sample in its real format."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.domain.entry import Entry
from bot.domain.feed import FeedKind, FeedSpec, Tier
from bot.domain.polling import ParsedFeed
from bot.errors import ParseError
from bot.feeds.documents import DocumentLimits, Job, read_document

DATA = Path(__file__).parents[2] / "data" / "feeds"


def read(kind: FeedKind, body: bytes, **changes: object) -> ParsedFeed:
    given = {"name": "Sample source", "url": "https://example.com/api/feed?a=1", "lang": "en"}
    known = {"tier": Tier.OFFICIAL, **given, **changes}
    spec = FeedSpec(key="s", kind=kind, **known)  # type: ignore[arg-type]
    job = Job(body=body, spec=spec, content_type="", url=spec.url, seen=frozenset())
    return read_document(job, DocumentLimits())


def sample(kind: FeedKind, name: str, **changes: object) -> list[Entry]:
    return list(read(kind, (DATA / name).read_bytes(), **changes).entries)


def test_federal_register_states_its_dates() -> None:
    """Structured dates, agencies and dockets become facts that nobody reads from text."""
    notice, proclamation = sample(FeedKind.FEDERAL_REGISTER, "federal_register.json")
    assert notice.guid == "fr:2026-99001"
    assert notice.url is not None
    assert notice.url.endswith("/sample-notice")
    assert notice.published == datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
    assert notice.summary.startswith("The office asks")
    assert notice.source == "Federal Register"
    assert notice.tier is Tier.OFFICIAL
    assert notice.stated is not None
    assert notice.stated.comments_close_on == date(2026, 12, 21)
    assert notice.stated.effective_on is None
    assert notice.stated.agencies == ("Trade Representative, Office of United States",)
    assert notice.stated.dockets == ("USTR-2026-9901",)
    assert (notice.stated.dates or "").startswith("Comments are due")
    assert proclamation.stated is not None
    assert proclamation.stated.document_type == "Proclamation"
    assert proclamation.stated.effective_on == date(2026, 12, 1)
    assert proclamation.stated.agencies == ("EXECUTIVE OFFICE OF THE PRESIDENT",)


def test_public_inspection_shows_a_document_before_it_is_published() -> None:
    """The list has the same numbers, the moment of filing, and other names for some fields."""
    (filed,) = sample(FeedKind.FEDERAL_REGISTER, "public_inspection.json")
    assert filed.guid == "fr:2026-99003"
    assert filed.title == "Sample Investigations: Aluminum Foil from Sampleland"
    assert filed.published == datetime(2026, 11, 20, 16, 15, tzinfo=UTC)
    assert filed.stated is not None
    assert filed.stated.dockets == ("A-999-001",)


def test_an_empty_answer_of_the_register_is_suspicious() -> None:
    """A wrong agency gives no error, so an answer without documents says what may be wrong."""
    parsed = read(FeedKind.FEDERAL_REGISTER, b'{"count": 0, "results": []}')
    assert parsed.total == 0
    assert "agency" in parsed.warnings[0]
    assert read(FeedKind.FEDERAL_REGISTER, b'{"count": 0}').total == 0


@pytest.mark.parametrize(
    "body",
    [b'{"errors": {"conditions": "no"}}', b'{"count": 1, "results": {}}', b"[]", b"{"],
)
def test_another_answer_of_the_register_is_an_error(body: bytes) -> None:
    """What is no list of documents is not taken for an empty one."""
    with pytest.raises(ParseError):
        read(FeedKind.FEDERAL_REGISTER, body)


def test_odd_documents_of_the_register_do_no_harm() -> None:
    """Fields of other types are left out; documents without number or title are no entries."""
    body = b"""{"count": 5, "results": [7, {"title": "x"}, {"document_number": "1"},
      {"document_number": 12, "title": "T", "agencies": "x", "docket_ids": {"a": 1}, "dates": 4,
       "publication_date": "soon", "effective_on": 5, "html_url": "javascript:x"},
      {"document_number": "13", "title": "T", "agencies": ["Plain", {"name": null}, 4],
       "docket_ids": [1, "D-1"]}]}"""
    first, second = read(FeedKind.FEDERAL_REGISTER, body).entries
    assert (first.guid, first.url, first.published) == ("fr:12", None, None)
    assert first.stated is not None
    assert first.stated.agencies == ()
    assert second.stated is not None
    assert second.stated.agencies == ("Plain",)
    assert second.stated.dockets == ("D-1",)


def test_csms_bulletins_have_one_address() -> None:
    """The reference to the list is taken off, and the message number identifies the bulletin."""
    numbered, bare = sample(FeedKind.CSMS, "csms.xml")
    assert numbered.guid == "csms:99000002"
    assert numbered.url == "https://content.govdelivery.com/bulletins/gd/USDHSCBP-9990002"
    assert numbered.published == datetime(2026, 11, 20, 21, 1, 17, tzinfo=UTC)
    assert numbered.stated is not None
    assert numbered.stated.dockets == ("CSMS # 99000002",)
    assert (
        bare.guid == bare.url == "https://content.govdelivery.com/bulletins/gd/USDHSCBP-9990001?x=1"
    )


def test_google_news_names_the_publisher() -> None:
    """The publisher is the source and no part of the title; the description repeats, so it goes."""
    named, unnamed = sample(FeedKind.GOOGLE_NEWS, "google_news.xml")
    assert named.title == "Sample duty on wire - what brokers expect"
    assert named.source == "Border Ledger"
    assert named.summary == ""
    assert named.guid == "CBMiSAMPLE1"
    assert unnamed.title == "Cuotas de muestra"
    assert unnamed.source == "Diario Aduanal"


def test_google_news_leaves_other_titles_alone() -> None:
    """A title without a publisher, or of nothing but one, stays as it is."""
    body = (
        b"<rss><channel><item><title>Duties up</title></item>"
        b"<item><title> - Border Ledger</title><link>https://example.com/1</link></item>"
        b"<item><title>Duties - a view | Border Ledger</title><source>Border Ledger</source>"
        b"<description>More words of its own.</description></item></channel></rss>"
    )
    one, two, three = read(FeedKind.GOOGLE_NEWS, body).entries
    assert (one.title, one.source) == ("Duties up", "Sample source")
    assert two.title == "- Border Ledger"
    assert (three.title, three.source) == ("Duties - a view", "Border Ledger")
    assert three.summary == "More words of its own."


def test_dof_tells_the_act_not_the_agency() -> None:
    """The act is the title, the agency stands beside it, and the day comes from the link."""
    act, notice, bare = sample(FeedKind.DOF, "dof.xml", lang="es")
    assert act.title.startswith("ACUERDO de muestra")
    assert act.title.endswith("alambrón de acero.")
    assert act.guid == "dof:5799001"
    assert act.stated is not None
    assert act.stated.agencies == ("SECRETARÍA DE ECONOMÍA",)
    assert act.summary.startswith("SECRETARÍA DE ECONOMÍA. ACUERDO")
    assert act.published == datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
    assert act.url is not None
    assert "fecha=20/11/2026" in act.url
    assert notice.published == act.published
    assert bare.title == "Indicadores de muestra"
    assert bare.published is None


def test_canada_news_leads_to_the_public_site() -> None:
    """Relative links and links of the service lead to canada.ca; the department is the source."""
    first, second = sample(FeedKind.CANADA_NEWS, "canada_news.xml")
    assert (
        first.url == "https://www.canada.ca/en/global-affairs/news/2026/11/sample-consultation.html"
    )
    assert first.source == "Global Affairs Canada"
    assert first.stated is not None
    assert first.stated.agencies == ("Global Affairs Canada",)
    assert second.url == "https://www.canada.ca/en/sample/news/2026/11/second.html"
    assert second.source == "Sample source"
    assert second.published == datetime(2026, 11, 19, 16, 0, tzinfo=UTC)


def test_an_empty_answer_of_canada_news_is_suspicious() -> None:
    """A wrong department gives an empty feed."""
    parsed = read(FeedKind.CANADA_NEWS, b'<feed xmlns="http://www.w3.org/2005/Atom"/>')
    assert "department" in parsed.warnings[0]


def test_the_gazette_says_that_it_is_an_issue() -> None:
    """An issue is marked with its part, volume and number; an extra edition is one document."""
    issue, extra, other = sample(FeedKind.CANADA_GAZETTE, "canada_gazette.xml")
    assert issue.stated is not None
    assert issue.stated.document_type == "Gazette issue"
    assert issue.stated.dockets == ("Part I, Vol. 160, No. 47",)
    assert extra.stated is not None
    assert extra.stated.document_type == "Gazette extra edition"
    assert other.stated is not None
    assert other.stated.dockets == ()


def test_the_white_house_names_the_kind_of_document() -> None:
    """The category tells a proclamation from remarks; content and summary are both kept."""
    signed, remarks = sample(FeedKind.WHITE_HOUSE, "white_house.xml")
    assert signed.stated is not None
    assert signed.stated.document_type == "Proclamation"
    assert signed.summary == "A sample proclamation on copper tube."
    assert "10 percent" in signed.content
    assert remarks.stated is not None
    assert remarks.stated.document_type == "Presidential action"


def test_the_hourly_default_of_wordpress_does_not_outrank_an_owner() -> None:
    """`sy:updatePeriod` is no hint for an official source that its owner wants sooner; else it is."""
    body = (DATA / "white_house.xml").read_bytes()
    assert read(FeedKind.WHITE_HOUSE, body).ttl == 3_600
    assert read(FeedKind.WHITE_HOUSE, body, interval=120).ttl is None
    assert read(FeedKind.WHITE_HOUSE, body, interval=120, tier=Tier.GENERAL).ttl == 3_600

from datetime import date

import pytest

from bot.reading import federal_register

DAY = date(2026, 1, 5)


@pytest.mark.parametrize(
    ("text", "closes", "starts"),
    [
        ("Comments must be received on or before February 4, 2026.", "2026-02-04", None),
        ("This final rule is effective on March 1, 2026.", None, "2026-03-01"),
        ("Effective date: January 1, 2026.", None, "2026-01-01"),
        (
            "This rule is effective January 8, 2026. Written comments must be received by February 7, 2026.",
            "2026-02-07",
            "2026-01-08",
        ),
        (
            "The comment period scheduled to close on January 9, 2026, is extended until January 20, 2026.",
            "2026-01-20",
            None,
        ),
        (
            "The comment deadline is extended from January 8, 2026, to February 9, 2026.",
            "2026-02-09",
            None,
        ),
        (
            "Comments and requests for a hearing must be received by March 5, 2026.",
            "2026-03-05",
            None,
        ),
        ("Comment date: 5 p.m. Eastern Time on January 26, 2026.", "2026-01-26", None),
        ("The action will be effective upon publication. January 5, 2026.", None, "2026-01-05"),
        (
            "The meeting will be held on January 21, 2026. Requests to speak are due by January 14, 2026.",
            None,
            None,
        ),
        (
            "The deadline to register, including requests to make comments, is January 17, 2026.",
            None,
            None,
        ),
        ("Comments are due within 30 days of publication.", None, None),
        ("Applicable January 5, 2026.", None, None),
        ("Applications must be received by April 1, 2026.", None, None),
        ("Comments may be sent (no later than March 5, 2026) to the address below.", None, None),
        ("", None, None),
    ],
)
def test_the_two_fields(text: str, closes: str | None, starts: str | None) -> None:
    """Only written days fill the fields, and only those of comments and of effect."""
    found = federal_register.read(text, published=DAY)
    assert found == (
        date.fromisoformat(closes) if closes else None,
        date.fromisoformat(starts) if starts else None,
    )

from datetime import UTC, datetime, timedelta

from bot.platforms.slack.people import Person, described
from bot.platforms.slack.seen import Seen

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def test_a_key_is_taken_once():
    """The second time it was seen."""
    seen = Seen()
    assert not seen.again("a", NOW)
    assert seen.again("a", NOW + timedelta(minutes=1))


def test_old_keys_are_forgotten():
    """After a while Slack repeats nothing any more."""
    seen = Seen(keep=timedelta(minutes=1))
    seen.again("a", NOW)
    assert not seen.again("a", NOW + timedelta(minutes=2))


def test_memory_is_bounded():
    """The oldest key goes when there are too many."""
    seen = Seen(most=2)
    for key in "abc":
        seen.again(key, NOW)
    assert not seen.again("a", NOW)
    assert seen.again("c", NOW)


def test_a_person_is_described():
    """Zone, language and role are read as far as we can use them."""
    user = {"tz": "America/Toronto", "locale": "fr-CA", "is_admin": False, "is_owner": True}
    assert described(user) == Person(admin=True, zone="America/Toronto", locale="fr")


def test_an_odd_person_is_unknown():
    """What is missing, of another type or of another language stays empty."""
    assert described({"tz": "../etc/passwd", "locale": "de-DE", "is_admin": "yes"}) == Person()
    assert described({"tz": 7, "locale": None}) == Person()
    assert described(None) == Person()

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.web.sessions import JOURNEY, LIFETIME, Sessions
from tests.fakes.views import NOW

TOKEN = "a-sample-token-of-some-length"


def test_only_the_token_signs_in() -> None:
    """Any other word does not, and without a token nobody can."""
    sessions = Sessions(TOKEN)
    assert sessions.has_token
    assert sessions.knows(TOKEN)
    assert not sessions.knows(TOKEN + "x")
    assert not sessions.knows("")
    assert not Sessions(None).has_token
    assert not Sessions(None).knows("")


def test_a_session_ends() -> None:
    """It holds for its lifetime, for this token only, and not once a letter is changed."""
    sessions = Sessions(TOKEN)
    session = sessions.begin(NOW)
    assert sessions.holds(session, NOW + LIFETIME - timedelta(seconds=1))
    assert not sessions.holds(session, NOW + LIFETIME)
    assert not sessions.holds(session[:-1] + ("0" if session[-1] != "0" else "1"), NOW)
    assert not Sessions("another-sample-token").holds(session, NOW)
    assert not Sessions(None).holds(session, NOW)


def test_chance_can_be_kept_over_the_lives_of_a_process() -> None:
    """A form made in one life is known in the next; it signs nobody in, and opens no path."""
    first, second = Sessions(None, chance=b"kept"), Sessions(None, chance=b"kept")
    cookie = first.form_cookie()
    assert second.is_form_token(first.form_token(cookie, ""), cookie, "")
    assert not Sessions(None).is_form_cookie(cookie)
    assert not second.is_read_key(first.read_key("/calendar/all.ics"), "/calendar/all.ics")
    assert not second.holds(first.begin(NOW), NOW)


def test_a_form_belongs_to_a_browser_and_its_session() -> None:
    """The hidden field of one browser is worth nothing in another, nor after signing in."""
    sessions = Sessions(None)
    mine, yours = sessions.form_cookie(), sessions.form_cookie()
    given_ = sessions.form_token(mine, "session")
    assert mine != yours
    assert sessions.is_form_token(given_, mine, "session")
    assert not sessions.is_form_token(given_, yours, "session")
    assert not sessions.is_form_token(given_, mine, "")
    assert not sessions.is_form_token(sessions.form_token("made up", ""), "made up", "")


def test_a_read_key_opens_one_path() -> None:
    """A calendar's address reads that calendar and nothing else."""
    sessions = Sessions(TOKEN)
    key = sessions.read_key("/calendar/all.ics")
    assert sessions.is_read_key(key, "/calendar/all.ics")
    assert not sessions.is_read_key(key, "/calendar/steel.ics")
    assert not Sessions(None).is_read_key(Sessions(None).read_key("/x"), "/x")


@given(st.text(max_size=300))
def test_made_up_values_open_nothing(text: str) -> None:
    """Whatever a cookie, a form or an address brings: it is no session, no form and no key."""
    sessions = Sessions(TOKEN)
    assert not sessions.holds(text, NOW)
    assert not sessions.is_form_cookie(text)
    assert not sessions.is_form_token(text, sessions.form_cookie(), "")
    assert not sessions.is_read_key(text, "/")


def test_a_persons_session_names_them_and_ends() -> None:
    """It lasts over processes where there is a secret, and is no operator's."""
    sessions = Sessions(None, secret="a sample secret")
    session = sessions.begin_person("T1", "U1", NOW)
    again = Sessions(None, secret="a sample secret")
    assert again.person(session, NOW) == ("T1", "U1")
    assert not again.holds(session, NOW)
    assert again.person(session, NOW + LIFETIME) is None
    assert again.person(session.replace("U1", "U2"), NOW) is None
    assert Sessions(None).person(session, NOW) is None
    assert Sessions(TOKEN).person(Sessions(TOKEN).begin(NOW), NOW) is None


def test_a_journey_is_known_by_its_state() -> None:
    """Only with the state it began with, and only for a while."""
    sessions = Sessions(TOKEN)
    kept = sessions.begin_journey(state="s", nonce="n", onward="/feeds?a=1", now=NOW)
    assert sessions.journey(kept, state="s", now=NOW) == ("n", "/feeds?a=1")
    assert sessions.journey(kept, state="t", now=NOW) is None
    assert sessions.journey(kept, state="s", now=NOW + JOURNEY) is None
    assert sessions.journey(kept + "0", state="s", now=NOW) is None
    assert sessions.journey("", state="s", now=NOW) is None

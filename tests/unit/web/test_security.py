import pytest
from aiohttp.test_utils import make_mocked_request

from bot.web.security import Doors, from_here, host_name, is_loopback, may_be_called
from bot.web.sessions import Sessions
from tests.conftest import HandClock


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("localhost:8080", "localhost"),
        ("LOCALHOST", "localhost"),
        ("trade.example.com.", "trade.example.com"),
        ("[::1]:8080", "::1"),
        ("127.0.0.1", "127.0.0.1"),
        ("", ""),
        ("evil.example@127.0.0.1", ""),
        ("127.0.0.1:port", ""),
        ("127.0.0.1/x", ""),
        ("[::1", ""),
    ],
)
def test_the_name_in_a_host_header(header: str, name: str) -> None:
    """Port, brackets, case and a last dot do not matter; what is no plain name has none."""
    assert host_name(header) == name


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("0.0.0.0", False),
        ("192.168.1.4", False),
        ("localhost.evil.example", False),
    ],
)
def test_what_can_only_be_this_machine(host: str, local: bool) -> None:
    """Loopback addresses and localhost; a name that only begins so is another's."""
    assert is_loopback(host) is local


@pytest.mark.parametrize(
    ("bind", "name", "called"),
    [
        ("127.0.0.1", "127.0.0.1", True),
        ("127.0.0.1", "localhost", True),
        ("127.0.0.1", "trade.example.com", True),
        ("127.0.0.1", "rebound.example", False),
        ("127.0.0.1", "", False),
        ("192.168.1.4", "192.168.1.4", True),
        ("0.0.0.0", "0.0.0.0", False),
        ("0.0.0.0", "192.168.1.4", False),
    ],
)
def test_the_names_the_pages_answer_to(bind: str, name: str, called: bool) -> None:
    """This machine's, the address they are bound to, and those of the settings; no other."""
    doors = Doors(
        bind=bind, hosts={"trade.example.com"}, sessions=Sessions(None), clock=HandClock()
    )
    assert may_be_called(name, doors) is called


@pytest.mark.parametrize(
    ("headers", "here"),
    [
        ({}, True),
        ({"Origin": "https://Trade.example"}, True),
        ({"Origin": "https://evil.example"}, False),
        ({"Origin": "http://["}, False),
        ({"Origin": "null", "Referer": "https://trade.example/story/3"}, True),
        ({"Origin": "null", "Referer": "http://[x]/"}, False),
        ({"Sec-Fetch-Site": "cross-site"}, False),
    ],
)
def test_which_page_a_form_came_from(headers: dict[str, str], here: bool) -> None:
    """What is no address at all is no page of ours, and no failure either."""
    request = make_mocked_request("POST", "/", headers={"Host": "trade.example", **headers})
    assert from_here(request) is here

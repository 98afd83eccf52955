import pytest
from pydantic import ValidationError

from bot.settings.environment import read
from bot.settings.web import OnTheWeb, WebPart


def test_further_names_of_the_pages() -> None:
    """Small letters, without brackets; an address with scheme, port or path is no name."""
    hosts = ("Trade.Example.com", "[2001:db8::1]", "192.168.1.4")
    assert WebPart(hosts=hosts).value() == OnTheWeb(
        hosts=("trade.example.com", "2001:db8::1", "192.168.1.4")
    )
    for wrong in ("https://trade.example.com", "trade.example.com/x", "", "two words", "a_b"):
        with pytest.raises(ValidationError, match="without https:// and port"):
            WebPart(hosts=(wrong,))


def test_the_token_of_the_pages_is_long_and_hidden() -> None:
    """A short one is refused with how to make one; the logs know the value, a repr does not."""
    report: list = []
    assert read({"BOT_WEB_TOKEN": "short"}, report) is None
    assert "openssl rand -hex 24" in str(report[0])
    assert "short" not in str(report[0]).replace("BOT_WEB_TOKEN", "")
    env = read({"BOT_WEB_TOKEN": "0123456789abcdef-sample"}, [])
    assert env is not None
    assert "0123456789abcdef-sample" in set(env.secrets())
    assert "0123456789abcdef" not in repr(env)

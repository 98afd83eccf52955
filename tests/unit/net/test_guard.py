"""Which addresses are refused."""

import socket
from ipaddress import ip_address

import pytest
from yarl import URL

from bot.errors import BlockedAddressError, ConfigError
from bot.net.guard import AllowedHosts, Guard, RefusedAddressError, refusal

REFUSED = [
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.8.8.8",
    "168.63.129.16", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.0.170",
    "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.19.255.255", "198.51.100.7",
    "203.0.113.9", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::ffff:0:8.8.8.8",
    "64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::1", "100::1", "2001::1", "2001:0:4136::1",
    "2001:10::1", "2001:20::1", "2001:db8::1", "2002:7f00:1::", "2002:808:808::1", "3fff::1",
    "5f00::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%lo", "fec0::1", "ff02::1", "ff0e::1",
    "2606:4700::200:5efe:7f00:1", "2606:4700::5efe:a00:1",
]  # fmt: skip
PUBLIC = [
    "1.1.1.1", "8.8.8.8", "100.63.255.255", "100.128.0.1", "172.15.0.1", "172.32.0.1", "192.0.1.1",
    "168.63.129.15", "198.17.0.1", "223.255.255.255", "2606:4700::1111", "2001:4860:4860::8888",
    "2a00:1450:4001::1", "3ffe::1",
]  # fmt: skip


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_not_the_public_internet_is_refused(text: str) -> None:
    """Every special-purpose network of the IANA registries is refused, with its reason."""
    assert refusal(ip_address(text))


@pytest.mark.parametrize("text", PUBLIC)
def test_public_addresses_are_open(text: str) -> None:
    """The neighbours of refused networks are not refused."""
    assert refusal(ip_address(text)) is None


@pytest.mark.parametrize(
    "url",
    [
        "http://2130706433/", "http://0x7f000001/", "http://0x7f.1/", "http://0177.0.0.1/",
        "http://127.1/", "http://127.0.0.1./", "http://0/", "http://017700000001/",
        "http://8.8.2056/", "http://1.1.1.1.1/", "http://[::ffff:127.0.0.1]/", "http://[::1]/",
        "http://[fe80::1%25eth0]/", "http://localhost/", "http://LOCALHOST./", "http://a.localhost/",
        "http://metadata.google.internal/", "http://printer.local/", "http://nas.home.arpa/",
        "http://127。0。0。1/", "http://①②⑦.0.0.1/",
        "ftp://example.com/", "file:///etc/hostname", "gopher://example.com/", "//example.com/",
    ],
)  # fmt: skip
def test_odd_spellings_are_refused_before_any_socket(url: str) -> None:
    """Decimal, octal, hexadecimal and short forms, names of private networks, other schemes."""
    with pytest.raises(BlockedAddressError):
        Guard(AllowedHosts()).check(URL(url))


@pytest.mark.parametrize(
    "url",
    [
        "https://www.example.com/feed", "http://1.1.1.1/", "http://[2606:4700::1111]/",
        "http://localhost.example.com/", "http://0x7f.example.com/", "http://127.0.0.1.example.com/",
        "http://internal.example.com:8080/",
    ],
)  # fmt: skip
def test_names_and_public_addresses_pass_the_first_look(url: str) -> None:
    """What only looks a little like a private address is not refused by its spelling."""
    assert Guard(AllowedHosts()).check(URL(url)) is None


def test_reasons_hold_no_secrets() -> None:
    """A refusal is shown to people, so it shows neither user info nor query."""
    with pytest.raises(BlockedAddressError) as caught:
        Guard(AllowedHosts()).check(URL("http://me:secret@10.0.0.1/feed?token=hidden"))
    assert "http://10.0.0.1/feed" in str(caught.value)
    assert "secret" not in str(caught.value)
    assert "hidden" not in str(caught.value)


def info(address: str) -> tuple[int, int, int, str, tuple[str, int]]:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    return (family, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", (address, 80))


def test_a_socket_is_refused_by_where_it_would_connect() -> None:
    """The resolved address counts, inside a hop and outside of any."""
    guard = Guard(AllowedHosts())
    with guard.hop(URL("http://feeds.example.com/")) as hop:
        with pytest.raises(RefusedAddressError, match="this machine"):
            guard.make_socket(info("127.0.0.1"))
        guard.make_socket(info("1.1.1.1")).close()
    assert hop.refused == ["this machine"]
    with pytest.raises(RefusedAddressError):
        guard.make_socket(info("::1"))


def test_an_open_host_is_open_on_its_port_only() -> None:
    """BOT_ALLOW_HOSTS names host and port; both must be those of the hop."""
    guard = Guard(AllowedHosts.parse("127.0.0.1:8080, [::1]:9000,intranet.local:80"))
    with guard.hop(URL("http://127.0.0.1:8080/")):
        guard.make_socket(info("127.0.0.1")).close()
    guard.check(URL("http://[::1]:9000/"))
    guard.check(URL("http://Intranet.local/"))
    for url in ("http://127.0.0.1:8081/", "http://127.0.0.1/", "https://intranet.local/"):
        with pytest.raises(BlockedAddressError):
            guard.check(URL(url))


def test_another_spelling_of_an_open_host_is_not_open() -> None:
    """The host is matched as it is written, so a decimal form stays refused."""
    guard = Guard(AllowedHosts.parse("127.0.0.1:8080"))
    for url in ("http://2130706433:8080/", "http://localhost:8080/", "http://127.1:8080/"):
        with pytest.raises(BlockedAddressError):
            guard.check(URL(url))


def test_a_proxy_is_connected_to_whatever_its_address() -> None:
    """With the operator's own proxy, sockets lead to it; the target is judged as written."""
    guard = Guard(AllowedHosts())
    with guard.hop(URL("http://feeds.example.com/"), through=URL("http://10.0.0.1:3128")):
        guard.make_socket(info("10.0.0.1")).close()
    with (
        pytest.raises(BlockedAddressError),
        guard.hop(URL("http://10.0.0.2/"), through=URL("http://10.0.0.1:3128")),
    ):
        pass


@pytest.mark.parametrize(
    "text",
    ["127.0.0.1", "127.0.0.1:", ":80", "127.0.0.1:http", "a:0", "a:70000", "::1:80", "[a]:80", "a:１"],
)  # fmt: skip
def test_a_wrong_entry_of_the_list_is_named(text: str) -> None:
    """A mistake in BOT_ALLOW_HOSTS stops start-up with the part that is wrong."""
    with pytest.raises(ConfigError, match="BOT_ALLOW_HOSTS"):
        AllowedHosts.parse(f"example.com:80,{text}")


def test_an_empty_list_opens_nothing() -> None:
    """Blanks and commas are no hosts, and no address leads to one."""
    assert AllowedHosts.parse(" , ") == AllowedHosts()
    assert not AllowedHosts().allows("127.0.0.1", None)
    assert not AllowedHosts().allows_url("http://[::1/")
    assert AllowedHosts.parse("a.example.com:81").allows_url("http://a.example.com:81/feed")


def test_where_a_name_leads_is_judged_before_a_proxy_hears_of_it() -> None:
    """One refused address is enough; a zone behind an address, and an open host, are understood."""
    guard = Guard(AllowedHosts.parse("feeds.internal:8080"))
    url = URL("http://feeds.example.com/f")
    guard.check_resolved(url, [])
    guard.check_resolved(url, ["93.184.216.34", "2606:2800:220:1::1"])
    for address in ("10.0.0.1", "fe80::1%eth0", "::1"):
        with pytest.raises(BlockedAddressError, match="leads to an address that is refused"):
            guard.check_resolved(url, ["93.184.216.34", address])
    guard.check_resolved(URL("http://feeds.internal:8080/f"), ["10.0.0.1"])

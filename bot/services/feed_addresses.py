"""Addresses of feeds as people write them: made sound, compared, and judged for secrets. Pure."""

import re
import unicodedata
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlsplit

from bot.domain.feed import Feed, FeedKind, Origin

LONGEST = 2_000
"""Characters of an address."""

_WRAPPED = re.compile(r"^<([^<>|]*)(?:\|[^<>]*)?>$")
"""How Slack and Discord write an address they made a link of."""
_ODD = re.compile(r"[\s<>\"\\^`{|}\x00-\x1f\x7f]")
_SECRET_NAME = re.compile(
    r"(?i)(?:^|[_.-])(?:key|token|auth|secret|pass|password|passwd|pwd|sig|signature|apikey|hash|"
    r"user|userid|uid|session|sid|credential|jwt|code)s?(?:$|[_.-])|(?:api|access|auth)_?(?:key|token)"
)
_RANDOM = re.compile(r"(?=[^\d]*\d)(?=[^A-Za-z]*[A-Za-z])[A-Za-z0-9_-]{16,}")
_KINDS: Mapping[str, FeedKind] = {
    "news.google.com": FeedKind.GOOGLE_NEWS,
    "www.federalregister.gov": FeedKind.FEDERAL_REGISTER,
    "federalregister.gov": FeedKind.FEDERAL_REGISTER,
    "api.io.canada.ca": FeedKind.CANADA_NEWS,
    "www.gazette.gc.ca": FeedKind.CANADA_GAZETTE,
    "gazette.gc.ca": FeedKind.CANADA_GAZETTE,
    "www.dof.gob.mx": FeedKind.DOF,
    "dof.gob.mx": FeedKind.DOF,
}
"""Hosts whose feeds all have the same ways of their own."""
_COMMON = frozenset({"www", "feeds", "feed", "rss", "news", "blog"})
_KEY_LONGEST = 32


def read(text: str) -> str | None:
    """Return the address a person wrote, without its fragment; None where it is none.

    ``feed:https://…`` and ``feed://…``, which some browsers hand out, are understood.
    """
    wrapped = _WRAPPED.match(text.strip())
    address = (wrapped[1] if wrapped else text).strip().strip("\"'“”")
    if address.lower().startswith("feed://"):
        address = f"https://{address[7:]}"
    elif address.lower().startswith("feed:"):
        address = address[5:]
    try:
        parts = urlsplit(address)
        port_is_fine = parts.port is None or parts.port > 0
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not parts.hostname or not port_is_fine:
        return None
    if len(address) > LONGEST or _ODD.search(address) or not address.isprintable():
        return None
    return parts._replace(fragment="").geturl()


def suggestion(text: str) -> str:
    """Return how a text that is no address is probably meant, for an example."""
    bare = text.strip().strip("<>\"'").removeprefix("//")
    looks = re.fullmatch(r"[\w-]+(?:\.[\w-]+)+(?::\d{1,5})?(?:/\S*)?", bare)
    return f"https://{bare}" if looks and len(bare) < 200 else "https://example.com/feed"


def comparable(url: str) -> str:
    """Return what two addresses of one feed have in common: neither scheme, ``www.`` nor last slash."""
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".").lower().removeprefix("www.")
    port = "" if parts.port in {None, 80, 443} else f":{parts.port}"
    user = f"{parts.username or ''}:{parts.password or ''}@" if parts.username else ""
    query = f"?{parts.query}" if parts.query else ""
    return f"{user}{host}{port}{parts.path.rstrip('/')}{query}"


def may_hold_secret(feed: Feed) -> bool:
    """Whether the address must not leave the house unasked.

    What a person added may hold a secret in any query; an address of feeds.yaml only where it has
    user info, or a query that looks like one. One that no key opens held one.
    """
    if not feed.spec.url:
        return True
    parts = urlsplit(feed.spec.url)
    if parts.username is not None or parts.password is not None:
        return True
    if feed.spec.origin is not Origin.CONFIG:
        return bool(parts.query)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    return any(_SECRET_NAME.search(name) or _RANDOM.fullmatch(value) for name, value in pairs)


def kind_of(url: str) -> FeedKind:
    """Return the reader that knows the ways of a host's feeds."""
    return _KINDS.get((urlsplit(url).hostname or "").lower(), FeedKind.FEED)


def host_name(url: str) -> str:
    """Return the host as a name for a feed that gives itself none."""
    return (urlsplit(url).hostname or "feed").removeprefix("www.")


def key_for(name: str, url: str) -> str:
    """Return a short name to call a feed by: of its title, else of its host."""
    return _slug(name) or _slug(_of_host(url)) or "feed"


def _of_host(url: str) -> str:
    labels = [label for label in host_name(url).split(".") if label not in _COMMON]
    return "-".join(labels[:-1] or labels)


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    slug = "-".join(words)
    if len(slug) > _KEY_LONGEST:
        slug = slug[:_KEY_LONGEST].rpartition("-")[0] or slug[:_KEY_LONGEST]
    return slug if re.search("[a-z]", slug) else ""

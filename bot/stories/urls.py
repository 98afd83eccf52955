"""Canonical addresses: two links to one page are written the same way."""

import re
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit

_TRACKING = re.compile(
    r"^(utm_.*|mtm_.*|pk_.*|piwik_.*|hsa_.*|at_.*|ns_.*|wgt_ref|fbclid|gclid|gclsrc|dclid|msclkid|yclid"
    r"|igshid|mc_cid|mc_eid|_hsenc|_hsmi|hsctatracking|mkt_tok|oly_enc_id|oly_anon_id|vero_id"
    r"|cmpid|cmp|icid|intcid|ito|ocid|smid|smtyp|sref|sr_share|spref|rss|feed|partner|xtor"
    r"|taid|guccounter|guce_referrer.*|soc_src|soc_trk|trk|ref_src|ref_url|s_cid|s_campaign|ncid"
    r"|__twitter_impression|source_id|outputtype|amp|mobile)$"
)
"""Parameters that say where a reader came from, and change nothing on the page."""
_TRACKING_VALUES = {
    "ref": re.compile(r"^(rss|feed|home|share|twitter|facebook|email|newsletter|hp|nl)\b"),
    "source": re.compile(r"^(rss|feed|share|twitter|facebook|email|newsletter)\b"),
    "output": re.compile(r"^(amp|1)$"),
    "view": re.compile(r"^mobile$"),
}
"""Parameters that do so only with these values."""
_WRAPPER_HOSTS = frozenset({"news.google.com"})
_MOBILE_HOST = re.compile(r"^(?:www\d?|m|mobile|amp|touch)\.(?=[^.]+\.)")
_AMP_CACHE = re.compile(r"^[^.]+\.cdn\.ampproject\.org$")
_AMP_PATH = re.compile(r"^/(?:amp/s|c/s|v/s|amp)/(?=[^/]+\.)")
_REGISTER = re.compile(
    r"^/(?:documents/\d{4}/\d{2}/\d{2}|public-inspection|d)/((?:[A-Z]\d{0,2}-)?\d{1,4}-\d{1,6})(?:/|$)"
)
"""The Federal Register shows a document for public inspection, then publishes it: one number."""
_ANCHORED_HOSTS = frozenset({"gazette.gc.ca"})
"""Where many acts share a page, and only the fragment tells one from another."""
_LAYERS = 50
_AMP_END = re.compile(r"(?:/amp(?:\.html)?|\.amp(?:\.html)?)/?$|(?<=\.)amp\.(?=html?$)")


def canonical_url(url: str) -> str:
    """Return the address without what only tells the publisher where its readers come from.

    The scheme becomes https; `www.`, mobile and AMP hosts, AMP paths, fragments, tracking
    parameters, default ports and a final slash go; the other parameters are sorted. A Google News
    wrapper keeps its path, because only Google knows where it leads. A document of the Federal
    Register is its number; acts on one page of the Canada Gazette keep their fragment. What is no
    http(s) address comes back as it is, without the space around it.
    """
    url = url.strip()
    try:
        parts = urlsplit(url)
        host, port = _server(parts.netloc)
    except ValueError:
        return url
    if parts.scheme.lower() not in {"http", "https"} or not host:
        return url
    if host in _WRAPPER_HOSTS:
        return f"https://{host}{parts.path.rstrip('/')}"
    if inner := _amp_inner(host, parts.path):
        tail = f"?{parts.query}" if parts.query else ""
        return canonical_url(f"https://{inner}{tail}")
    if host == "federalregister.gov" and (document := _REGISTER.match(parts.path)):
        return f"https://{host}/d/{document[1]}"
    anchor = f"#{parts.fragment}" if host in _ANCHORED_HOSTS and parts.fragment else ""
    shown = host if port in {None, 80, 443} else f"{host}:{port}"
    query = _query(parts.query) if parts.query else ""
    return f"https://{shown}{_path(parts.path)}{f'?{query}' if query else ''}{anchor}"


@lru_cache(maxsize=4_096)
def _server(netloc: str) -> tuple[str, int | None]:
    """Return host and port; the entries of a feed share theirs. Raises ValueError for a wrong port."""
    parts = SplitResult("", netloc, "", "", "")
    host = (parts.hostname or "").rstrip(".")
    if host in _WRAPPER_HOSTS or _AMP_CACHE.match(host):
        return host, parts.port
    for _ in range(3):
        host = _MOBILE_HOST.sub("", host)
    return host, parts.port


def _amp_inner(host: str, path: str) -> str | None:
    """Return host and path of the page an AMP cache or viewer stands for."""
    if not (_AMP_CACHE.match(host) or host.startswith("google.")):
        return None
    bare = _AMP_PATH.sub("", path, count=1)
    return bare if bare != path else None


def _path(path: str) -> str:
    path = re.sub(r"/{2,}", "/", _plain(path))
    bare = path.strip().rstrip("/")
    if "amp" not in bare and not bare[-1:].isspace():
        return bare
    for _ in range(_LAYERS):
        shorter = _AMP_END.sub("", path).strip().rstrip("/")
        if shorter == path:
            break
        path = shorter
    return path


def _plain(path: str) -> str:
    """Return the path without needless escapes; one that hides a slash or a blank stays."""
    if "%" not in path:
        return path
    try:
        plain = unquote(path, errors="strict")
    except UnicodeDecodeError:
        return path
    kept = plain.isascii() and not re.search(r"[^\w/.~:@!$&'()*+,;=-]", plain)
    return plain if kept and "%2f" not in path.lower() else path


def _query(query: str) -> str:
    kept = [
        (name, value)
        for name, value in parse_qsl(query, keep_blank_values=True)
        if not _is_tracking(name.lower(), value.lower())
    ]
    return urlencode(sorted(kept))


def _is_tracking(name: str, value: str) -> bool:
    rule = _TRACKING_VALUES.get(name)
    return bool(_TRACKING.match(name)) or (rule is not None and bool(rule.match(value)))

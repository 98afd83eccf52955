"""What clustering needs to know of an entry, small enough to keep for every entry of the window."""

import json
import re
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from hashlib import blake2b
from itertools import accumulate
from math import sqrt
from operator import mul
from sys import intern
from zlib import crc32

from bot.domain.entry import Entry
from bot.domain.moments import require_aware
from bot.domain.reading import Reading
from bot.reading.text import fold_words
from bot.stories import headline
from bot.stories.breadth import is_broad
from bot.stories.terms import damped, summed
from bot.stories.urls import canonical_url

MAX_TERMS = 40
_TERM_CHARS = 24
_SKETCH = 12
_SHINGLE = 4
_WORDS = 400
"""Words of the beginning that are compared for sameness."""
_WEIGHT_STEPS = 32
_MIXED = 0x9E3779B1
"""A checksum times this is spread evenly, so that the smallest are a fair draw of the shingles."""
_RECENT = 64
"""Sketches kept in pieces."""
_TITLE_WORDS = 4
_TEXT_WORDS = 8
_NAME = "^"
"""Marks a name in the JSON: no term begins with it."""


MATTERS = frozenset(
    {
        *("tariffs", "retaliation", "trade_remedies", "disputes", "labor", "customs"),
        *("rules_of_origin", "digital_trade", "border_security"),
    }
)
"""Topics that tell one kind of event from another; goods, countries and the treaty do not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """An entry as clustering sees it. Terms go from heavy to light, weights in 1/32."""

    at: datetime
    """When it was published, or seen where that is unknown or lies in the future."""
    lang: str
    url: str = ""
    """Hash of the canonical link; empty where there is none."""
    title: str = ""
    """Hash of the folded title without the publisher's name; empty where it has under 4 words."""
    text: str = ""
    """Hash of the folded title and body; empty under 8 words."""
    sketch: bytes = b""
    """The smallest hashes of the shingles, four bytes each: two texts share as many of them as
    they share wording."""
    terms: tuple[str, ...] = ()
    weights: bytes = b""
    names: int = 0
    """Bit i is set where term i is a name, a figure or a day."""
    rates: tuple[float, ...] = ()
    products: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    imposer: str = ""
    """Who acts in the first tariff fact, empty where there is none."""
    targets: tuple[str, ...] = ()
    """Whom it hits; ISO codes."""
    matters: tuple[str, ...] = ()
    """What it is about rather than which goods or countries: those of its topics in `MATTERS`."""
    broad: bool = False
    """A round-up or live page that mentions many events: it joins none and takes none in."""
    length: float = field(init=False, repr=False, compare=False, default=1.0)
    """The length of the vector of weights; 1 where there are none."""

    def __post_init__(self) -> None:
        require_aware(at=self.at)
        weights = self.weights
        object.__setattr__(self, "length", sqrt(sum(map(mul, weights, weights))) or 1.0)

    def to_json(self) -> str:
        """Return the fingerprint as compact JSON: a list, in the order of the fields."""
        marked = [
            _NAME + term if self.names >> i & 1 else term for i, term in enumerate(self.terms)
        ]
        values: list[object] = [self.at.isoformat(), self.lang, self.url, self.title, self.text]
        values += [
            self.sketch.hex(),
            " ".join(marked),
            self.weights.hex(),
            self.rates,
            self.products,
        ]
        values += [self.countries, self.imposer, self.targets, self.matters, int(self.broad)]
        return json.dumps(values, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> "Fingerprint":
        """Return what `to_json` wrote. Raises ValueError where the text is something else."""
        try:
            at, lang, url, title, body, sketch, marked, weights, *facts = json.loads(text)
            rates, goods, nations, imposer, targets, matters, broad = facts
            terms = [term.removeprefix(_NAME) for term in marked.split(" ")] if marked else []
            flags = [term.startswith(_NAME) for term in marked.split(" ")]
            return cls(
                at=datetime.fromisoformat(at),
                lang=intern(lang),
                url=url,
                title=title,
                text=body,
                sketch=bytes.fromhex(sketch),
                terms=tuple(map(intern, terms)),
                weights=bytes.fromhex(weights),
                names=sum(1 << i for i, flag in enumerate(flags) if flag),
                rates=tuple(rates),
                products=tuple(map(intern, goods)),
                countries=tuple(map(intern, nations)),
                imposer=intern(imposer),
                targets=tuple(map(intern, targets)),
                matters=tuple(map(intern, matters)),
                broad=bool(broad),
            )
        except (TypeError, AttributeError) as error:
            raise ValueError(f"not a fingerprint: {text[:80]!r}") from error


def of(entry: Entry, reading: Reading, seen_at: datetime) -> Fingerprint:
    """Return the fingerprint of an entry; pure, the same for the same entry and reading."""
    title = without_publisher(entry.title, entry.source)
    body = entry.content if len(entry.content) > len(entry.summary) else entry.summary
    words = fold_words(f"{title} {body}"[: 12 * _WORDS]).split()[:_WORDS]
    title_words = fold_words(title[:1_000]).split()
    lead = headline.read(title, body, reading.lang)
    fact = reading.tariffs[0] if reading.tariffs else None
    terms, weights, names = _terms(title, body, lead)
    return Fingerprint(
        at=_moment(entry, seen_at),
        lang=str(reading.lang),
        url=_digest(canonical_url(entry.url)) if entry.url else "",
        title=_digest(" ".join(title_words)) if len(title_words) >= _TITLE_WORDS else "",
        text=_digest(" ".join(words)) if len(words) >= _TEXT_WORDS else "",
        sketch=_sketch(words),
        terms=terms,
        weights=weights,
        names=names,
        rates=lead.rates,
        products=lead.products,
        countries=lead.countries,
        imposer=fact.imposer or "" if fact else "",
        targets=tuple(sorted(fact.targets)) if fact else (),
        matters=tuple(sorted(reading.topic_names & MATTERS)),
        broad=is_broad(title, body),
    )


def without_publisher(title: str, source: str) -> str:
    """Return the title without the `` - Publisher`` that aggregators put at its end."""
    head, dash, tail = title.rpartition(" - ")
    if dash and head.strip() and source and fold_words(tail) == fold_words(source):
        return head.strip()
    return title


def _terms(title: str, body: str, lead: headline.Headline) -> tuple[tuple[str, ...], bytes, int]:
    nations = [f"@{code}" for code in lead.countries]
    ranked, named = summed(title, body)
    kept = [pair for pair in ranked if pair[1].isalnum() or _whole(pair[1])]
    del kept[MAX_TERMS - len(nations) :]
    keys = [intern(key[:_TERM_CHARS]) for key in (*[key for _, key in kept], *nations)]
    weights = [min(255, round(damped(-weight) * _WEIGHT_STEPS)) for weight, _ in kept]
    weights += [round(_NATION * _WEIGHT_STEPS)] * len(nations)
    names = sum([1 << place for place, (_, key) in enumerate(kept) if key in named])
    return tuple(keys), bytes(weights), names


def _whole(key: str) -> bool:
    return re.search(r"\s", key) is None


_NATION = 0.6
"""What a country weighs: most entries of this field name the same three."""


def _moment(entry: Entry, seen_at: datetime) -> datetime:
    published = entry.published or entry.updated
    return seen_at if published is None or published > seen_at else published


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def _sketch(words: list[str]) -> bytes:
    text = " ".join(words).encode("utf-8", "surrogatepass")
    steps = [len(word) + 1 for word in (words if text.isascii() else text.split(b" "))]
    starts = list(accumulate(steps, initial=0))
    pairs = zip(starts, starts[_SHINGLE:], strict=False)
    shingles = [text[start : after - 1] for start, after in pairs]
    hashes = {checksum * _MIXED & 0xFFFFFFFF for checksum in map(crc32, shingles)}
    return b"".join([number.to_bytes(4, "big") for number in sorted(hashes)[:_SKETCH]])


@lru_cache(maxsize=_RECENT)
def _pieces(sketch: bytes) -> frozenset[int]:
    """Return the hashes a sketch is made of."""
    return frozenset(memoryview(sketch).cast("I"))


def wording_shared(one: bytes, other: bytes) -> float:
    """Return which share of the shorter sketch is in both, 0-1."""
    if not one or not other:
        return 0.0
    mine = _pieces(one)
    shared = sum(map(mine.__contains__, memoryview(other).cast("I")))
    return shared / min(len(mine), len(other) // 4)

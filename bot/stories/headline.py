"""The figures, goods and countries that an entry leads with: what tells it from a look-alike."""

import re
from dataclasses import dataclass

from bot.domain.reading import Lang
from bot.reading import countries, products
from bot.reading.even import even
from bot.reading.text import fold_words
from bot.stories.lexicon import sectors

_LEDE = 300
"""Characters of the body that count as its opening."""
_PERCENT = re.compile(
    r"(?<![\w.,])(\d{1,3}(?:[.,]\d{1,3})?)\s?(?:%|(?:per\s?cent|por\sciento|pour\scent)\b)"
)
_MAX = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """What the title says, or the opening where the title says none of it; each sorted."""

    rates: tuple[float, ...] = ()
    products: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    """Named in the title or the opening, ISO codes and ``EU``."""


def read(title: str, body: str, lang: Lang) -> Headline:
    """Return what an entry leads with."""
    title, lede = title[:1_000], body[:_LEDE]
    plain_title, plain_lede = even(title), even(lede)
    named = {code for text in (title, lede) for _, _, code in countries.find(text, lang)}
    return Headline(
        rates=_rates(plain_title) or _rates(plain_lede),
        products=_products(plain_title) or _products(plain_lede),
        countries=tuple(sorted(named))[:_MAX],
    )


def _rates(text: str) -> tuple[float, ...]:
    found = {float(figure.replace(",", ".")) for figure in _PERCENT.findall(text)}
    return tuple(sorted(found))[:_MAX]


def _products(text: str) -> tuple[str, ...]:
    named = set(products.usual(text))
    named.update(sectors()[word] for word in fold_words(text).split() if word in sectors())
    return tuple(sorted(named))[:_MAX]

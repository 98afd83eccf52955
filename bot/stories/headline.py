"""The figures, goods and countries that an entry leads with: what tells it from a look-alike."""

import re
from collections.abc import Callable
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
    told = products.find if _OF_TRADE.search(f"{plain_title} {plain_lede}") else products.usual
    return Headline(
        rates=_rates(plain_title) or _rates(plain_lede),
        products=_products(plain_title, told) or _products(plain_lede, told),
        countries=tuple(sorted(named))[:_MAX],
    )


def _rates(text: str) -> tuple[float, ...]:
    found = {float(figure.replace(",", ".")) for figure in _PERCENT.findall(text)}
    return tuple(sorted(found))[:_MAX]


_ADJUNCT = re.compile(
    r"\b([a-z]{3,})\s(?=(?:tariffs?|dut(?:y|ies)|lev(?:y|ies)|imports?|exports?|quotas?|probe|inquiry|case)\b)"
)
"""Goods in the singular before what is done to them: "crane tariffs"."""
_OF_TRADE = re.compile(
    r"\b(?:tariff|dut(?:y|ies)\b|lev(?:y|ies)\b|surtax|quotas?\b|section\s(?:232|301|338|122|201)\b|dumping|antidumping|countervail|safeguard|administrative\sreview|combined\srate|usmca|cusma"
    r"|arancel|cuota\scompensatoria|gravamen|sobretasa|cupos?\b|seccion\s(?:232|301|338|122|201)\b|salvaguard|t-mec"
    r"|droits\s(?:de\sdouane|antidumping|compensateurs|americains|canadiens|mexicains|chinois|de\s\d)|contingent|article\s(?:232|301|338|122|201)\b|sauvegarde|aceum)"
)
"""Where a headline is about trade, rarer goods tell events apart too; elsewhere a film is no product."""


def _products(text: str, told: Callable[[str], tuple[str, ...]]) -> tuple[str, ...]:
    adjuncts = " ".join(f"{word}s" for word in _ADJUNCT.findall(text))
    named = {*told(text), *told(adjuncts)}
    named.update(sectors()[word] for word in fold_words(text).split() if word in sectors())
    return tuple(sorted(named))[:_MAX]

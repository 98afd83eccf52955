"""The names in a sentence that stand for a country: countries, their people and their institutions."""

import re
from typing import NamedTuple

from bot.domain.reading import Lang
from bot.reading import countries
from bot.reading.alternation import Names

_ACTORS: dict[str, str] = {
    "US": r"the\spresident(?!\s(?:of|claudia|emmanuel|xi|lula|ursula)|'s)|white\shouse|casa\sblanca|maison[\s-]blanche|(?:president\s|donald\s)?trump(?:'s)?(?:\sadministration)?|washington|commerce\s(?:department|secretary)|department\sof\scommerce|u\.?s\.?\scustoms(?:\sand\sborder\sprotection)?|cbp|ustr|bessent|lutnick|greer|(?<![a-z]\s)president(?=\s(?:signs?|signed|imposes?|imposed|orders?|ordered|raises?|raised|hikes?|hiked|cuts?|lifts?|lifted|delays?|delayed|pauses?|paused|doubles?|doubled|proclaims?|proclaimed|threatens?|suspends?|suspended)\b)|commerce(?=\s(?:puts?|pegs|pegged|calculates?|fixe[sd]|suspend\w*|paus\w+|halt\w*|lift\w*|cuts?|hik\w+|doubl\w+|open\w*|finaliz\w+|revok\w+|withdrew|dropp\w+|keeps?|kept|delay\w*|postpon\w+|propos\w+|upheld|slapp\w+|lev(?:ied|ies)|shelv\w+|trimm\w+|assign\w*|will|is|has|said|sets?|found|finds|impos\w+|issued|calculated|determined|announced|raised|lowered|began|plans|to)\b)|departamento\sde\scomercio|departement\s(?:americain\s)?du\scommerce|u\.s\.\sgovernment",
    "CA": r"ottawa|finance\scanada|carney|cbsa|asfc|global\saffairs\scanada|affaires\smondiales|rideau\shall",
    "MX": r"sheinbaum|secretaria\sde\seconomia|ebrard|mexico\scity|palacio\snacional|mexican\scongress|senado\smexicano|shcp|secretaria\sde\shacienda|economia\s(?=(?:fijo|impuso|determino|publico|anuncio))",
    "CN": r"beijing|pekin|mofcom|xi\sjinping",
    "EU": r"brussels|bruselas|bruxelles|european\scommission|comision\seuropea|commission\seuropeenne|von\sder\sleyen",
    "JP": r"tokyo|tokio",
    "IN": r"new\sdelhi|nueva\sdelhi|modi",
    "GB": r"london|londres|downing\sstreet",
    "BR": r"brasilia|lula",
    "KR": r"seoul|seul",
}  # fmt: skip
_PLACES: dict[str, str] = {
    "US": r"(?:kentucky|florida|california|californie|floride|texas|tennessee|michigan|ohio|wisconsin|iowa|georgia(?=\s(?:peach|poultry))|pennsylvania|vermont|maine|kansas|nebraska|dakota|wyoming|montana|alaska|virginia|indiana|illinois|minnesota|missouri|mississippi|louisiana|alabama|arkansas|arizona|oregon|idaho|colorado|nevada|utah|oklahoma|hawaii|maryland|massachusetts|connecticut|delaware)n?|(?:north|south)\scarolina|caroline\sdu\s(?:nord|sud)|carolina\sdel\s(?:norte|sur)|virginie|pennsylvanie|pensilvania|louisiane|luisiana|misisipi|misuri|hawai|p(?:ue|o)rto\srico|(?:puertorriquen|portoricain)\w*|(?:floridien|californien|texan|virginien)(?:ne)?s?|(?:floridan|californian|texan)[oa]s?",
    "CA": r"ontario|quebec|quebecois\w*|alberta|british\scolumbia|saskatchewan|manitoba|nova\sscotia|new\sbrunswick|newfoundland|prince\sedward\sisland|colombie-britannique|columbia\sbritanica|nouvelle-ecosse|nueva\sescocia|nouveau-brunswick|nuevo\sbrunswick|terre-neuve|terranova|ile-du-prince-edouard|isla\sdel\sprincipe\seduardo|yukon|nunavut|(?:ontarien|albertain|manitobain|neo-ecossais|neo-brunswickois)\w*",
    "MX": r"baja\scalifornia(?:\ssur)?|nuevo\sleon|sinaloa|sonora|jalisco|michoacan|oaxaca|chiapas|yucatan|quintana\sroo|nayarit|tamaulipas|coahuila|chihuahua|guanajuato|queretaro|aguascalientes|san\sluis\spotosi|zacatecas|veracruz|puebla|tlaxcala|campeche|colima|durango|(?:sinaloense|sonorense|jalisciense|coahuilense|guanajuatense|bajacaliforniano|chihuahuense|nuevoleonense|duranguense|hidalguense|mexiquense|nayarita|colimense)\w*|(?:tamaulipec|chiapanec|yucatec|oaxaquen|michoacan|poblan|veracruzan|tabasquen|zacatecan|queretan|campechan|regiomontan|tapati)[oa]s?",
}
"""States and provinces: goods come from there, and belong to the country."""


class Mention(NamedTuple):
    """A name in the sentence and the country it stands for."""

    start: int
    end: int
    code: str
    actor: bool
    """True for an institution: it acts, it is no origin of goods."""
    adjective: bool = False
    """True for "Canadian" and "canadiense", which go with a noun."""
    region: bool = False
    """True for a state or province: goods come from there, and it sets no tariff."""


def find(raw: str, text: str, lang: Lang) -> list[Mention]:
    """Return the names in a sentence (`text` is `raw` folded), in order."""
    found = [_named(start, end, name, raw, lang) for start, end, name in _NAMES.find(text)]
    for start, end, code in countries.find(raw, Lang(lang)):
        stop = end + (text[end : end + 1] == "." and "." in text[start:end])
        adjective = _is_adjective(raw[start:stop], lang)
        found.append(Mention(start=start, end=stop, code=code, actor=False, adjective=adjective))
    if lang is Lang.ES:  # "loza china"; with a capital letter it is found as the country
        found += [
            Mention(start=match.start(), end=match.end(), code="CN", actor=False, adjective=True)
            for match in _CHINESE.finditer(text)
        ]
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda m: (m.start, not m.actor, -m.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


def _named(start: int, end: int, name: str, raw: str, lang: Lang) -> Mention:
    region = name.endswith(_PLACE)
    adjective = region and lang is not Lang.EN and raw[start].islower()
    return Mention(start, end, name.removesuffix(_PLACE), not region, adjective, region)


_CHINESE = re.compile(r"\bchina\b")
_PLACE = " place"
_NAMES = Names(
    _ACTORS | {f"{code}{_PLACE}": places for code, places in _PLACES.items()}, rest=r"\b"
)


def _is_adjective(written: str, lang: str) -> bool:
    """Whether a name, as it was written, goes with a noun: by its ending, or by its small letter."""
    if lang != "en":
        return written[:1].islower()
    name = written.lower()
    return _ENDING.search(name) is not None and name not in _NOUNS


_ENDING = re.compile(
    r"(?:(?<!st)an|ese|ish|ch|iss|thai|greek|i|dic|slovak|uzbek|ntine|philippine|filipino|cypriot|u\.?s\.?)$"
)
_NOUNS = frozenset({"japan", "iran", "taiwan", "fiji", "azerbaijan", "oman", "haiti"})

"""Percentages that are rates of a tariff, in text folded by `even`.

A percent sign alone says nothing: growth, shares and polls wear it too. `find` gives the figures
that can be rates, each with the former rate where the text names one.
"""

import re
from typing import NamedTuple

from bot.reading import numerals

_FIGURE = rf"(?:\d{{1,3}}(?:[.,]\d{{1,3}})?|{numerals.WORDS})"
_DIGITS = r"\d{1,3}(?:[.,]\d{1,3})?"
_PERCENT = (
    r"(?:\s?%|[\s-](?:per\s?cent|percent|por\sciento|pour\scent|pct)\b)(?!age|\spoints?|\spuntos)"
)
_EDGE = r"(?<![\w$.,-])"
_SOFT = r"(?:(?:a|an|the|un|el|le|la|its|current|present|existing|previous|former|actual|anterior|actuel|about|nearly|just|up\sto|as\smuch\sas|hasta)\s){0,3}"

_FROM_TO = re.compile(
    rf"\b(?:from|del?|d'|desde|desde\sel|of|de\sla|du)\s{_SOFT}(?P<a>{_FIGURE})(?:{_PERCENT})?(?:\s(?:percent|%))?\s(?:to|al?|hasta|au)\s{_SOFT}(?P<b>{_FIGURE}){_PERCENT}"
)
_TO_FROM = re.compile(
    rf"{_EDGE}(?P<b>{_FIGURE})(?:{_PERCENT})?,?\s(?:(?:up|down|rather\sthan|instead|compared|versus)\s?)?(?:from|of|with|than|desde|frente\sal?|en\slugar\sde(?:l)?|contra|contre|au\slieu\sde|plutot\sque)?\s?{_SOFT}(?P<a>{_FIGURE}){_PERCENT}"
)
"""The new rate before the old one: “15 % from 25 %”, “15 % au lieu de 25 %”."""
_TO_FROM_BARE = re.compile(
    rf"{_EDGE}(?P<b>{_DIGITS}){_PERCENT},?\s(?:(?:up|down)\s)?(?:from|desde|contre|frente\sal?)\s(?P<a>{_DIGITS})(?=\s?(?:[.,;)]\s|[.;)]?$|previously\b|before\b|today\b|now\b))"
)
_AMENDED = re.compile(
    rf"\b(?:strik\w+|delet\w+|replac\w+|substitut\w+|sustitu\w+|remplac\w+)\s(?:[\w'-]+\s){{0,6}}?\"?\s?(?P<a>{_FIGURE}){_PERCENT}[\s\",]{{1,4}}(?:(?!percent)[\w'-]+\s){{0,6}}?(?:inserting|adding|substituting|with|by|por|par)\s(?:[\w'-]+\s){{0,4}}?\"?\s?(?P<b>{_FIGURE}){_PERCENT}"
)
"""Old and new rate as laws amend: “by striking ‘10 percent’ and inserting ‘25 percent’”."""
_AMENDING = ("strik", "delet", "replac", "stitu", "remplac")
_TO_ZERO = re.compile(
    rf"\b(?:from|del?|d'|desde|de\sla|du)\s{_SOFT}(?P<a>{_FIGURE})(?:{_PERCENT})\s(?:to|al?|hasta|au)\s(?P<b>zero|cero|nothing|nada|rien|nil)\b"
)
_ZERO_FROM = re.compile(
    rf"\b(?:to|al?|hasta)\s(?P<b>zero|cero|nothing|nada|rien|nil)\s(?:from|desde|frente\sal?|contre)\s{_SOFT}(?P<a>{_FIGURE}){_PERCENT}"
)
_NOTHING = ("zero", "cero", "nothing", "nada", "rien", "nil")
_TO_FROM_LINK = re.compile(
    r",?\s(?:(?:up|down)\s)?(?:from|rather\sthan|instead\sof|compared\swith|versus|desde|frente\sal?|en\slugar\sdel?|contra|contre|au\slieu\sde|plutot\sque)\s"
)
_LINKS = (
    "from", "rather", "instead", "compared", "versus", "desde", "frente", "lugar", "contra", "contre",
    "lieu", "plutot",
)  # fmt: skip
"""Letters without one of which no new rate is linked to a former one after it."""
_LIST = re.compile(
    rf"{_EDGE}(?P<first>{_DIGITS})(?:{_PERCENT})?(?:(?:,\s{_DIGITS}(?:{_PERCENT})?)*,?\s(?:or|and|to|o|y|a|ou|et)\s|(?<=\d)\s?-\s?(?=\d)){_SOFT}(?P<last>{_DIGITS}){_PERCENT}"
)
_PLAIN = re.compile(rf"{_EDGE}(?P<b>{_FIGURE}){_PERCENT}")
_ZERO = re.compile(
    r"\b(?:to|at|a|de|of)\s(?P<b>zero|cero)\b(?!\s?%|\sper|\sout\b)|\b(?:to|a)\s(?P<nil>0)(?=\s(?:for|on|from|por|para|pour|le|el)\b|[,;]|\.?$)"
)

_NOT_A_RATE_AFTER = re.compile(
    r"^\s*(?:off\b|del\s(?:arancel|gravamen)\s(?:lo|la|los|se|recae|corre)\b|of\sthe\s(?:tariffs?|dut(?:y|ies)|levy|surtax)\b|(?:of|del?|des?|du|d')\s(?:(?:the|tariff|its|their|all|total|our|his|global|world|u\.s\.|us|canada's|mexico's|canadian|mexican|american|las?|los|sus?|el|nuestras|les?|ses|leurs|l'|toutes?|tous)\s?)*"
    r"(?:exports?|goods|products|merchandise|questions|refunds|bills?|costs|claims|sales|trade|output|production|gdp|economy|market|canadians|mexicans|americans|respondents|companies|firms|businesses|households|voters|people|workers|jobs|revenues?|profits?|income|total|shipments|adults|consumers|members|manufacturers|factories|plants|suppliers|demand|capacity|country|content|vehicle|parts|population|exportaciones|mercancias|bienes|productos|ventas|produccion|comercio|pib|economia|mercado|mexicanos|encuestados|empresas|empleos|hogares|poblacion|valor\sde\scontenido|ingresos|personas|consumidores|exportations|marchandises|produits|biens|ventes|echanges|marche|entreprises|repondants|canadiens|emplois|menages|quebecois|sondes|travailleurs|pme)"
    r"|(?:year-over-year|year-on-year|annually|a\syear|this\syear|last\syear|since(?!\s(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s\d{1,2}\b)|month|over\sthe|in\sthe\s(?:first|second|third|fourth)|regional|value\scontent|stake|share|chance|probability|discount|margin|raise\b|growth|decline|drop|jump|rise|fall|inflation|unemployment|interest|approval|support|increase\b|decrease|gain|loss|profit|income|sales\stax|corporate|capital|vat\b|hst|gst|anual|interanual|de\scontenido|de\saumento|de\sincremento|de\sdescuento|de\sprobabilidad|de\sparticipacion|d'augmentation|de\shausse|par\srapport|sur\sun\san|de\sparts?|de\srabais))"
)
"""What follows a share or a change of something else: “25 % of exports”, “25 % off”."""
_CHANGE_BEFORE = re.compile(
    r"\b(?:rose|fell|grew|dropped|declined|climbed|gained|lost|slid|shrank|jumped|plunged|surged|soared|tumbled|slumped|rise|fall|grow|drop|decline|jump|increased?|decreased?|expanded|contracted|up|down|by|slipped|advanced|sank|cut\sby|reached|hit(?=\s\d)|accounts?\sfor|represents?|makes?\sup|buys?|takes?|averaged|won|support|approve|oppose|unemployment|inflation|"
    r"subio|bajo|cayo|crecio|aumento|aumentaron|cayeron|crecieron|disminuyo|deprecio|aprecio|gano|perdio|disminuyeron|bajaron|subieron|redujo(?=\s(?:la|el|un))|retrocedio|avanzo|avanzaron|repunto|representa[n]?|equivale[n]?|concentra[n]?|absorbe[n]?|hundieron|desplomaron|incremento|inflacion|en\sun|"
    r"(?:progresse|recule|augmente|baisse|chute|diminue|bondi|grimpe|hausse|cru|reculeront|representent?|absorbe(?:nt)?|achete(?:nt)?|comptent?\spour|recul|progression|croissance|inflation)(?:\sde)?)"
    r"(?:\s(?:about|nearly|almost|around|some|roughly|another|an|by|more\sthan|over|at\sleast|un|casi|cerca\sde|mas\sde|alrededor\sde|en|el|le|pres\sde|environ|plus\sde|quelque|de))*\s*$"
)
"""Verbs of growth and share before a figure: “fell 25 %”, “accounts for 25 %”."""
_FORMER_BEFORE = re.compile(
    r"\b(?:existing|current|currently|already(?:\s(?:paying|at|facing|taxed\sat|subject\sto(?:\sa)?))?|ya\spaga[n]?|deja\s(?:taxee?s?|soumis\w*|frappee?s?)\s(?:a|de|d'un\sdroit\sde)|previous|previously|former|formerly|earlier|on\stop\sof(?:\s(?:a|an|the))?|in\saddition\sto(?:\s(?:a|an|the))?|present|old|until\snow|till\snow|so\sfar|hasta\sahora|jusqu'ici|vigente\sde|actual(?:\sde)?|anterior(?:\sde)?|ademas\sdel?|actuel\sde|actuels\sde|en\splus\sd[eu]s?|s'ajoutent?\sa[ux]*|existants?\sde|precedent\sde)\s(?:(?:rate|tariff|duty|tarif|arancel|taux|droit)\s(?:of|de)\s)?$"
)
"""What says that a rate holds already or held before: “existing”, “on top of”."""


class Rate(NamedTuple):
    """A figure that can be a tariff's rate, from `start` to `end`."""

    start: int
    end: int
    value: float
    former: float | None = None
    """The rate before, where the text names it beside the new one."""
    stands: bool = False
    """True where the text calls it the existing rate."""


_SIGNS = ("%", "cent", "pct", "cient", "zero", "cero")


def find(text: str) -> list[Rate]:
    """Return the figures of a folded text that can be rates, in order."""
    if not any(sign in text for sign in _SIGNS):
        return []
    alone = [_plain(text, match) for match in _PLAIN.finditer(text)]
    found: list[Rate] = []
    if alone:  # the last figure of a pair stands alone too
        found += [_moved_or_range(text, match) for match in _FROM_TO.finditer(text)]
        if any(letters in text for letters in _LINKS):
            found += [
                _pair(match)
                for match in _TO_FROM.finditer(text)
                if _TO_FROM_LINK.search(text[match.end("b") : match.start("a")])
            ]
            found += [_pair(match) for match in _TO_FROM_BARE.finditer(text)]
        if any(letters in text for letters in _NOTHING):
            to_zero = [*_TO_ZERO.finditer(text), *_ZERO_FROM.finditer(text)]
            found += [_pair(match)._replace(value=0.0) for match in to_zero]
        if any(letters in text for letters in _AMENDING):
            found += [_pair(match) for match in _AMENDED.finditer(text)]
    if alone or "-" in text:
        found += [_highest(match) for match in _LIST.finditer(text)]
    found += alone
    if "zero" in text or "cero" in text or " 0" in text:
        found += [
            Rate(start=match.start(match.lastgroup or 0), end=match.end(), value=0.0)
            for match in _ZERO.finditer(text)
        ]
    rates = [rate for rate in _without_overlaps(found) if _may_be_a_rate(text, rate)]
    return _beside_bare(text, _moved(text, rates))


_NOW_BARE = re.compile(
    r"\b(?:now|ahora|hoy|desormais|maintenant|aujourd'hui)\s(?:[a-z]+\s){0,3}(?P<figure>\d{1,2}(?:[.,]\d)?)(?=[.;)]|,\s|$)"
)
_WAS_BARE = re.compile(
    r"\b(?:was|were|stood\sat|era|eran|etait|etaient)\s(?:de(?:l)?\s|at\s|a\s)?(?P<figure>\d{1,2}(?:[.,]\d)?)(?=[.;)]|,\s|$)"
)


def _beside_bare(text: str, rates: list[Rate]) -> list[Rate]:
    """Join a rate with a figure that leaves its sign out: "used to pay 20%, now pay only 15"."""
    if len(rates) != 1 or rates[0].former is not None:
        return rates
    only = rates[0]
    if match := _NOW_BARE.search(text, only.end):
        now = _number(match["figure"])
        return [Rate(start=only.start, end=match.end(), value=now, former=only.value)]
    if match := _WAS_BARE.search(text, only.end):
        return [only._replace(former=_number(match["figure"]))]
    return rates


_MOVES = re.compile(
    r"\b(?:cut\w*|go(?:es)?|falls?|fell|jump\w*|climb\w*|rises?|rose|slid\w*|shr[aiu]nks?|lower\w*|reduc\w*|rais\w*|increas\w*|hik\w+|slash\w*|trim\w*|dropp\w+|doubl\w+|tripl\w+"
    r"|baj[aoe]\w*|recort\w+|cae\w*|cayo|salt[aoe]\w*|pas[ao]\w*|descend\w+|tomb\w+|pass\w+|rebaj\w+|sub[ie]\w*|elev\w+|aument\w+|duplic\w+"
    r"|ramen\w+|abaiss\w+|redui\w+|port(?:e|ent|era|eront)|relev\w+|hauss\w+|doubl\w+)\b"
)
"""Verbs without which no two rates are an old and a new one."""
_UP_TO = re.compile(rf"\b(?:to|a|al|hasta|au)\s{_SOFT}$")
BECOMES = re.compile(
    r"\b(?:becom(?:e|es|ing)|became|(?:will|would)\s(?:now\s|then\s)?be|is\snow|devien(?:t|dra|drait)|(?:sera[n]?|seria[n]?|es\sahora|queda(?:ra)?(?:\sahora)?)\s(?:de(?:l)?|en)|ser(?:a|ait|ont)\sd[eu]|est\sdesormais\sd[eu])\s(?:an?\s|un\s)?(?=\d)"
)
"""What a rate turns into: "the 15 percent duty becomes 20 percent", "será de 35%"."""
INSTEAD = re.compile(
    r"\b(?:instead\sof|rather\sthan|en\s(?:lugar|vez)\sdel?|au\slieu\sd[eu]|plutot\sque)\s(?:the\s|an?\s|un\s|el\s|les?\s)?(?=\d)"
)
"""Before the rate that no longer is: "a 20 percent tariff instead of 46 percent"."""
_NEXT_CLAUSE = re.compile(
    r"[;,:]|\b(?:and|while|but|y|mientras|pero|et|tandis|(?<!\ble\s)(?<!\bdu\s)(?<!\bau\s)(?<!\bde\s)mais)\b"
)
_FARTHEST = 90
"""Characters between the rate that was and the rate it is moved to."""


def _moved(text: str, rates: list[Rate]) -> list[Rate]:
    """Join "cut the 35% tariff on … to 10%": the first rate is the former one, the second the new."""
    tells = (_MOVES, BECOMES, INSTEAD)
    if len(rates) < 2 or not any(words.search(text) for words in tells):
        return rates
    joined = [rates[0]]
    for rate in rates[1:]:
        pair = _joined(text, joined[-1], rate)
        if pair is not None:
            joined[-1] = pair
        else:
            joined.append(rate)
    return joined


def _joined(text: str, last: Rate, rate: Rate) -> Rate | None:
    """Return two rates as an old and a new one; None where they are not."""
    between = text[last.end : rate.start]
    if last.former is not None or rate.former is not None or len(between) > _FARTHEST:
        return None
    if _NEXT_CLAUSE.search(between) and not _opens(text, last):
        return None
    if _ends_before(INSTEAD, text, last, rate):
        return Rate(start=last.start, end=rate.end, value=last.value, former=rate.value)
    if _UP_TO.search(between) or _ends_before(BECOMES, text, last, rate):
        return Rate(start=last.start, end=rate.end, value=rate.value, former=last.value)
    return None


def _ends_before(words: re.Pattern[str], text: str, last: Rate, rate: Rate) -> bool:
    """Whether words between two rates stand right before the second."""
    return any(match.end() == rate.start for match in words.finditer(text, last.end, rate.end))


def _opens(text: str, rate: Rate) -> bool:
    """Whether a sentence opens with the rate that was: "From 6 percent, Egypt has hiked … to 11"."""
    return _FROM_FIRST.fullmatch(text[: rate.start]) is not None and text.startswith(",", rate.end)


_FROM_FIRST = re.compile(r"(?:from|desde|de|du|d')\s?(?:the\s|an?\s|un\s)?")


def _highest(match: re.Match[str]) -> Rate:
    value = max(_number(match["first"]), _number(match["last"]))
    return Rate(start=match.start(), end=match.end(), value=value)


def _moved_or_range(text: str, match: re.Match[str]) -> Rate:
    """Return "from 2 to 20.8%" as a move, and "will be from 2 to 20.8%" as a range."""
    pair = _pair(match)
    if pair.former is None or not _IS.search(text[max(0, match.start() - 24) : match.start()]):
        return pair
    return pair._replace(value=max(pair.value, pair.former), former=None)


_IS = re.compile(
    r"\b(?:be|is|are|ranges?|ranging|sera[n]?|es|son|van?|iran?|oscila[n]?|est|sont|seront|vont|varie(?:nt)?)\s$"
)


def _plain(text: str, match: re.Match[str]) -> Rate:
    lead = text[max(0, match.start() - 40) : match.start()]
    stands = _FORMER_BEFORE.search(lead) is not None
    return Rate(start=match.start(), end=match.end(), value=_number(match["b"]), stands=stands)


def _pair(match: re.Match[str]) -> Rate:
    return Rate(
        start=min(match.start("a"), match.start("b")),
        end=match.end(),
        value=_number(match["b"]),
        former=_number(match["a"]),
    )


def _number(text: str) -> float:
    if text[0].isdigit():
        return float(text.replace(",", "."))
    return float(numerals.words(text))


def _without_overlaps(found: list[Rate]) -> list[Rate]:
    kept: list[Rate] = []
    for rate in sorted(found, key=lambda r: (-(r.end - r.start), r.start)):
        if all(rate.end <= other.start or rate.start >= other.end for other in kept):
            kept.append(rate)
    return sorted(kept, key=lambda r: r.start)


def _may_be_a_rate(text: str, rate: Rate) -> bool:
    if _NOT_A_RATE_AFTER.match(text[rate.end : rate.end + 60]):
        return False
    if rate.former is not None:
        return True
    return not _CHANGE_BEFORE.search(text[max(0, rate.start - 40) : rate.start])

"""Tariff facts: what one sentence says about a tariff, and nothing more.

A sentence gives a fact where it names a tariff of trade (not of electricity or taxis), says what is
done to it, and gives a rate that belongs to it, or else names who does it to whom or to what.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from bot.domain.reading import Action, Lang, TariffFact
from bot.reading import (
    actions,
    authority,
    bystanders,
    charges,
    dates,
    issuers,
    lines,
    mentions,
    origins,
    parties,
    products,
    rates,
    tariff_clauses,
    tariff_frames,
    tariff_start,
)
from bot.reading.actions import Deed
from bot.reading.alternation import listed
from bot.reading.lexicon import Cues, Lexicon
from bot.reading.lines import MAX_SENTENCE, Line
from bot.reading.mentions import Mention
from bot.reading.rates import Rate
from bot.reading.tariff_words import NOT_A_TARIFF, TARIFF, between

_STATISTIC = listed(
    r"""
    poll survey\w* respondents
    percent\sof\s(?:canadians|mexicans|americans|respondents|companies|firms) encuesta\w* sondeo
    sondage tariff\srevenues? customs\srevenues? revenue\sfrom recaudacion recettes\sdouanieres
    electricity income\stax corporate\stax sales\stax property\stax carbon\stax hydro-quebec
    impot\ssur iva\b isr\b natural\sgas\srates ticket\w* electoral seats?\b(?=\sin\sparliament)
    minimum\swage salario\sminimo salaire\sminimum interest\srates? tasa\sde\sinteres
    taux\sdirecteur (?<!by\sthe\s)bank\sof\s(?:canada|mexico) federal\sreserve banxico banque\sdu\scanada mortgage\w*
    hypothec\w+ tasa\shipotecaria odds\b probabilit\w+ probabilidad\w* likelihood\b
    chances?\sof\b chances\s(?:de\b|d') momios\b
    """,
    rest=r"\b",
)


CUES = (TARIFF, charges.PERCENT, NOT_A_TARIFF, _STATISTIC, *actions.CUES, *dates.CUES)
"""What is asked of a sentence here."""
WANTED = frozenset({TARIFF, charges.PERCENT})
"""The cues without one of which a sentence gives no tariff fact."""
_LEXICON = Lexicon(*CUES)
_Between = Callable[[str, int, int], Iterator[re.Match[str]]]


def read(text: str, *, published: date, lang: Lang = Lang.EN) -> tuple[TariffFact, ...]:
    """Return the tariff facts of a text in the order they stand.

    `published` is the day of publication in the source's zone.
    """
    found: list[TariffFact] = []
    for line in lines.of(text, _LEXICON, WANTED):
        found.extend(read_line(line, published=published, lang=lang))
    return tuple(found)


def read_line(line: Line, *, published: date, lang: Lang = Lang.EN) -> list[TariffFact]:
    """Return the tariff facts of one sentence, whose cues are known."""
    text, here = line.text, line.cues
    unnamed = here.search(TARIFF, text) is None
    if unnamed and not charges.may_tell(text):
        return []
    plain = here.blank(NOT_A_TARIFF, text)
    if plain != text and not here.search(TARIFF, plain):
        return []
    if here.search(_STATISTIC, plain):
        return []
    raw = line.given[:MAX_SENTENCE]
    whole = _Sentence(
        given=line.given,
        raw=raw,
        text=plain,
        published=published,
        lang=lang,
        cues=here,
        unnamed=unnamed,
    )
    if unnamed:
        return whole.facts()
    told = tariff_clauses.without_other_deeds(plain)
    if told != plain:
        whole = replace(whole, text=told, cues=None)
    halves = tariff_clauses.split(whole.text)
    return whole.facts() if len(halves) == 1 else _by_halves(whole, halves)


def _by_halves(whole: "_Sentence", halves: list[tuple[int, int]]) -> list[TariffFact]:
    """Read each half by itself; one that names no imposer has that of the half before."""
    found: list[TariffFact] = []
    for start, end in halves:
        text = tariff_clauses.with_tariff_named(whole.text[start:end])
        elided = bool(found) and tariff_clauses.leaves_out_subject(text)
        half = replace(
            whole,
            raw=whole.raw[start:end],
            text=text,
            cues=None,
            unnamed=TARIFF.search(text) is None,
            subject=found[-1].imposer if elided else None,
        )
        for fact in half.facts():
            if not found or _is_another(fact):
                found.append(fact)
            elif found[-1].effective_date is None:
                found[-1] = replace(found[-1], effective_date=fact.effective_date)
    return found


def _is_another(fact: TariffFact) -> bool:
    """Whether a half tells of a tariff of its own: "… and will collect the tariff" does not."""
    return bool(fact.rate_pct is not None or fact.products or fact.targets)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """A part of a sentence with a rate of its own: "25% on steel and 10% on …"."""

    rate: Rate | None
    start: int
    end: int

    def holds(self, name: Mention) -> bool:
        """Whether a name stands in it."""
        return self.start <= name.start < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sentence:
    """One sentence that names a tariff, and what can be read from it."""

    given: str
    raw: str
    text: str
    """`raw` folded, with tariffs that are no trade measure blanked."""
    published: date
    lang: Lang
    cues: Cues | None
    """The alternations that may match; None where that is not known."""
    unnamed: bool = False
    """Whether it has no word for a tariff: then it must say whose goods pay whom."""
    subject: str | None = None
    """Who acted in the half before, where this half leaves it out."""

    def facts(self) -> list[TariffFact]:
        if self.raw.rstrip(" \"'”’»)").endswith("?"):  # who asks does not tell
            return []
        figures = [rate for rate in rates.find(self.text) if self._belongs(rate)]
        new = [rate for rate in figures if not rate.stands] or figures
        standing = next((rate.value for rate in figures if rate not in new), None)
        deed = self._deed(new, standing)
        if deed is None:
            return []
        made = self._made(new, deed, standing)
        return list(dict.fromkeys(fact for fact in made if _says_enough(fact, self.text)))

    def _belongs(self, rate: Rate) -> bool:
        return _belongs(self.text, rate, charges.between if self.unnamed else between)

    def _deed(self, new: list[Rate], standing: float | None) -> Deed | None:
        if not new:
            return actions.find(self.text, cues=self.cues)
        former = new[0].former if new[0].former is not None else standing
        deed = actions.find(self.text, value=new[0].value, former=former, cues=self.cues)
        if deed is None and new[0].former is not None:
            return actions.between(new[0])
        told = deed is not None or actions.is_denied(self.text, self.cues)
        if told or not tariff_frames.may_tell(self.text):
            return deed
        return tariff_frames.find(self.text, mentions.find(self.raw, self.text, self.lang))

    def _made(self, new: list[Rate], deed: Deed, standing: float | None) -> Iterator[TariffFact]:
        """Yield the fact of each piece; what the whole sentence says goes for all of them."""
        text = self.text
        names = mentions.find(self.raw, text, self.lang)
        answered = bystanders.end_of_lead_in(text, names, deed.start)
        goods = [each for each in products.spans(text) if each[0] >= answered]
        sold = origins.of(text, names, goods)
        if self.unnamed and not sold:
            return
        whole = parties.find(text, names, deed, sold)
        statute = authority.statute(text)
        # every statute in `authority.py` is a law of the United States
        imposer = whole.imposer or ("US" if statute else None)
        if imposer is None:
            issuer = issuers.find(text)
            imposer = (None if issuer in whole.targets else issuer) or self.subject
        pieces = _pieces(text, new, [names[place].start for place in sorted(sold)])
        if pieces[0].rate is None and not _tells_without_rate(imposer, text, deed):
            return
        if (self.unnamed or deed.by_form) and not (imposer and whole.hit):
            return
        start = tariff_start.find(
            text, deed, published=self.published, lang=self.lang, cues=self.cues
        )
        fact = partial(
            TariffFact,
            action=_coming(text, deed, start, self.published),
            imposer=imposer,
            hts=authority.codes(text),
            authority=statute,
            exemptions=_exemptions(text),
            effective_date=start,
            text=self.given,
        )
        for piece in pieces:
            targets, own = whole.targets or _homes(goods), _named(goods)
            if len(pieces) > 1:
                from_here = [names[place] for place in sorted(sold) if piece.holds(names[place])]
                named = [name.code for name in from_here]
                if not named:
                    within = [name for name in names if piece.holds(name)]
                    named = list(parties.find(text, within, deed).targets)
                targets = tuple(dict.fromkeys(named)) or targets
                own = _named(each for each in goods if piece.start <= each[0] < piece.end) or own
            yield fact(
                rate_pct=_value(piece.rate, deed),
                previous_rate_pct=_former(piece.rate, standing, deed),
                targets=tuple(code for code in targets if code != imposer),
                products=own,
            )


def _coming(text: str, deed: Deed, start: date | None, published: date) -> Action:
    """Return the action: who "faces" or "pays" a tariff from a day ahead has one announced."""
    ahead = start is not None and start > published and deed.action is Action.IMPOSED
    return Action.ANNOUNCED if ahead and _FACES.match(text, deed.start) else deed.action


_FACES = re.compile(
    r"(?:fac(?:e|es|ing)|pay(?:s|ing)?|enfrentan?|pagan?|paient|paie|subi(?:t|ssent))\b"
)


def _homes(goods: Iterable[tuple[int, int, str]]) -> tuple[str, ...]:
    """Return where goods come from that no other country may make: a duty on tequila hits Mexico."""
    return tuple(
        dict.fromkeys(products.HOMES[name] for _, _, name in goods if name in products.HOMES)
    )


def _named(goods: Iterable[tuple[int, int, str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for _, _, name in goods))


def _former(rate: Rate | None, standing: float | None, deed: Deed) -> float | None:
    if rate is None or not deed.changes or deed.action in _NO_CHANGE:
        return None
    return rate.former if rate.former is not None else standing


def _value(rate: Rate | None, deed: Deed) -> float | None:
    """The new rate; of a range ("15 to 50 percent") the highest."""
    if rate is None or rate.former is None or deed.changes:
        return None if rate is None else rate.value
    return max(rate.value, rate.former)


_NO_CHANGE = frozenset({Action.EXEMPTED, Action.REMOVED})


def _pieces(text: str, figures: list[Rate], sold: list[int]) -> list[_Piece]:
    """The parts of a sentence that each have a rate of their own; `sold`: where origins of goods stand."""
    chosen, starts = figures[:1], [figures[0].start] if figures else []
    for rate in figures[1:]:
        last = chosen[-1].end
        between = text[last : rate.start]
        if rate.value == chosen[-1].value or rate.former is not None:
            continue
        joint = _JOINT.search(between)
        if joint and any(last + joint.end() <= place < rate.start for place in sold):
            chosen.append(rate)  # "30% … and Peruvian blueberries one of 20%"
            starts[-1] = 0 if len(starts) == 1 else starts[-1]
            starts.append(last + joint.end())
        elif _NEXT_PART.search(between) and (_UPON.search(between) or _parted(sold, last, rate)):
            chosen.append(rate)
            starts.append(rate.start)
    if len(chosen) < 2:
        return [_Piece(rate=chosen[0] if chosen else None, start=0, end=len(text))]
    return [
        _Piece(rate=rate, start=start, end=end)
        for rate, start, end in zip(chosen, starts, [*starts[1:], len(text)], strict=True)
    ]


def _parted(sold: list[int], last: int, rate: Rate) -> bool:
    """Whether goods of one country stand before a rate, and goods of another after it."""
    return any(last < place < rate.start for place in sold) and sold[-1] > rate.end


_JOINT = re.compile(
    r"(?:,\s|\s)(?:and|while|but|y|mientras|et|tandis\sque)\s(?:the\s|l[oa]s\s|el\s|les\s)?"
)


_NEXT_PART = re.compile(
    r"(?:,|\band\b|\by\b|\bet\b|\bwhile\b|;)\s*(?:(?:an)?other|one|otr[oa]s?|un[oa]|une?\sautres?|d'autres)?\s*(?:con|with|avec)?\s*(?:a|an|the|un|una|une|of|de|at|del|al)?\s*$"
)
_UPON = re.compile(r"\b(?:on|for|from|sobre|para|a|al|sur|pour|contre|aux?)\b")


def _belongs(text: str, rate: Rate, words: _Between) -> bool:
    """Whether a figure stands near a tariff or a verb that sets one."""
    after = next(words(text, rate.end, rate.end + 70), None)
    if after and not _BREAK.search(text[rate.end : after.start()]):
        return True
    if _PAYS.search(text[max(0, rate.start - 32) : rate.start]):
        return not charges.ELSEWHERE.search(text)
    edge = max(0, rate.start - 110)
    tariff = max((match.end() for match in words(text, edge, rate.end)), default=-1)
    figure = max((match.end() for match in _FIGURE.finditer(text, edge, rate.start)), default=-1)
    return tariff > figure


_PAYS = re.compile(
    r"\b(?:pays?|paying|paid|pagan?|pagar(?:a|an)|pagaban?|tributan?|tributar(?:a|an)|paie(?:nt|ront)?|acquitt(?:e|ent|eront)|taxed\sat|charged|cobr(?:a|an|o|aron))"
    r"\s(?:(?:now|only|just|already|up\sto|as\smuch\sas|about|an?|un|una|hasta|solo|ya|ahora|desde\shoy|jusqu'a|deja|desormais)\s){0,2}$"
)
"""Before the rate that somebody pays, the tariff being named elsewhere in the sentence."""
_FIGURE = listed(
    r"""
    unemployment jobless\w* employment inflation gdp growth sales output production prices? peso
    dollar loonie yuan shares stocks? wages approval jobs profits? revenues? economy capacity
    costs? spending demand freight deficit surplus desempleo inflacion pib crecimiento ventas
    produccion precios? dolar acciones salarios empleo ingresos economia costos? deficit remesas
    canasta chomage croissance ventes prix huard actions salaires emplois? profits revenus
    economie couts? demande compliance utili[sz]ation usage pass-through uptake aprovechamiento
    cumplimiento utilizacion utilisation conformite mortgage\w* hipotec\w+ hypothe\w+
    """,
    rest=r"\b",
)
"""Whose percentage it is, where such a word stands nearer to it than the tariff."""
_BREAK = re.compile(
    r"\b(?:because|as(?!\sthe\s$)|amid|despite|after|over|following|since|blam\w+|tras|por(?!\s(?:kilo\w*|tonelada|barril|litro|pieza|unidad|par\b|otr[oa]s|un(?:a|os|as)?\s(?:dia|semana|mes|ano|plazo|periodo)|(?:los\sproximos\s)?(?:\d+|dos|tres|cuatro|cinco|seis|nueve|doce|treinta|sesenta|noventa)\s(?:dias|semanas|meses|anos)))|ante|pese|debido|a\scausa|gracias|sous\sl'effet|du\sfait|citing|cit(?:es|ed)|thanks|owing|shielding|attribut\w+|alegando|citando|protegiendo|invoquant|attribuant|malgre|cause|apres|depuis|en\sraison|suite)\b"
)


def _says_enough(fact: TariffFact, text: str) -> bool:
    """Whether a fact tells anything: who does it, or a rate and whose."""
    if fact.rate_pct is None:
        return True  # `_tells_without_rate`, or it would not have been made
    named = fact.imposer or fact.targets or fact.products or fact.hts or fact.exemptions
    return bool(named or _GOODS.search(text))


def _tells_without_rate(imposer: str | None, text: str, deed: Deed) -> bool:
    """Whether a sentence without a rate tells anything: who does it to a tariff beside the verb."""
    if not imposer or _BREAK.search(text[max(0, deed.start - 30) : deed.start]):
        return False
    near = next(between(text, max(0, deed.start - 70), deed.end + 70), None)
    if near is None or _BREAK.search(text[max(0, near.start() - 32) : near.start()]):
        return False
    if deed.action in _MOVED and _FIGURE_NEXT.match(text, deed.end):
        return False  # what moved by so much was something else
    acts = near.end() + 1 == deed.start and deed.action in _MOVED
    return not (acts and _SOMETHING_ELSE.match(text, deed.end))


_MOVED = frozenset({Action.RAISED, Action.LOWERED})
_FIGURE_NEXT = re.compile(r"\s(?:by\s|un\s|de\s|en\s|about\s|nearly\s)?\d[\d.,]*\s?(?:%|per)")
_SOMETHING_ELSE = re.compile(
    r"\s(?!to\b|from\b|by\b|on\b|for\b|in\b|again\b|further\b|a\b|al\b|de\b|sobre\b|sur\b|en\b|aux?\b)\w"
)
"""What a tariff itself cuts or raises: "tariffs cut Canada's shipments"."""
_GOODS = re.compile(
    r"\b(?:goods|imports?|products|mercancias|importaciones|productos|bienes|marchandises|importations|produits)\b"
)
_EXCEPT = re.compile(
    r"\b(?:except(?:\sfor)?|excluding|exempting|apart\sfrom|with\s(?:an?\s)?exemptions?\sfor|salvo|excepto|con\sexcepcion\sde|sauf|a\sl'exception\sd[eu]s?)\s(?P<what>[^.;,]{3,80})"
)
_NON_COMPLIANT = re.compile(
    r"\b(?:not\s(?:compliant|covered|complying)|non-?compliant|non-usmca|outside\s(?:the\s)?usmca|(?:do|does|did)\snot\s(?:comply|meet|qualify)|no\scumpl\w+|fuera\sdel\st-mec|non\sconformes?)\b"
)


def _exemptions(text: str) -> tuple[str, ...]:
    found = [match["what"].strip() for match in _EXCEPT.finditer(text)]
    if _NON_COMPLIANT.search(text):
        found.append("treaty-compliant goods")
    return tuple(dict.fromkeys(found))

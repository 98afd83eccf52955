"""A tariff set by a verb that no table knows: "Brasil estrenó un arancel de 40% al aluminio turco".

Verbs for setting a tariff have no end; the form of the sentence has one. A country or its government
stands before the verb, a new tariff with its rate right after it, and goods of another country are
named, which the caller sees to. What is said, felt or wished of a tariff has the same form: such verbs
are known by a table. Text is folded by `even`.
"""

import re
from collections.abc import Sequence

from bot.domain.reading import Action
from bot.reading import numerals
from bot.reading.actions import Deed
from bot.reading.alternation import listed
from bot.reading.mentions import Mention
from bot.reading.tariff_verbs import WHO_ASKS

_FIGURE = rf"(?:\d[\d.,]*|{numerals.WORDS})(?:\s?%|[\s-](?:per\s?cent|por\sciento|pour\scent|pct))"
_TARIFF = r"(?:tariffs?|dut(?:y|ies)|lev(?:y|ies)|surtax(?:e|es)?|surcharge|arancel(?:es)?|gravamen|sobretasa|cuota|derechos?|impuesto|droits?|tarifs?|taxe)"
_NEW = (
    r"(?:an?|one|un|una|une|d'une?)\s(?:(?:new|fresh|extra|additional|provisional|nuevo|nueva|nouveau|nouvel|nouvelle)\s)?"
    rf"(?:{_FIGURE}\s(?:[\w-]+\s){{0,2}}?{_TARIFF}\b|{_TARIFF}\s(?:[\w-]+\s){{0,3}}?(?:of|del?|de)\s(?:up\sto\s|hasta\s)?{_FIGURE})"
)
_A_TARIFF = re.compile(rf"\b{_NEW}")
_OBJECT = re.compile(rf"(?:'s?)?\s(?P<verb>(?:[\w'-]+\s){{1,6}}?){_NEW}")
_NO_DEED = listed(
    r"""
    warn\w* threat\w* advert\w* advirt\w* averti\w* menac\w* amenaz\w*
    not never no\slonger nor want(?:s|ed)? wish\w* seek\w* sought ask\w* urge\w* oppos\w* reject\w* refus\w* critici\w+
    condemn\w* blast\w* slam\w* decr(?:y|ies|ied) denounc\w* protest\w* challeng\w* appeal\w*
    contest\w* fear\w* fac(?:e|es|ed|ing) fight\w* fought resist\w* avoid\w* escap\w* absor\w+
    welcom\w* brac\w+ surviv\w* den(?:y|ies|ied) need\w* favou?r\w* support\w* hop(?:e|es|ed|ing) call\w* say\w*
    said think\w* thought believ\w* expect\w* await\w* estimat\w* calculat\w* model\w* los(?:e|es|t)
    pay\w* paid buy\w* bought export\w* ship\w* sell\w* sold import\w* discuss\w* debat\w* negotiat\w* talk\w* spoke
    study\w* investigat\w* prob\w+ question\w* complain\w* argu\w* contend\w* claim\w* worr\w+ lament\w*
    with under despite after amid from over about against because if when whether than like without at by
    describ\w* mark\w* watch\w* cost\w* blam\w* remember\w* recall\w* mention\w* cit(?:e|es|ed|ing) compar\w* liken\w* report\w*
    forecast\w* predict\w* simulat\w* assum\w* imagin\w* suggest\w* hear\w* learn\w* know\w* knew found win\w* won offer\w* owe\w*
    accept\w* agree\w* endur\w* suffer\w* feel\w* see\w* saw get\w* got receiv\w* draw\w* drew risk\w*

    no nunca jamas pid\w+ exig\w+ quier\w+ quiso busca\w* rechaz\w+ critic\w+ conden\w+ denunci\w+ protest\w+
    impugn\w+ apel\w+ tem(?:e|en|ia|ian|io) enfrent\w+ combat\w+ evit\w+ celebr\w+ nieg\w+ nego dij\w+ dic\w+
    esper\w+ calcul\w+ estim\w+ lament\w+ cuestion\w+ debat\w+ discut\w+ negoci\w+ pag\w+ compr\w+ vend\w+ sufr\w+
    describ\w+ recuerd\w+ record\w+ menciona\w* mencion\w+ cit(?:a|o|an|aron) compar\w+ report\w+ pronostic\w+ simul\w+ supon\w+ imagin\w+
    sugier\w+ sugir\w+ sab\w+ gan\w+ ofrec\w+ culp\w+ observ\w+ considera\w* califica\w* califico
    acept\w+ acord\w+ habl\w+ argument\w+ aleg\w+ recib\w+ export\w+ padec\w+ con bajo tras ante por pese si cuando sin
    habria\w* seria\w* ve ven vio

    ne pas jamais veu\w+ veulent voulait demand\w+ reclam\w+ exig\w+ rejet\w+ refus\w+ critiqu\w+ condamn\w+ denonc\w+
    conteste\w* redout\w+ crain\w+ affront\w+ evit\w+ salu\w+ ni(?:e|ent) dit disent attend\w* deplor\w+ negoci\w+
    decri\w+ rappel\w+ evoqu\w+ compar\w+ rapport\w+ prevoi\w* simul\w+ suppos\w+ imagin\w+ suggere\w* sai\w+ gagn\w+ offr\w+ qualifi\w+
    juge\w* estim\w+ calcul\w+ observ\w+
    pai\w+ achet\w+ vend\w* subi\w* accept\w+ parl\w+ soutien\w+ recoi\w+ recu avec sous apres malgre contre sans quand
    voit voient aurait serait sur
    """,
    rest=r"\b",
)
"""What is said, felt, wished or suffered of a tariff: who does it sets none."""
_ASKS = re.compile(rf"\b{WHO_ASKS}\b")


_HEADLINE = re.compile(
    rf"\s?:\s(?:(?:an?|un|une?)\s)?(?:new\s)?(?:{_TARIFF}\s(?:of|del?|de)\s)?{_FIGURE}(?:\s(?:de\s)?{_TARIFF})?\s"
    r"(?:on|for|against|al?|sobre|contra|para|sur|contre|pour|aux?)\b"
    r"(?!\s(?:average|board|track|offer|sale|the\s(?:year|month)|el\spromedio|un\s(?:an|mois)|l'annee|l'an)\b)"
)
"""What stands after the name of who acts in a headline without a verb: "Trump: 50% on …"."""


def may_tell(text: str) -> bool:
    """Whether a folded text has a new tariff with its rate for an object; cheap."""
    return _A_TARIFF.search(text) is not None or _HEADLINE.search(text) is not None


def find(text: str, names: Sequence[Mention]) -> Deed | None:
    """Return the deed of a sentence in whose form somebody sets a tariff; None where it has another."""
    for name in names:
        headline = _HEADLINE.match(text, name.end) if not name.adjective else None
        if headline is not None and not text[: name.start].strip():
            start, end = headline.span()
            return Deed(action=Action.ANNOUNCED, start=start, end=end, by_form=True)
        match = _OBJECT.match(text, name.end) if not name.adjective else None
        if match is not None and not (
            _NO_DEED.search(match["verb"]) or _ASKS.search(match["verb"])
        ):
            start, end = match.span("verb")
            return Deed(action=Action.IMPOSED, start=start, end=end - 1, by_form=True)
    return None

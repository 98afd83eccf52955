"""Sentences that tell of two tariffs, each with a verb of its own, and of what one leads to.

"Washington raised its tariff on textiles to 50% and lowered its tariff on cars to 15%" tells of a
rise and of a cut; each half is read by itself. A half that names no one who acts has the subject of
the half before. "…, raising costs for builders" tells of no tariff: it is left out.
"""

import re

from bot.reading import bystanders
from bot.reading.alternation import Words
from bot.reading.tariff_words import TARIFF

_JOINT = re.compile(
    r",?\s(?:and|but|while|whereas|y|e|pero|mientras|et|tandis\sque|(?<!\ble\s)(?<!\bdu\s)(?<!\bau\s)(?<!\bde\s)mais)\s"
)
"""What joins two halves; after an article "mais" is maize."""
_COMMA = re.compile(r"[,;]\s(?!(?:and|but|while|whereas|y|e|pero|mientras|et|mais|tandis)\s)")
_VERB = (
    r"(?:will\s|has\s|have\s|would\s)?(?:rais|lower|cut|remov|scrapp|scrap|impos|set|slapp|exempt|suspend|hik|doubl|tripl|reduc|dropp?|put|lift|eliminat|paus|increas|levi|trimm|halv|slash|boost|repeal|charg|hit|spar|end|abolish|keep|kep|maintain)(?:e|es|s|ed|ing|ped)?\b"
    r"|(?:sub|baj|elev|redu|elimin|imp|fij|suspend|exent|exim|retir|aument|aplic|grav|duplic|recort|rebaj|quit|cobr|suprim|derog|anul|cancel|levant|congel|aplaz)(?:io|o|jo|uso|ieron|aron|jeron|usieron|ira|ara|iran|aran|a|e|en|an|ce|cen|ira|one|onen|ondra|ondran)\b"
    r"|(?:(?:a|ont)\s)?(?:relev|abaiss|redui|supprim|impos|suspend|exempt|port|hauss|doubl|elimin|lev|retir|augment|baiss|fix|appliqu|tax|ramen|ramene)(?:e|ent|t|ra|era|eront|u|sent|sait|ront)?\b"
)
_STARTS = Words(rf"\b(?:{_VERB})")
_THREATENS = re.compile(
    r"\b(?:vow(?:s|ed)|threaten(?:s|ed)|promis(?:es|ed)|pledg(?:es|ed)|amenaz(?:a|o|aron)|prometi(?:o|eron)|menac(?:e|ent)|promet(?:tent)?|a\s(?:menace|promis))\b"
)
"""A half of threats has its verb from here: what was done in the half before is no threat."""
_SAYS_MORE = re.compile(
    r"(?:(?!that|which|who|que|qui|lo\s|ce\s)[\w.'-]+\s){0,3}?(?:said|says|warn(?:s|ed)|added|told|(?:may|might|could)(?=\s(?:\w+\s)?(?:rais|lift|lower|remov|impos|add|go|follow|extend|doubl|cut|end|drop|scrap))"
    r"|dijo|dice|advirt\w+|advierte|agreg(?:o|a)|podria[n]?(?=\s\w+r\b)|a\s(?:dit|averti|ajoute)|avertit|previent|pourrai(?:t|ent)(?=\s\w+r\b))\s"
)
"""A clause on what may come, or what is said of it, after one on what is done."""
_ITS_OWN = re.compile(
    r"(?<=%)\sones?\b|\b(?:(?:its|his|her|their)\sown|those(?=\son\b)|(?:el|la)\ssuy[oa]|(?:los|las)\ssuy[oa]s|(?:el|los)\sdel?(?=\s)"
    r"|(?:un[oa]|un|une|one)\s(?:de|of)(?=\s\d)|celui(?=\s(?:sur|des|du|de|visant)\b)|ceux(?=\s(?:sur|visant)\b)|les?\ssiens?)\b"
)
"""What stands for the tariff of the half before."""
_FOR_TARIFF = "duty"
SUBJECT = 40
"""Characters that the subject of a half can take before its verb."""
_OBJECT = 60
"""Characters from the verb of a half to the end of its word for a tariff."""


def split(text: str) -> list[tuple[int, int]]:
    """Return the halves of a folded sentence as (start, end); one where it tells of one tariff."""
    edges, opening = [0], bystanders.lead_in(text)
    joints = sorted(
        [*_JOINT.finditer(text), *_COMMA.finditer(text)], key=lambda found: found.start()
    )
    for joint in joints:
        here, there = (edges[-1], joint.start()), (joint.end(), len(text))
        if joint.end() == opening or not _tells(text, *here):
            continue
        rated = joint[0].strip(" ,;") and _is_rated(text, *here) and _is_rated(text, *there)
        if rated and _tells(text, *there):
            verb = _STARTS.search(text, joint.end(), joint.end() + SUBJECT)
            if verb is not None and _is_subject(text[joint.end() : verb.start()]):
                edges.append(joint.end())
        elif _SAYS_MORE.match(text, joint.end()) or _acts_on_another(text, joint.end()):
            edges.append(joint.end())
    return list(zip(edges, [*edges[1:], len(text)], strict=True))


def leaves_out_subject(half: str) -> bool:
    """Whether a half begins with its verb, or with a pronoun, so that who acts stands before."""
    verb = _STARTS.search(half, 0, SUBJECT) or _THREATENS.search(half, 0, SUBJECT)
    return verb is not None and _PRONOUN.fullmatch(half[: verb.start()]) is not None


def with_tariff_named(half: str) -> str:
    """Return a half with a word for a tariff where it says "its own" or "celui", of the same length."""
    if TARIFF.search(half):
        return half
    return _ITS_OWN.sub(lambda found: _FOR_TARIFF.ljust(len(found[0]))[: len(found[0])], half)


def without_other_deeds(text: str) -> str:
    """Return a folded sentence with the verbs blanked that change something else than a tariff.

    "…, raising costs for buyers", "and suspended the permits of three plants": what is cut, raised
    or ended there is no tariff.
    """
    for found in _CHANGES.finditer(text):
        start, end = found.span()
        if (
            _THING.match(text, end)
            and not _PASSIVE.search(text, max(0, start - 20), start)
            and not _IN_CONDITION.search(text, max(0, start - 40), start)
            and not _has_tariff_for_object(text, end)
            and not _MATTER.search(text[end : end + _OBJECT].split(",", maxsplit=1)[0])
        ):
            text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    return text


_CHANGES = re.compile(
    r"\b(?:(?:rais|lower|cutt?|remov|scrapp?|suspend|lift|end|dropp?|doubl|reduc|increas|paus|freez|eliminat|delay|halt|block|cancell?|slash|trimm?|postpon|shelv|boost|hik|halv|squeez|wip|eras)(?:e|es|ed|s|ing)?|cut|froze|withdr(?:ew|aws)"
    r"|(?:reduj?|suspend|elimin|levant|recort|retir|baj|sub|elev|aument|duplic|cancel|congel|aplaz|paus|quit|bloque|increment|encarec|termin)(?:o|io|a|e|ce|ieron|aron|eron|an|en|ando|iendo|ciendo)|(?:puso|pone|pusieron)\sfin\sal?"
    r"|(?:redui|suspend|supprim|lev|retir|baiss|abaiss|relev|hauss|augment|doubl|annul|gel|report|bloqu|elimin)(?:t|e|ent|ant|sant|u|sent)?|(?:met(?:tent)?|mis)\sfin\s(?:aux?|a))\b"
)
_THING = re.compile(
    r"\s(?!california\b)(?!(?:to|from|by|on|in|at|for|of|with|and|or|as|after|until|again|further|back|up|down|out|it|them|both|this|that|those|these|a\s\d|al?|de|del|des|du|en|hasta|sobre|para|por|con|desde|y|e|lo|los\s\d|jusqu|pour|avec|aux?|sur|et|dans|entre|between)\b)(?:l'|d')?[a-z]"
)
"""What a verb acts on, standing right after it."""
_PASSIVE = re.compile(
    r"\b(?:was|were|be|been|being|is|are|gets?|fue|fueron|ser|sera|seran|sido|es|son|queda\w*|se|est|sont|ete|etre|seront)\s(?:\w+\s)?$"
)
_IN_CONDITION = re.compile(r"\b(?:if|unless|should|si)\s(?:[\w'-]+\s){0,4}$")
"""What others may do: it makes the tariff a threat."""
_MATTER = re.compile(
    r"\b(?:rates?|measures?|hikes?|increases?|implementation|application|collection|enforcement|start|effective|entry|effect|order|proclamation|plans?|moves?|action|penalt\w+|sanctions?|exempt\w+|exclusions?|deadline|section|import\w*|those|what\sit"
    r"|tasas?|medidas?|alzas?|aumentos?|aplicacion|cobro|inicio|entrada|vigencia|orden|decreto|impuestos?|cuotas?|gravam\w*|pagos?|carga"
    r"|taux|mesures?|hausses?|perception|entree|decret|exoneration|droits?|taxes?)\b"
)
"""What stands for a tariff, or belongs to it."""
_PRONOUN = re.compile(
    r"\s*(?:(?:it|they|then|also|in\sturn|luego|tambien|il|elle|aussi|ensuite)\s)*"
)


def _tells(text: str, start: int, end: int) -> bool:
    """Whether a part holds a tariff and a verb that changes it."""
    part = text[start:end]
    if TARIFF.search(part) is None:
        return False
    return _STARTS.search(part) is not None or _THREATENS.search(part) is not None


def _is_rated(text: str, start: int, end: int) -> bool:
    return any(sign in text[start:end] for sign in ("%", "cent", "cient"))


def _acts_on_another(text: str, start: int) -> bool:
    """Whether a clause begins with a verb whose object is a tariff: ", scraps its levy on citrus"."""
    limit = start + SUBJECT
    verb = _THREATENS.search(text, start, limit) or _STARTS.search(text, start, limit)
    if verb is None or verb[0].endswith("ing") or not _is_subject(text[start : verb.start()]):
        return False
    if text.startswith((" back", " up", " to "), verb.end()):
        return False
    return _has_tariff_for_object(text, verb.end())


def _has_tariff_for_object(text: str, start: int) -> bool:
    """Whether a verb that ends there is followed by a tariff: "its levy", "el suyo", "20% a las pilas"."""
    reach = start + _OBJECT
    named = TARIFF.search(text, start, reach) or _ITS_OWN.search(text, start, reach)
    told = named is not None and _BETWEEN.fullmatch(text[start : named.start()]) is not None
    return told or _RATE_ON.match(text, start) is not None


_RATE_ON = re.compile(
    r"\s(?:an?\s|the\s|un\s|une\s|el\s|con\s|with\s)?\d[\d.,]*\s?(?:%|percent|per\scent|por\sciento|pour\scent)\s(?:ones?\s)?(?:on|a|al|sobre|sur|aux?)\s"
)
_BETWEEN = re.compile(
    r"(?:\s(?:on|el|le)\s\d{1,2}(?:er)?\s(?:de\s)?[a-z]+(?:\s(?:de\s)?20\d\d)?)?\s(?:(?!(?:as|because|amid|over|after|despite|since|that|costs?|prices?|concerns?|sales|que|costos?|precios?|prix|couts?)\b)[\w.,%'-]+\s?){0,6}"
)
_SUBJECT = re.compile(
    r"(?:(?:the|el|la|los|le|les|l'|in\sturn|then|also|luego|ensuite)\s?)*(?:[\w.'-]+\s){0,3}"
)
_OTHER_WORDS = re.compile(
    r"[%,]|\d|\b(?:on|of|to|at|for|from|sobre|de|a|al|sur|du|des|que|that|if|unless|si|who|which|qui|not|no|ne|never|nunca"
    r"|may|might|could|would|podria|puede|pourrait|peut|said|says|told|warn\w*|dijo|dice|advirt\w+|dit|affirm\w+|ask\w*|urg\w+|wants?|pid\w+|demand\w*)\b"
)


def _is_subject(words: str) -> bool:
    return _SUBJECT.fullmatch(words) is not None and _OTHER_WORDS.search(words) is None

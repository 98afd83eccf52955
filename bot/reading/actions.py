"""What a sentence says is done to a tariff, in text folded by `even`.

Several verbs can stand in one sentence ("announced it will suspend the retaliatory tariffs"); the
order of `_ORDER` decides which of them is the action.
"""

import re
from dataclasses import dataclass

from bot.domain.reading import Action
from bot.reading import rates
from bot.reading.alternation import Words
from bot.reading.lexicon import Cues, Lexicon
from bot.reading.rates import Rate
from bot.reading.tariff_verbs import END_OF_RELIEF, NO_ACTION, RULES, WHO_ASKS

_CONDITION_RELIEF = Words(
    r"\b(?:except|excluding|exempting|apart\sfrom|but\sexempt\w*|but\sspared?|with\s(?:an?\s)?exempt\w+|salvo|excepto|con\sexcepcion|sauf|a\sl'exception|non-|while\ssparing|leaving\sout)"
)

_ORDER = (
    Action.THREATENED,
    Action.EXEMPTED,
    Action.SUSPENDED,
    Action.REMOVED,
    Action.RETALIATORY,
    Action.RAISED,
    Action.LOWERED,
    Action.ANNOUNCED,
    Action.IMPOSED,
)
CUES = (*RULES.values(), NO_ACTION, END_OF_RELIEF)
"""What is asked of a sentence here."""
_LEXICON = Lexicon(*CUES)
_ENACTING = (Action.RAISED, Action.LOWERED, Action.ANNOUNCED, Action.IMPOSED, Action.RETALIATORY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """The action of a sentence and where its verb stands."""

    action: Action
    start: int
    end: int
    changes: bool = False
    """Whether a rate is said to rise or fall; else two rates are a range."""
    by_form: bool = False
    """Whether no verb tells it, but the form of the sentence: see `tariff_frames.py`."""


_LEAD_IN = re.compile(
    r"in\s(?:response|answer|reply|revenge)|en\s(?:respuesta|reponse)|represalia|represailles|reprisal|tit-for-tat|in\skind"
    r"|should\s|were\s|in\scase|absent|barring|failing|without|faute|en\scas|de\sno\s|por\ssi|sin\sun|salvo\sacuerdo|advenant"
)
"""What a match begins with that is half-way to the deed: “in response to …”, “should …”, “absent a deal …”."""


def find(
    text: str,
    *,
    value: float | None = None,
    former: float | None = None,
    cues: Cues | None = None,
) -> Deed | None:
    """Return what a folded text says is done to a tariff; None where nothing is.

    `value` and `former` are the new rate and the one before: they tell a rise from a cut. `cues`
    are those of CUES that the text may hold, where that is known.
    """
    if is_denied(text, cues):
        return None
    here = _LEXICON.present(text) if cues is None else cues
    found = {
        action: match
        for action in _ORDER
        if (match := here.search(RULES[action], text)) is not None
    }
    changes = Action.RAISED in found or Action.LOWERED in found
    if value == 0 and former is None and Action.REMOVED in found:
        _dropped(found)
    if value is not None and former is not None and value != former:
        becomes = rates.BECOMES.search(text) or rates.INSTEAD.search(text)
        if becomes and not changes:
            found[Action.RAISED], changes = becomes, True
        changes = changes or bool(value and _dropped(found))
        if changes:
            _direct(found, rises=value > former)
    _settle(found, text, here.search(END_OF_RELIEF, text))
    threat = found.get(Action.THREATENED)
    if threat and _WEAK_THREAT.match(threat.group()) and _is_no_threat(text, threat):
        del found[Action.THREATENED]
    for action in _ORDER:
        match = found.get(action)
        if match and action in _LED_IN and _LEAD_IN.match(match.group()):
            match = _after_lead_in(found, action, match, text)
        if match:
            return Deed(action=action, start=match.start(), end=match.end(), changes=changes)
    return None


def is_denied(text: str, cues: Cues | None = None) -> bool:
    """Whether a folded text says that nothing is done, or who would like it done."""
    here = _LEXICON.present(text) if cues is None else cues
    return here.search(NO_ACTION, text) is not None


def between(rate: Rate) -> Deed | None:
    """Return the rise or the cut that two rates tell without a verb: "from 20 to 10 percent"."""
    if rate.former is None or rate.former == rate.value:
        return None
    action = Action.RAISED if rate.value > rate.former else Action.LOWERED
    return Deed(action=action, start=rate.start, end=rate.end, changes=True)


def _dropped(found: dict[Action, re.Match[str]]) -> bool:
    """Take what is "dropped" from one rate to another for a cut."""
    verb = found.pop(Action.REMOVED, None)
    if verb is not None:
        found[Action.LOWERED] = verb
    return verb is not None


_LED_IN = frozenset({Action.RETALIATORY, Action.THREATENED})


def _after_lead_in(
    found: dict[Action, re.Match[str]], action: Action, lead: re.Match[str], text: str
) -> re.Match[str]:
    """The verb of the sentence that "in response" or "should talks fail" leads in."""
    verbs = [found[a] for a in _ENACTING if a in found and a is not action]
    later = [verb for verb in verbs if verb.start() > lead.end()]
    if action is Action.THREATENED:
        again = RULES[action].search(text, lead.end())
        return min(
            [*later, *([again] if again else [])], key=lambda verb: verb.start(), default=lead
        )
    return min(later or verbs, key=lambda verb: verb.start(), default=lead)


_WEAK_THREAT = re.compile(r"warn|advirt|adviert|averti")
_BYSTANDER = re.compile(
    rf"\b(?:{WHO_ASKS}|economists?|analysts?|retailers?|brokers?|importers?|executives?|economistas|analistas|importadores|agentes|economistes|analystes|importateurs|courtiers|detaillants)\s(?:[\w.'-]+\s){{0,5}}$"
)
"""Those who may warn but impose nothing, before the verb: analysts, importers, retailers."""


def _is_no_threat(text: str, warned: re.Match[str]) -> bool:
    """Whether nothing may come of a warning, or those warn who impose nothing."""
    lead = text[max(0, warned.start() - 70) : warned.start()]
    return not _POSSIBLE.search(text) or _BYSTANDER.search(lead) is not None


_POSSIBLE = re.compile(
    r"\b(?:will|would|could|may|might|if|unless|of\s(?:a\s|new\s|more\s)?(?:tariffs?|dut\w+|lev\w+|surtax\w*|\d[\d.]*)|podri\w+|si|impondr\w+|responder\w+|con\s(?:imponer|un\sarancel|aranceles)|pourrai\w+|imposer\w*|de\sdroits|\w+ria|\w+ra|\w+ran|\w+ront|\w+rait)\b"
)
"""A warning is a threat where something may come of it; "brokers warned" of what is in force is none."""


def _direct(found: dict[Action, re.Match[str]], *, rises: bool) -> None:
    """Two rates tell the direction better than any verb of change."""
    right, wrong = (Action.RAISED, Action.LOWERED) if rises else (Action.LOWERED, Action.RAISED)
    verb = found.pop(wrong, None)
    if verb is not None:
        found.setdefault(right, verb)
    found.pop(Action.REMOVED, None)
    relief = found.get(Action.SUSPENDED)
    if relief is not None and _RESPITE.match(relief.group()):
        del found[Action.SUSPENDED]


_RESPITE = re.compile(r"(?:reprieve|truce|respiro|repit|treve|tregua)\b")
"""What a cut may be called too."""


def _settle(found: dict[Action, re.Match[str]], text: str, ended: re.Match[str] | None) -> None:
    """Take out verbs that another one outweighs; `ended` is where a relief ends."""
    exempt = found.get(Action.EXEMPTED)
    if exempt:
        earlier = [found[a] for a in _ENACTING if a in found and found[a].start() < exempt.start()]
        lead = text[max(0, exempt.start() - 14) : exempt.end() + 4]
        if ended or (earlier and _CONDITION_RELIEF.search(lead)):
            del found[Action.EXEMPTED]
    if ended:
        found.pop(Action.REMOVED, None)
        found.pop(Action.SUSPENDED, None)
        found.setdefault(Action.IMPOSED, ended)

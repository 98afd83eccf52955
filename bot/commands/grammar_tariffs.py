"""The part of the grammar about the tariff ledger. Pure."""

import re
from collections.abc import Mapping

from bot.alerts import days
from bot.commands import verbs
from bot.commands.asked import Parsed, Problem, Unclear
from bot.commands.asked_tariffs import OneTariff, Tariffs
from bot.commands.verbs import Verb
from bot.services.tariffs import TariffAct

_ON = re.compile(r"(?:^|\s)(?:on|el|le|al|au)\s*[:=]\s*(?P<day>\S.*?)\s*$", re.IGNORECASE)
_NUMBERED = re.compile(r"^#?(?P<number>\d{1,18})(?:\s+(?P<act>\S+))?$")

_ACTS: Mapping[str, TariffAct] = {
    **dict.fromkeys(
        ("confirm", "right", "confirmar", "confirma", "confirmer", "confirme"), TariffAct.CONFIRM
    ),
    **dict.fromkeys(
        ("dismiss", "wrong", "descartar", "descarta", "ecarter", "ecarte"), TariffAct.DISMISS
    ),
    **dict.fromkeys(("reopen", "undo", "reabrir", "rouvrir", "annuler"), TariffAct.REOPEN),
}


def parse(rest: str, page: int) -> Parsed:
    """Return what the words after ``tariffs`` ask."""
    numbered = _NUMBERED.match(rest)
    if numbered is not None:
        row_id, said = int(numbered["number"]), numbered["act"]
        if said is None:
            return OneTariff(row_id=row_id)
        act = _ACTS.get(verbs.fold(said))
        if act is None:
            return Unclear(verb=Verb.TARIFFS, problem=Problem.NO_TARIFF_ACT, word=said[:80])
        return OneTariff(row_id=row_id, act=act)
    found = _ON.search(rest)
    if found is None:
        return Tariffs(narrowed=rest, page=page)
    day = days.read(found["day"])
    if day is None:
        return Unclear(verb=Verb.TARIFFS, problem=Problem.NO_DAY, word=found["day"][:80])
    return Tariffs(narrowed=rest[: found.start()].strip(), on=day, page=page)

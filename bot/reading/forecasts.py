"""What somebody hopes for, foresees or does not await by a day: it binds nobody."""

import re

from bot.reading import bound
from bot.reading.bonds import Bond, Site
from bot.reading.deadline_cues import Relation

_WOULD = re.compile(
    r"\s(?:would|might|could)\s(?!(?:have\sto|need\sto|be\s(?:required|subject|imposed|raised|hit|levied|charged))\b)"
    r"|\s(?:calmar|ayudar|dar|servir|ser|danar|evitar)ian?\b|\s(?:serait|aiderait|calmerait|donnerait|rassurerait|eviterait)\b"
)
"""What would follow if it came by then: "a decision before Christmas would calm markets"."""
_HOPES = re.compile(
    r"\b(?:hop(?:es?|ed|ing)\s(?:for|to(?!\s(?:speak|testify|appear|attend|comment|participate|take\spart)\b)|that)|espera[n]?\s(?:que|lograr|cerrar|concluir|tener)|esper(?:e|ent)\s(?:que|qu'|conclure|boucler|obtenir)|souhait(?:e|ent)\s(?:conclure|boucler|obtenir|que))\b"
)
"""What somebody hopes for by a day binds nobody either."""
_NOT_BEFORE = re.compile(
    r"\b(?:un|not\s|isn't\s|aren't\s|no\s[^,;]{2,60}?\s(?:is|are|was|were)\s)(?:\w+\s)?(?:likely|expected|anticipated|foreseen|planned|to\sbe\sexpected)\b[^,;]{0,60}?\s(?:before|until|till)\s(?:the\s)?$"
    r"|\b(?:(?:will|would|may|might|could)\snot|won't|wouldn't|can't)\s(?:be\s)?(?:know|known|learn|ready|done|complete|completed|finished|see|hear)\b[^,;]{0,60}?\s(?:before|until|till)\s(?:the\s)?$"
    r"|\b(?:no\sse\s(?:espera|esperan|preve|preven|anticipa|vislumbra|sabra)|(?:poco\sprobable|improbable|dificil)\sque|no\s(?:esta|estan)\s(?:previst|programad|contemplad)[oa]s?|no\s(?:habra|estara[n]?\slist[oa]s?))\b[^,;]{0,80}?\s(?:antes\sdel?|hasta)\s(?:el\s|la\s)?$"
    r"|\b(?:pas\s(?:attendu|prevu|envisage|anticipe)(?:e|s|es)?|peu\sprobable|on\sn'attend\s(?:pas|aucun\w*)|aucun\w*\s[^,;]{2,60}?\sn'est\s(?:attendu|prevu)e?|ne\ssera\spas\s(?:connue?|prete?))\b[^,;]{0,60}?\s(?:avant)\s(?:le\s|la\s)?$"
)
"""What nobody awaits any sooner: "no final rule is expected before …", a limit to nobody."""
_FORECAST = re.compile(
    r"\b(?:we\s(?:could|may|might)\b|podriamos\b|(?:on|nous)\spourr(?:ait|ions)\b|chances?\sof|odds\b|probabilit\w+|likelihood|predict(?:s|ed)?\b|forecasts?\b|projections?\b|outlook\b|(?:analysts?|economists?|strategists?|investors?|traders|brokers|markets?)\b[^.;]{0,60}\b(?:expects?|sees?|could|may|might|thinks?|believes?|estimates?|reckon)\b|at\s(?:the\scurrent|this)\s(?:pace|rate)|a\seste\sritmo|al\sritmo\sactual|(?:a\sce|au)\srythme\b"
    r"|probabilidad\w*|pronostic\w+|proyeccion\w*|(?:analistas?|economistas?|inversionistas?|mercados?)\b[^.;]{0,60}\b(?:espera|esperan|preven?|podri\w+|estima|estiman|ve[n]?)\b"
    r"|previsions?\b|pronosti\w+|chances\squ\w+|prevoi(?:t|ent)\s(?:l'industrie|les\s\w+)|(?:analystes?|economistes?|investisseurs?|marches)\b[^.;]{0,60}\b(?:prevoi(?:t|ent)|pourrai\w+|s'attend\w*|estime(?:nt)?|croi(?:t|ent))\b)"
)
"""What somebody thinks will come binds nobody: "the chance of a deal within 12 months"."""


def is_hoped(site: Site, bond: Bond) -> bool:
    """Whether somebody wishes or hopes for what the date binds, or only says what it would bring."""
    if bond.relation is not Relation.FORCE and _NOT_BEFORE.search(site.before):
        return True
    if bound.is_wished(site) or (not bond.strong and _WOULD.match(site.after)):
        return True
    return bond.relation is Relation.DUE and _HOPES.search(site.before) is not None


def is_forecast(site: Site) -> bool:
    """Whether the sentence tells what somebody thinks will come."""
    return _FORECAST.search(site.text) is not None

"""Meetings and votes told by a verb: ministers meet, a committee sits, a commission votes.

The verbs are everybody's: what binds the day is who meets, and that the sentence is about trade.
"""

import re

from bot.reading.alternation import Words, listed
from bot.reading.bonds import Site

_MEETS = listed(
    r"""
    (?:ministers|negotiators|officials|envoys|delegations|teams|chiefs|representatives|leaders|counterparts|committee|commission|council|group|sides|secretar(?:y|ies)|ambassadors|experts)\s(?:\w+\s){0,4}?(?:will\s(?:again\s)?)?(?:meets?|sits?|convenes?|gathers?|huddles?)\b
    (?:commission(?:ers)?|(?:us)?itc|committee|tribunal|senate|house|congress|parliament|lawmakers|panel)\s(?:\w+\s){0,2}?(?:votes?|debates?)\b
    (?:president|prime\sminister|minister|secretary|representative)\s(?:\w+\s){0,3}?(?:will|to)\s(?:meet|sit\sdown|receive|host)\b
    (?:sides|ministers|negotiators|officials|teams|delegations|governments|capitals|countries)\s(?:\w+\s){0,4}?(?:talk|speak|meet)\sagain\b
    (?:are|is|will\sbe|get|gets)\sback\s(?:in|at)\b return(?:s)?\sto\sthe\s(?:negotiating\s|bargaining\s)?table
    (?:meetings?|session|talks|summit|gathering)\s(?:of\s(?:[\w-]+\s){1,5}?)?(?:(?:is|are)\s)?(?:now\s)?(?:set|scheduled|planned|slated|called|booked)\s(?:for|on)\b

    mesas?\s(?:\w+\s){0,5}?se\sinstalar(?:a|an)\b (?:se\s)?reunir(?:a|an)\b sesionar(?:a|an)\b volver(?:a|an)\sa\s(?:la\smesa|sentarse|reunirse|verse)\b se\s(?:reune|reunen|veran)\b
    (?:comision|comite|unimse|usitc|itc|tribunal|senado|congreso|camara|panel|legisladores|diputados)\s(?:\w+\s){0,2}?(?:vota(?:ra|ran|n)?|discut(?:a|an|e|en|ira|iran)|debat(?:a|an|e|en|ira|iran))\b
    (?:reunion|sesion|encuentro|cumbre)\s(?:esta\s)?(?:previst|programad|fijad|agendad|convocad)[oa]\s(?:para|el)\b

    (?:ministre|president|presidente|representant)\s(?:[\w'-]+\s){0,3}?(?:rencontrer|rencontrera|recevra|accueillera)\b
    se\s(?:reuniss?ent|reunit|reunir(?:a|ont)|rencontr(?:ent|eront)|retrouv(?:ent|eront|era))\b sieg(?:e|ent|era|eront)\b
    retourn(?:ent|eront|era)\sa\sla\stable (?:reunion|seance|rencontre|sommet)\s(?:est\s)?(?:prevu|fixe|programme|convoque)e?\s(?:pour|au|le)\b
    (?:commission|comite|tribunal|senat|congres|parlement|deputes|elus|groupe\sspecial)\s(?:\w+\s){0,2}?(?:vote(?:ra|ront|nt)?|debat(?:te|tent|tra|tront|))\b
    """
)
"""Those who negotiate or decide on trade, with a verb of meeting or voting."""
_TRADE = Words(
    r"\b(?:trade|tariffs?|dut(?:y|ies)|customs|imports?|exports?|usmca|cusma|pact|rules\sof\sorigin|dumping|subsid\w+|injur\w+|quotas?|surtax\w*|steel|alumini?um|lumber|dairy|sugar|tomato(?:es)?|autos?|commerce|ustr|to\sthe\s(?:\w+\s)?table|joint\sreview|talks|negotiat\w+"
    r"|comerci\w+|arancel\w*|aduan\w*|importacion\w*|exportacion\w*|t-mec|tmec|tratado|reglas\sde\sorigen|antidumping|dano|cupos?|acero|aluminio|jitomate|tomate|azucar|lacteos|usitc|unimse|negociador\w*|revision\sdel|washington"
    r"|commerc\w+|tarif\w*|droits\sde\sdouane|douan\w*|aceum|traite|regles\sd'origine|antidumping|prejudice|contingents?|surtaxes?|acier|bois\sd'(?:œuvre|oeuvre)|laitiers?|sucre|negociat\w+|examen\sconjoint)\b"
)
"""What makes a meeting one about trade."""
_OTHERWISE = re.compile(
    r"\b(?:press|presse|prensa|reporters|voters|fans|union\smembers|shareholders|faithful|wedding|if|si|unless|could|may|might|podrian?|pourrai(?:t|ent))\b"
)
"""Who is met is no party to it, or nothing is settled yet."""
CUES = (_MEETS,)
"""What is asked of a site here."""
TELLING = frozenset(CUES)


def is_told(site: Site) -> bool:
    """Whether a verb tells of a meeting or a vote on trade on that day."""
    if site.search(_MEETS, site.before) is None and site.search(_MEETS, site.after) is None:
        return False
    return _TRADE.search(site.text) is not None and _OTHERWISE.search(site.text) is None

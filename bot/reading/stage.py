"""How far an event has come: from a threat to a tariff in force, and its end.

The source decides first: what the Federal Register or the Diario Oficial prints is published, a CSMS
message is guidance. Otherwise the wording of title and summary does, and the facts read from them.
"""

import re
from collections.abc import Sequence
from datetime import date

from bot.domain.entry import Entry
from bot.domain.feed import Tier
from bot.domain.reading import Action, DeadlineFact, DeadlineKind, Stage, TariffFact
from bot.reading.alternation import Words, listed
from bot.reading.even import even
from bot.reading.lexicon import Cues, Lexicon

MAX_TEXT = 1_200
"""Characters of title and text that are looked at: the event stands at the top."""
MAX_TITLE = 400
"""Characters of the title that are looked at first, by themselves."""

_REVOKED = listed(
    r"""
    revok(?:e|es|ed|ing)\b rescind(?:s|ed|ing)?\b repeal(?:s|ed|ing)?\b
    str(?:ikes|uck|iking)\sdown invalidat(?:es|ed|ing) void(?:s|ed)\b overturn(?:s|ed)
    quash(?:es|ed) scrap(?:s|ped)\b(?!\smetal)
    (?:lift|remov|eliminat|abolish|withdr[ae]w|terminat|axe|drop)(?:s|es|ed|ped|ing)?\s(?:\w+\s){0,4}(?:tariffs?|dut(?:y|ies)|surtax(?:es)?|lev(?:y|ies)|counter-?tariffs?|ban|measures?)

    derog(?:a|o|an|aron)\b abrog(?:a|o)\b (?:queda|quedan|dejo|deja)\ssin\sefectos?
    revoc(?:a|o|an|aron)\b invalid(?:a|o|an|aron)\b anul(?:a|o|an|aron)\b
    (?:elimin|retir|levant|suprim)(?:a|o|an|aron|e|io|ieron)\s(?:\w+\s){0,4}(?:arancel\w*|cuotas?|contraarancel\w*|medidas?|gravamen\w*)

    abrog(?:e|ent|es|ee|ees)\b (?:a|ont)\s(?:abroge|annule|invalide|revoque) annul(?:e|ent)\s
    invalid(?:e|ent)\s revoqu(?:e|ent|es)\b
    (?:supprim|lev|retir|elimin)(?:e|ent|es|ee|ees|era)\s(?:\w+\s){0,4}(?:droits|surtaxes?|tarifs|contre-tarifs|mesures?)
    """
)
"""A measure is taken back, repealed or struck down."""
_STAYED = listed(
    r"""
    stay(?:s|ed)\s(?:the\s|its\s|a\s|all\s|most\s|enforcement|ruling|order) stay\s(?:of|pending)
    (?:court|judge|panel|circuit)\s(?:\w+\s){0,6}(?:block(?:s|ed)|enjoin(?:s|ed)|halt(?:s|ed)|paus(?:es|ed)|stay(?:s|ed)|suspend(?:s|ed)|freez(?:es)|froze)
    injunction\b enjoin(?:s|ed)\b

    (?:juez|jueza|tribunal|corte)\s(?:\w+\s){0,5}(?:bloque\w+|suspend\w+|fren\w+)
    suspension\sprovisional amparo\sconced\w+
    (?:tribunal|juge|cour)\s(?:\w+\s){0,5}(?:suspend\w*|bloqu\w+|gel\w+) injonction\b
    """
)
"""A court halts it."""
_SUSPENDED = listed(
    r"""
    suspend(?:s|ed|ing)?\s(?!from) suspension\s(?:of|is|was|will) paus(?:es|ed|ing)\b on\shold\b
    postpon(?:es|ed)
    delay(?:s|ed)\s(?:\w+\s){0,4}(?:tariffs?|dut(?:y|ies)|increase|lev(?:y|ies)|measures?|rules?|surtax)
    (?:reprieve|truce)\b freez(?:es)\s froze\s

    suspend(?:e|en|io|ieron|era)\b suspendid[oa]s?\b pausa\b pausan?\b pauso\b
    aplaz(?:a|o|an|aron)\b pospone\w* pospuso\b congel(?:a|o)\b tregua\b suspension\sdel?\b
    prorrog(?:a|o)\sla\ssuspension

    suspend(?:ent|u|ue|us|ues)?\b en\spause\b
    report(?:e|ent|es|ee|ees)\s(?:l'entree|la\shausse|les\sdroits|sa|ses|la\smise)
    gel(?:e|ent)\s(?:les|ses|la) sursis\b treve\b
    """
)
"""It is put off or paused."""
_IN_FORCE = listed(
    r"""
    (?:took|takes?|taken)\seffect\b(?!\s(?:on|in|next|later)) took\seffect
    (?:went|came|is\snow|are\snow|now|already|been|are|is|remain|remains)\sin(?:to)?\s(?:effect|force|place)\b
    in\splace\ssince in\s(?:effect|force)\ssince
    (?:entered|enters)\sinto\sforce\s(?:today|tuesday|on\s) entered\sinto\sforce kicked\sin
    now\s(?:pay|face|apply) (?:began|begun|started)\s(?:collecting|charging|applying|paying)
    (?:tariffs?|dut(?:y|ies)|lev(?:y|ies)|surtax(?:es)?)\s(?:are|is)\snow\b enforc(?:es|ed|ing)\b
    (?:lapsed|expired)\b

    entr(?:o|aron)\sen\svigor (?:ya\s)?(?:esta|estan)\s(?:ya\s)?(?:en\svigor|vigentes?)
    entr(?:a|an)\shoy\sen\svigor entr(?:a|an)\sen\svigor\shoy ya\s(?:se\s)?(?:paga|cobra|aplica)n?
    vigente\sdesde en\svigor\sdesde desde\s[^.]{3,40}\sse\s(?:cobra|aplica)n? surtio\sefectos?

    (?:est|sont)\s(?:desormais\s|maintenant\s)?(?:en\svigueur|entres?\sen\svigueur|entrees?\sen\svigueur)
    en\svigueur\sdepuis (?:a|ont)\spris\seffet s'appliquent?\sdepuis
    entrent\sen\svigueur\saujourd'hui
    """
)
"""It applies already, or applied until it lapsed."""
_SIGNED = listed(
    r"""
    sign(?:s|ed|ing)\s(?:an?\s|the\s|two\s|his\s|into\slaw|executive|orders?|proclamations?|off)
    executive\sorder\s(?:signed|raising|imposing) proclamation\s(?:signed|raising|imposing)
    (?:order|proclamation|bill|decree)\s(?:was|were|is)\ssigned royal\sassent

    firm(?:a|o|an|aron)\s(?:\w+\s){0,3}(?:decreto|orden|proclama|acuerdo|ley|protocolo|memorando)
    (?:decreto|orden|proclama|acuerdo)\sfirmad[oa]
    (?:a\ssigne|signe|signent|ont\ssigne)\s(?:un|le|une|la|des|les) decret\ssigne sanction\sroyale
    """
)
"""Somebody signed it."""
_PUBLISHED = listed(
    r"""
    publish(?:es|ed)\s(?:\w+\s){0,8}(?:federal\sregister|gazette|diario\soficial|dof\b)
    (?:in|by)\sthe\s(?:federal\sregister|canada\sgazette|official\sjournal)
    federal\sregister\snotice final\srule\b publicad[oa]s?\s(?:\w+\s){0,6}(?:dof|diario\soficial)
    public(?:a|o)\s(?:\w+\s){0,6}(?:dof|diario\soficial) public(?:a|o)\s(?:el\s)?dof
    en\sel\s(?:dof|diario\soficial) publie(?:e|s|es)?\s(?:\w+\s){0,6}(?:gazette|journal\sofficiel)
    dans\sla\sgazette
    """
)
"""It stands in a gazette."""
_GUIDANCE = listed(
    r"""
    csms\b guidance\b customs\snotice\b cargo\ssystems\smessag\w+ frequently\sasked faqs?\b
    filing\sinstructions (?:cbp|cbsa)\s(?:\w+\s){0,3}(?:instruct|explain|clarif|issu)\w*
    boletin\stecnico hoja\sinformativa lineamientos\b criterios\snormativos avis\sdes\sdouanes
    lignes\sdirectrices memorandum\sd
    """
)
"""Customs says how to go about it."""
_THREAT = listed(
    r"""
    threat(?:en)?(?:s|ed|ing)?\b vow(?:s|ed)\b warn(?:s|ed|ing)?\b consider(?:s|ed|ing)\b
    weigh(?:s|ed|ing)\b mull(?:s|ed|ing)?\b float(?:s|ed|ing)?\b
    (?:may|might|could)\s(?:impose|raise|face|hit|double|slap|be|start|add|go|see|levy) unless\b
    prepar(?:es|ing)\s(?:retaliat|counter|to)\w* ready\sto\sretaliate on\sthe\stable
    is\sbeing\sconsidered under\sconsideration

    amenaz\w+ advirtio\b advierte\b
    podri(?:a|an)\s(?:imponer|aplicar|subir|enfrentar|gravar|elevar|cobrar)
    (?:considera|evalua|analiza|contempla|estudia)n?\s(?:imponer|aplicar|subir|un\sarancel|aranceles|gravar|elevar|nuevos)
    a\smenos\sque en\sestudio menac\w+ envisag\w+
    pourrai(?:t|ent)\s(?:imposer|frapper|augmenter|etre|hausser) songe\b brandi(?:t|ssent)?\b
    averti\w* a\smoins\s(?:d'|que) a\sl'etude
    """
)
"""Somebody weighs it or warns of it."""
_ANNOUNCED = listed(
    r"""
    announc\w+ unveil\w+
    will\s(?:impose|charge|levy|apply|raise|lower|cut|remove|lift|double|take|begin|start|hit|face|enter|be)
    plans?\sto intends?\sto propos(?:e|es|ed|al|als)
    to\s(?:impose|raise|levy|begin|start|open|launch) launch(?:es|ed)\b initiat(?:es|ed)\b
    opens?\b seeks?\s(?:comments?|views|input) begin(?:s)?\b order(?:s|ed)\b imposes?\b imposed\b
    slaps?\b slapped\b raises?\b raised\b hikes?\b sets?\b agree(?:s|d)\b adopt(?:s|ed)\b

    anunci\w+ dio\sa\sconocer impondra\w* aplicara\w* subira\w* plane(?:a|an)\b propon\w+
    propuso\b inicia\b inicio\b lanza\b abre\b entrara\w*\sen\svigor entra\sen\svigor impone[n]?\b
    impuso\b sube\b subio\b eleva\b elevo\b acuerda\w* acordaron\b fija\b fijo\b aprueba\b
    aprobo\b

    annonc\w+ imposera\w* appliquera\w* entrer(?:a|ont)\sen\svigueur entre(?:nt)?\sen\svigueur
    prevoi(?:t|ent)\b propos(?:e|ent)\b lance\b ouvre\b impose(?:nt)?\b releve(?:nt)?\b hausse\b
    adopte(?:nt)?\b convien\w+
    """
)
"""It was announced, proposed or begun; the widest net, hence the last."""
_OFFICIAL_PRINT = re.compile(r"federal register|diario oficial|\bdof\b|gazette|official journal")
_GUIDANCE_SOURCE = re.compile(r"\bcsms\b|cargo systems")

_BY_ACTION = {
    Action.THREATENED: Stage.THREAT,
    Action.ANNOUNCED: Stage.ANNOUNCED,
    Action.SUSPENDED: Stage.SUSPENDED,
    Action.REMOVED: Stage.REVOKED,
}


def of(
    entry: Entry,
    *,
    tariffs: Sequence[TariffFact] = (),
    deadlines: Sequence[DeadlineFact] = (),
    today: date | None = None,
) -> Stage | None:
    """Return the stage of an entry's event; None where nothing tells one.

    `today` is the day of publication: an effective date read before or on it means in force.
    """
    text = even(f"{entry.title}. {entry.summary or entry.content[:MAX_TEXT]}"[:MAX_TEXT])
    printed = _by_source(entry, text)
    if printed is not None:
        return printed
    cues = _LEXICON.present(text)
    worded = _by_words(text[: min(len(entry.title), MAX_TITLE)], cues)
    if worded in {Stage.REVOKED, Stage.STAYED, Stage.SUSPENDED, Stage.THREAT}:
        return worded
    return _by_words(text, cues) or worded or _by_facts(tariffs, deadlines, today)


def _by_source(entry: Entry, text: str) -> Stage | None:
    source = even(f"{entry.source} {entry.url or ''}"[:300])
    if _GUIDANCE_SOURCE.search(source):
        return Stage.GUIDANCE
    if entry.stated is not None or (
        entry.tier is Tier.OFFICIAL
        and _OFFICIAL_PRINT.search(
            source.replace("-", " ").replace("federalregister", "federal register")
        )
    ):
        return Stage.PUBLISHED
    if entry.tier is Tier.OFFICIAL and _GUIDANCE.search(text):
        return Stage.GUIDANCE
    return None


_ORDER: tuple[tuple[Stage, Words], ...] = (
    (Stage.STAYED, _STAYED),
    (Stage.REVOKED, _REVOKED),
    (Stage.SUSPENDED, _SUSPENDED),
    (Stage.THREAT, _THREAT),
    (Stage.SIGNED, _SIGNED),
    (Stage.PUBLISHED, _PUBLISHED),
    (Stage.GUIDANCE, _GUIDANCE),
    (Stage.IN_FORCE, _IN_FORCE),
    (Stage.ANNOUNCED, _ANNOUNCED),
)


def _by_words(text: str, here: Cues) -> Stage | None:
    for stage, pattern in _ORDER:
        if pattern in here.places and here.search(pattern, text):
            return stage
    return None


_LEXICON = Lexicon(*(pattern for _, pattern in _ORDER))


def _by_facts(
    tariffs: Sequence[TariffFact], deadlines: Sequence[DeadlineFact], today: date | None
) -> Stage | None:
    for fact in tariffs:
        if fact.action in _BY_ACTION:
            return _BY_ACTION[fact.action]
    starts = [fact.date for fact in deadlines if fact.kind is DeadlineKind.EFFECTIVE]
    if starts and today is not None:
        return Stage.IN_FORCE if min(starts) <= today else Stage.ANNOUNCED
    return Stage.ANNOUNCED if tariffs else None

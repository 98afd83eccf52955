"""Who imposes a tariff and whom it hits, from the names in one sentence.

Countries come from `countries.py`; here are the institutions that stand for one of them, and the
grammar that tells the imposer from the target: what stands before the name, and what after it.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.domain.reading import Action
from bot.reading import bystanders
from bot.reading.actions import Deed
from bot.reading.alternation import Words
from bot.reading.mentions import Mention
from bot.reading.origins import JOINED
from bot.reading.tariff_words import TARIFF

_BY = re.compile(r"\b(?:by|por|par)\s(?:the\s|el\s|la\s|los\s|le\s|les\s|l')*$")
_GOODS = (
    r"(?:goods|products?|imports?|exports?|shipments?|cargo|merchandise|items|purchases|made\sin|vehicles?|steel|lumber"
    r"|mercancias?|productos?|importaciones|exportaciones|bienes|envios|marchandises|produits?|importations?|exportations?|biens|articles)"
)
"""Goods in general, before or after the country they come from."""
_ON = re.compile(
    rf"\b(?:on|against|targeting|aimed\sat|hitting|hits?|for|from|of|exempt(?:s|ed|ing)?|spar(?:e|es|ed)|excludes?|excluded|made\sin|punish(?:es|ing)?|with|between|out\sof|"
    rf"sobre|contra|a|al|del?|desde|para|provenientes\sde|originari[oa]s?\sde|procedentes?\sde|hacia|hechos\sen|fabricados\sen|armados\sen|exim\w+\sa|"
    rf"sur|contre|de|du|des|d'|visant|vise|visent|en\sprovenance\s(?:du|de|des|d')|aux?|originaires?\s(?:du|de|des|d')|frapp\w+|exempte|epargne|fabriques\s(?:au|en)|venus\sd[eu]s?)"
    rf"\s?(?:(?:all|most|some|many|certain|other|every|both|the|its|a|broad|range|of|new|more|the\sremaining|{_GOODS}|from|todas?|todos?|las?|los|el|algunas?|ciertos?|de|del|diversas|les|le|la|l'|tous|toutes|certains|certaines|produits|du|des|d'|additional|key|\d+|billion|million|worth|\$\d+\w*)\s?)*$"
)
"""What stands before the country that a tariff hits, or that it spares."""
_AGAINST = re.compile(r"\b(?:against|back\sat|contra|contre)\s(?:the\s|la\s|le\s|los\s|les\s)?$")
_TO = re.compile(
    r"\b(?:(?:exports?|shipments?|sales|sold|shipped|sent|bound|deliveries|entering|enter|headed|envios|exportaciones|exportados?|exporten|vendidos|enviados|exportations|exportes?|expedies?|ventes|vendus?|livraisons)\s(?:[\w'-]+\s){0,5}?(?:to|for|in|into|a|al|hacia|vers|aux?|en)|into|entering|ingresen\sa|entren\sa|que\singresan\sa|entrant\saux|import(?:ed|es|ee|ees|e|ado|ada|ados|adas)\s(?:in|into|to|aux?|en|a))\s(?:the\s|los\s|les\s|el\s|la\s)?$"
)
"""Goods on their way to a country: it is where they are sold, and may be who charges."""
_AT = re.compile(r"\bat\s(?:the\s)?$")
_AT_BORDER = re.compile(r"(?:'s)?\s(?:border|ports?|crossings?|customs)\b")
_SAID = re.compile(
    r"^\s(?:said|says|announced|confirmed|wrote|dijo|anuncio|informo|confirmo|a\s(?:annonce|dit|indique|declare|confirme|precise))\b"
)
_MADE_IN = re.compile(
    r"\b(?:made|built|assembled|grown|produced|manufactured|hech[oa]s|fabricad[oa]s|armad[oa]s|ensamblad[oa]s|producid[oa]s|cultivad[oa]s|fabriquee?s|assemblee?s|produite?s|construite?s)\s(?:in|en|aux?)\s(?:the\s|los\s|les\s)?$"
)
"""What was made in the country that follows."""
_IN = re.compile(r"\b(?:in|en|aux?)\s(?:the\s|los\s|les\s)?$")
_PASSIVE = Words(
    r"\b(?:fac(?:e|es|ed|ing)|(?:see|sees|saw|get|gets|got|win|wins|won|secured?|secures|obtain\w*|obtuv\w+|logr\w+|obten\w+|obtien\w+|decroch\w+)\s(?:its|their|a|an|the|su|un|una|une?|lower)|ha(?:s|d|ve)\s(?:its|their|the)|(?:a|ont)\svu\s(?:le|la|les|ses|son)|(?:is|are)\soff\sthe\shook|libr(?:a|an|o|aron|aran?)\s(?:el|del|los|la)|(?:se\s)?salv(?:a|an|o|aron)\sdel?|esquiv\w+|(?:evit|escap)(?:a|an|o|aron)\s(?:a|al|el|los|un|del)|evit(?:e|ent|era|eront)\s(?:le|la|les|l'|un)|dodg\w+|sidestep\w*|(?:logr|consig)\w+\sque|(?:see|sees|saw)\s(?:new\s|higher\s|lower\s)?(?:tariffs|duties|levies)|obt(?:ient|iennent)\squ[e']|ecop\w+|pay|pays(?<!s\spays)(?<!\sde\spays)(?<!\bdu\spays)(?<!\ble\spays)(?<!\bce\spays)(?<!\bun\spays)(?<!\bau\spays)(?<!x\spays)(?!\s(?:membres?|tiers|concernes|vises|exportateurs?|en\s|sans|signataires|qui|d'|partenaires?|voisins?|de\sl'))|paid|owe|(?:be|is|are|was|were|been|get|gets)\s(?:\w+\s)?(?:hit|subject|slapped|charged|taxed|exempt\w*|spared|excluded|targeted)|remain\s(?:exempt|subject|outside)|(?:was|were|is|are)\s(?:granted|given)|risk(?:s|ed)?|se\s(?:arriesg|expon)\w+|risqu(?:e|ent)|s'expose(?:nt)?|bears?|bore|incur(?:s|red)?|arrach\w+|clinch\w*|fall(?:s)?\soutside|qualif\w+|enter|enters|escape\w*|carr(?:y|ies)|draw|avoid|pagar(?:a|an)|pagan?|enfrentar(?:a|an)?|enfrentan?|qued(?:ara|aran|ar|o|aron)\s(?:exent|sujet|libre|fuera|al\smargen|exclu|gravad)\w*|quedan?\s(?:exent|sujet|libre|fuera|al\smargen|exclu)\w*|estar(?:a|an)\s(?:exent|sujet|grav)\w*|estan?\s(?:exent|sujet|grav)\w*|siguen\sexent\w+|ser(?:a|an)\s(?:gravad|sujet|sometid|objeto|tasad)\w*|(?:fue|fueron|quedo|son|es)\s(?:gravad|sujet|sometid)\w+|paieront|paient|ser(?:a|ont)\s(?:\w+\s)?(?:frapp|soumis|exempt|assujetti|tax|vise|epargn)\w*|(?:est|sont|reste(?:nt)?|demeure(?:nt)?)\s(?:\w+\s)?(?:a\sl'abri|hors\sd'atteinte|frapp|soumis|exempt|assujetti|tax|vise|epargn)\w*|subiront|subissent|echappe\w*)\b"
)
"""A country that something happens to: it faces, gets, is hit, is spared."""
_OF_AN_ACT = re.compile(
    r"(?:'s)?\s(?:[\w-]+\s)?(?:proclamation|executive\sorder|decree|regulation|ruling|determination)\b"
)
_ACT_BEFORE = re.compile(
    r"\b(?:decreto|proclama|resolucion|reglamento|decret|arrete|reglement|proclamation)\s(?:[a-z]+(?:al|iel|ielle|ivo|if|ales)\s|supremo\s|reciente\s|nuevo\s)?$"
)
_POSSESSIVE = re.compile(r"'s?\s")
_OWN_TARIFF = re.compile(
    r"^(?:'s?)?\s(?:(?:\d[\d.,]*\s?(?:%|percent|per\scent)|new|global|blanket|planned|proposed|own|latest|steep|existing|retaliatory|threatened|provisional|safeguard|combined|steel|aluminum|auto|metals?|lumber|import|additional|anti-?dumping|countervailing|section|\d{3}|reciprocal|universal|across-the-board|border|of|fentanyl|sweeping|[a-z]{3,15}-[a-z]{3,15}|trade|extra|higher|lower|emergency|punitive|baseline|minimum|metals|farm|copper|drug|chip|chips|timber|cash|security|reduced|tougher|matching|emergency|countervail)[\s,-]+){0,5}$"
)
"""What may stand between a country's name and a tariff that is its own: “Canada's new 25 % …”."""
_AFTER_TARIFF = re.compile(
    r"^\s?(?:(?:global|general|universal|reciproco|adicional|base|minimo|antidumping|compensatori[oa]|provisional|nuevo|recientes?|mondial|universel|additionnel|general)(?:es|s)?\s){0,2}(?:(?:de|del|de\slos|des|du|d'|le|la|los)\s?)?(?:\d[\d.,]*\s?(?:%|por\sciento|pour\scent)\s?)?(?:(?:de|del|de\slos|des|du|d'|impuest[oa]s?|recíprocos|compensatori\w+|provisional\w*|reciprocos|global\w*|generales)\s?){0,2}$"
)
"""What may stand between a tariff and the country that lays it: “arancel general de 10 % de …”."""
_OFFICIAL = re.compile(
    r"^(?:'s)?\s(?:government|president|officials?|ministers?|court|judge|ministry|authorities|administration|cabinet|parliament|congress|senate|finance|trade\s(?:minister|court)|prime\sminister|leader|regulators?|customs)\b"
)
"""An office after the country's name: its government speaks, its goods do not pay."""
_OFFICIAL_BEFORE = re.compile(
    r"\b(?:government\sof|president\sof|gobierno|presidente|presidenta|congreso|autoridades|ministro|ministre|gouvernement|president|autorites|parlement|senado|secretari[oa])\s(?:federal\s|central\s)?(?:de\s|del\s|de\slos\s|des\s|du\s|d'|the\s)?$"
)
"""The same before the name: “gobierno de”, “president of”."""
_ANSWERS = re.compile(
    r"\b(?:match(?:es|ed|ing)?|answer(?:s|ed|ing)?|counter(?:s|ed|ing)?)\s(?:any\s|the\s|every\s|all\s)?$"
)
_ANSWER_LETTERS = ("match", "answer", "counter")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parties:
    """The imposer and the targets, as ISO codes."""

    imposer: str | None
    targets: tuple[str, ...]
    hit: tuple[str, ...] = ()
    """Of the targets those whose goods the sentence names."""


def find(
    text: str, names: Sequence[Mention], deed: Deed, sold: frozenset[int] = frozenset()
) -> Parties:
    """Return who imposes and who is hit, as far as the folded sentence says.

    `sold` are the places in `names` of those whose goods are spoken of, as `origins.of` finds them.
    """
    scene = _Scene(
        text,
        deed,
        [match.span() for match in TARIFF.finditer(text)],
        [match.span() for match in _PASSIVE.finditer(text)],
        bystanders.end_of_lead_in(text, names, deed.start),
    )
    roles = _roles(scene, names)
    if deed.action is Action.RETALIATORY:
        roles = _answered(roles, deed)
    hit = [names[place].code for place in sorted(sold)]
    imposer = _imposer(_acting(text, roles, sold), deed)
    targets = [
        name.code
        for name, role in roles
        if role is _Role.TARGET
        and name.code != imposer
        and not bystanders.of_people(text, name, hit)
    ]
    if imposer is None:
        imposer = _other_than(hit, targets)
    targets = [code for code in targets if code != imposer] or hit
    return Parties(
        imposer=imposer,
        targets=tuple(dict.fromkeys(targets)),
        hit=tuple(dict.fromkeys(code for code in hit if code != imposer)),
    )


def _acting(
    text: str, roles: Sequence[tuple[Mention, str]], sold: Collection[int]
) -> list[tuple[Mention, str]]:
    """Leave out who cannot be the imposer: whose goods are hit, and who acts only in a condition."""
    start, end = bystanders.condition(text)
    free = [
        (name, role)
        for place, (name, role) in enumerate(roles)
        if not name.region and (place not in sold or role in {_Role.IMPOSER, _Role.DESTINATION})
    ]
    outside = [(name, role) for name, role in free if not start <= name.start < end]
    acts = any(role in {_Role.IMPOSER, _Role.SUBJECT} for _, role in outside)
    return outside if acts else free


def _other_than(hit: Sequence[str], targets: Sequence[str]) -> str | None:
    """Return the one country that is named beside those whose goods are hit."""
    others = set(targets) - set(hit)
    return others.pop() if hit and len(others) == 1 else None


class _Role:
    """What a name does in the sentence."""

    IMPOSER = "imposer"
    SUBJECT = "subject"
    DESTINATION = "destination"
    TARGET = "target"
    REASON = "reason"


class _Scene(NamedTuple):
    """A sentence, and what is asked of it for every name."""

    text: str
    deed: Deed
    tariffs: Sequence[tuple[int, int]]
    """Where the words for a tariff stand."""
    passives: Sequence[tuple[int, int]]
    """Where it says that somebody suffers."""
    lead_in: int = 0
    """Where a clause ends that says what somebody's act answers; 0 where there is none."""

    def last_tariff(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the last word for a tariff from `start` to `end`."""
        return next(
            (span for span in self.tariffs[::-1] if start <= span[0] and span[1] <= end), None
        )


def _roles(scene: _Scene, names: Sequence[Mention]) -> list[tuple[Mention, str]]:
    text = scene.text
    roles: list[tuple[Mention, str]] = []
    for index, mention in enumerate(names):
        before = names[index - 1] if index else None
        if (
            before
            and roles
            and JOINED.match(text[before.end : mention.start])
            and not mention.actor
        ):
            previous = roles[-1][1]
            if previous in {_Role.TARGET, _Role.DESTINATION}:
                roles.append((mention, previous))
                continue
        roles.append((mention, _role(scene, mention)))
    return roles


def _role(scene: _Scene, mention: Mention) -> str:
    text = scene.text
    lead = text[max(0, mention.start - 60) : mention.start]
    tail = text[mention.end : mention.end + 80]
    if mention.end <= scene.lead_in or bystanders.is_reason(lead, tail):
        return _Role.REASON
    if any(letters in lead for letters in _ANSWER_LETTERS) and _ANSWERS.search(lead):
        return _Role.TARGET
    return _by_grammar(scene, mention, lead, tail) or _by_place(scene, mention, lead)


def _by_grammar(scene: _Scene, mention: Mention, lead: str, tail: str) -> str | None:
    """The role that the words beside the name give it, whatever the verb."""
    if _BY.search(lead) or _is_who_imposes(lead, tail) or _of_an_act(mention, lead, tail):
        return _Role.IMPOSER
    inside = _IN.search(lead) is not None
    if _LAID_ON.search(lead) or (inside and _MADE_IN.search(lead)):
        return _Role.TARGET
    if _SAID.match(tail) and lead.endswith((", ", ", the ", ", el ", ", la ", ", le ", ", l'")):
        return _Role.SUBJECT
    if _OFFICIAL.match(tail) or _OFFICIAL_BEFORE.search(lead):
        return _Role.SUBJECT
    if (
        _TO.search(lead)
        or (_AT_BORDER.match(tail) and _AT.search(lead))
        or (inside and any(end <= mention.start for _, end in (*scene.tariffs, *scene.passives)))
    ):
        return _Role.DESTINATION
    following = next((start for start, _ in scene.tariffs if start >= mention.end), None)
    own = following is not None and _OWN_TARIFF.match(scene.text[mention.end : following])
    return _Role.IMPOSER if own or _follows_tariff(scene, mention) else None


def _of_an_act(mention: Mention, lead: str, tail: str) -> bool:
    """Whether the name says whose decree it is: "under a U.S. proclamation", "el decreto mexicano"."""
    after = mention.adjective and _ACT_BEFORE.search(lead) is not None
    return after or _OF_AN_ACT.match(tail) is not None


def _is_who_imposes(lead: str, tail: str) -> bool:
    """Whether a clause on the tariff has the name for its subject: "que aplica Estados Unidos"."""
    return _IMPOSES_BEFORE.search(lead) is not None or (
        _THAT.search(lead) is not None and _IMPOSES_AFTER.match(tail) is not None
    )


_IMPOSES = (
    r"(?:aplica|impone|cobra|exige|mantiene|fija)(?:ba|n|ban|ra)?|imponia[n]?|mantenia[n]?|impuso|aplico|cobro|fijo|mantuvo"
    r"|impos(?:e|ent|ait|es|ed)|appliqu(?:e|ent|ait)|percoi(?:t|vent)|prelev(?:e|ent)|maintien(?:t|nent)|charg(?:es|ed)|lev(?:ies|ied)|collect(?:s|ed)?|appl(?:ies|ied)|keeps?|maintains?"
)
"""Verbs of laying a tariff, as they stand right beside the country that lays it."""
_IMPOSES_BEFORE = re.compile(
    rf"\b(?:que|qu')\s?(?:le\s|les\s|ya\s|hoy\s|lui\s)?(?:{_IMPOSES})\s(?:el\s|los\s|la\s|les\s|le\s|l')?$"
)
_THAT = re.compile(r"\b(?:that|which|que|qu')\s?(?:the\s|los\s|les\s|le\s|la\s|l')?$")
_IMPOSES_AFTER = re.compile(
    rf"^\s(?:le\s|les\s|lui\s|now\s|already\s|has\s|had\s|ha\s|a\s|ont\s|currently\s)?(?:{_IMPOSES})\b"
)


def _by_place(scene: _Scene, mention: Mention, lead: str) -> str:
    """The role that a name has by where it stands to prepositions and to the verb."""
    text, deed = scene.text, scene.deed
    if mention.actor:
        hit = _AGAINST.search(lead) or _SUFFERS.match(text, mention.end)
        return _Role.TARGET if hit else _Role.SUBJECT
    if _HEADED.match(text, mention.end):
        return _Role.TARGET
    if _is_verb_first(text, mention, deed) or _acts_before_object(scene, mention):
        return _Role.SUBJECT
    if _ON.search(lead) or _lies_on(scene, mention):
        return _Role.TARGET
    suffers = mention.start <= deed.start and _is_hit_after(scene, mention)
    follows = mention.start > deed.start and deed.action is not Action.THREATENED
    if suffers or follows:
        return _Role.TARGET
    own = _POSSESSIVE.match(text, mention.end) is not None
    return _Role.SUBJECT if own or mention.start < deed.start else _Role.TARGET


def _is_verb_first(text: str, mention: Mention, deed: Deed) -> bool:
    """Whether a headline begins with its verb, as Mexico's do: "Sube Estados Unidos de 25 a 50% …"."""
    return (
        0 <= mention.start - deed.end <= _ARTICLE
        and not text.startswith(_SUFFERING, deed.start)
        and _BEGINS.search(text[: deed.start]) is not None
        and _OBJECT.match(text, mention.end) is not None
    )


def _acts_before_object(scene: _Scene, mention: Mention) -> bool:
    """Whether who acts stands between the verb and whom it hits: "impuso México al pollo …"."""
    text, deed = scene.text, scene.deed
    return (
        not mention.adjective
        and 0 <= mention.start - deed.end <= 1
        and not text.startswith(_SUFFERING, deed.start)
        and _TO_WHOM.match(text, mention.end) is not None
        and scene.last_tariff(0, deed.start) is not None
    )


_TO_WHOM = re.compile(r"\s(?:al?|contra|sobre)\s")
_SUFFERING = ("pag", "enfrent", "paie", "subi")
"""How verbs begin whose subject is hit."""
_ARTICLE = 4
"""Characters that an article may take between the verb and who acts."""
_BEGINS = re.compile(r"(?:^|[:;.]\s|\by\s)[\"']?$")
_OBJECT = re.compile(
    r"\s?(?::|(?:del?|al?|hasta)\s\d|el\s|la\s|los\s|las\s|su\s|sus\s|un\s|una\s|nuev|otr|arancel|gravam|cuota|\d)"
)
_LAID_ON = re.compile(r"\b(?:imposee?s?|infligee?s?|appliquee?s?)\s(?:aux?|a)\s(?:la\s|l')?$")
_OF_A_TARIFF = re.compile(
    r"\b(?:arancel(?:es)?|gravamen|cuotas?|tariffs?|dut(?:y|ies)|rate|lev(?:y|ies)|droits?|tarifs?|surtaxe)\s(?:que|that|which)\s(?:\w+\s){0,2}$"
)


def _is_hit_after(scene: _Scene, mention: Mention) -> bool:
    """Whether what follows a name says that it suffers, but for "the duty that others pay"."""
    return any(
        not _OF_A_TARIFF.search(scene.text, max(0, start - 40), start)
        for start, _ in scene.passives
        if start >= mention.end
    )


_SUFFERS = re.compile(
    r"\s(?:saw|sees|had|has|got|won|secured?|secures|obtain(?:s|ed)|clinch(?:es|ed)|a\svu|voit|vio|ve|arrach(?:e|ent)|decroch(?:e|ent)|obt(?:ient|uvo)|a\sobtenu|logr(?:o|a)|consig(?:ue|uio))\s(?:the|its|their|an?|le|la|les|ses|el|sus?|como|une?|que)\b"
)
"""Verbs right after a country whose own tariff changes: “Japan got its rate cut”."""
_HEADED = re.compile(r"(?:\s(?!says?|will|to)[\w'-]{2,20}){1,3}\s?:\s")
"""The rest of a headline's topic: "Swiss watches: U.S. tariff up to 45%"."""
_UPON = re.compile(r"\b(?:on|against|sur|contre|sobre|al?|aux?|visant|for)\s")
_VERB = re.compile(
    r"\b(?:will|would|is|are|was|were|has|have|said|sera|seront|est|sont|a\sete|ont|fue|seran?|dijo|es|son)\b"
)


def _lies_on(scene: _Scene, mention: Mention) -> bool:
    """Whether the name stands in the goods a tariff before it is on: "le tarif sur l'acier mexicain"."""
    last = scene.last_tariff(mention.start - 70, mention.start)
    if last is None:
        return False
    gap = scene.text[last[1] : mention.start]
    return _UPON.search(gap) is not None and _VERB.search(gap) is None


def _follows_tariff(scene: _Scene, mention: Mention) -> bool:
    """Whether the name belongs to the tariff before it: "aranceles estadounidenses", "arancel de 10% de Estados Unidos a …", "droits américains"."""
    last = scene.last_tariff(mention.start - 60, mention.start)
    if last is None:
        return any(start < mention.start and end >= mention.end for start, end in scene.tariffs)
    if scene.text.startswith("tax", last[0]):  # "ready to tax U.S. aircraft at 30%"
        return False
    return _AFTER_TARIFF.match(scene.text[last[1] : mention.start]) is not None


def _answered(roles: list[tuple[Mention, str]], deed: Deed) -> list[tuple[Mention, str]]:
    """Turn "Canada matched the U.S. tariff": who answers imposes, the other is the target."""
    if not any(role == _Role.SUBJECT and name.start < deed.start for name, role in roles):
        return roles
    return [
        (name, _Role.TARGET if role == _Role.IMPOSER and name.start > deed.start else role)
        for name, role in roles
    ]


def _imposer(roles: Sequence[tuple[Mention, str]], deed: Deed) -> str | None:
    """Who is called the imposer; else who stands before the verb; else where the goods go."""
    by_role: dict[str, list[Mention]] = {}
    for mention, role in roles:
        by_role.setdefault(role, []).append(mention)
    if by_role.get(_Role.IMPOSER):
        return by_role[_Role.IMPOSER][0].code
    subjects = by_role.get(_Role.SUBJECT, [])
    before = [mention for mention in subjects if mention.start < deed.start]
    chosen = before[-1:] or subjects[:1] or by_role.get(_Role.DESTINATION, [])[:1]
    return chosen[0].code if chosen else None

"""Who a limit binds: a trader, who has to comply, or a government, that has to decide or report."""

import re

from bot.reading.alternation import Words, listed
from bot.reading.bonds import Site

TRADERS = listed(
    r"""
    interested\sparties interesad[oa]s\b interesses\b compan(?:y|ies) firms\b importers? exporters? brokers?\b carriers? shippers producers?
    manufacturers? maquilador\w+ suppliers automakers carmakers growers mills\b
    steelmakers packers\b processors wholesalers distributors retailers refiners farmers ranchers truckers forwarders dealers\b factories vendors\b businesses\b applicants? claimants? filers\b holders\b traders\b
    empresas?\b importador\w* exportador\w* agentes\saduanales transportistas productor\w*
    molinos\b siderurgicas ganaderos agricultores empacador(?:as|es) distribuidor(?:as|es) mayoristas comercializadoras fabricantes?\b armadoras proveedores contribuyentes titulares\b quienes\b immex\b industriales\b
    entreprises?\b importat\w+ exportat\w+ courtiers? transporteurs producteurs? fabricants?\b
    transformateurs eleveurs agriculteurs acieries detaillants grossistes transitaires distributeurs fournisseurs constructeurs titulaires contribuables
    """
)
"""Who a day binds, where the sentence does not say to what in words we know."""
GOVERNMENTS = listed(
    r"""
    administration\b president\b white\shouse ustr\b trade\srepresentative trade\schief
    commerce\b(?!,?\s(?:platform|site)) department\b treasury\b commission\b (?:us)?itc\b congress\b
    senate\b parliament\b lawmakers\b senators?\b cabinet\b governments?\b minist(?:er|ers|ry)\b secretary\b
    officials\b negotiators\b envoys\b delegations\b panel\b panelists\b tribunal\b courts?\b
    judges?\b washington\b ottawa\b mexico\scity united\sstates canada\b(?!'s\s\w+ers\b) mexico\b
    (?:both|two|three)\s(?:sides|parties|countries|governments|partners)\b cbp\b cbsa\b agency\b
    trump\b carney\b sheinbaum\b greer\b ebrard\b

    gobiernos?\b ejecutivo\b president[ea]\b secretari[oa]\b economia\b hacienda\b comision\b
    congreso\b senado\b diputados\b legisladores\b gabinete\b ministr[oa]s?\b negociador\w+
    equipos\stecnicos delegaciones\b corte\b casa\sblanca departamento\b estados\sunidos
    canciller\w* autoridad(?:es)?\b representante\scomercial (?:dos|tres)\s(?:paises|gobiernos|socios|partes)

    gouvernements?\b ministres?\b ministere\b cour\b agence\b maison-blanche
    representante?\s(?:americaine?\s)?au\scommerce negociateurs\b parties\b(?=\s(?:ont|veulent|doivent|se))
    (?:deux|trois)\s(?:pays|gouvernements|parties|capitales|partenaires) groupe\sspecial congres\b senat\b parlement\b etats-unis mexique\b
    """
)
"""Governments, courts and those who speak for them."""
_NOT_WHO = re.compile(
    r"\b(?:to|with|by|of|from|at|before|a|al|ante|del?|d'|au|aux|du|des?|par|por|con|aupres|a\sla|a\sl')\s?(?:the\s|la\s|el\s|los\s|las\s|le\s|les\s|l'|u\.s\.\s|us\s)*$"
)
"""Before the name of a government: somebody else is bound, "apply to the department"."""
_DECIDES = Words(
    r"\b(?:tell|say|decide|determine|report|reports\b|notify|inform|recommend|announce|choose|conclude|close\b|finish|finali[sz]e|complete|wrap|settle|resolve|answer|deliver|confirm|rule\son|vote|reach|strike|hand\sdown|certify|make\sup|negotiate|agree|ratify|redo\b|recalculate|revise|reconsider|(?:transmit|forward|send)\sits\s(?:views|findings|report|recommendations?|determination)"
    r"|decir|definir|decidir|informar|reportar|notificar|recomendar|anunciar|elegir|concluir|cerrar|terminar|finalizar|resolver|entregar|confirmar|determinar|zanjar|dirimir|arreglar|pronunciar|votar|acordar|alcanzar|lograr|dar\sa\sconocer|comunicar|negociar|ratificar|recalcular|reconsiderar"
    r"|dire\b|decider|determiner|faire\srapport|informer|aviser|notifier|recommander|annoncer|choisir|conclure|boucler|clore|terminer|finaliser|regler|rendre|remettre|confirmer|trancher|denouer|statuer|voter|s'entendre|parvenir|faire\ssavoir|communiquer|prononcer|negocier|ratifier|revoir\b|recalculer)"
)
"""What a government does by a day: decide, report, negotiate, vote."""
_ADOPTS = re.compile(
    r"\b(?:approve|adopt|pass|enact|aprobar|adoptar|approuver|adopter)\s(?:[\w'-]+\s){0,5}?(?:protocol|agreement|deal|pact|treaty|accord|implementing|tariffs?|trade|protocolo|acuerdo|tratado|t-mec|arancel\w*|comercial|protocole|entente|traite|aceum|tarifs?|commercial)\b"
    r"|\b(?:send|submit|enviar|enviara|remitira|presentara|soumettra|transmettra|enverra)\s(?:[\w'-]+\s){0,5}?(?:to\s(?:congress|parliament|the\s(?:senate|house))|al\s(?:senado|congreso)|au\s(?:senat|parlement|congres))\b"
    r"|\b(?:enviara|remitira|presentara)\sal\s(?:senado|congreso)\b"
)
"""What a parliament does about trade."""
_REPORTS = Words(
    r"\b(?:must|shall|required\sto|ha(?:s|ve)\sto|needs?\sto|until|deber(?:a|an)|deben?|tien(?:e|en)\sque|tendra[n]?\sque|hasta|doi(?:t|vent)|devr(?:a|ont)|jusqu'au)\s(?:[\w']+\s){0,5}?(?:report|tell|notify|inform|declare|reportar|informar|notificar|avisar|declarar|dire|declarer|aviser|informer|(?:file|submit|send)\s(?:\w+\s){1,2}reports?|(?:presentar|enviar|entregar|rendir)\s(?:\w+\s){1,2}(?:informes?|reportes?)|(?:presenter|produire|remettre)\s(?:\w+\s){1,2}rapports?)\b"
)
"""Somebody who must report or inform by a day."""
_ASKS = re.compile(
    r"\b(?<!\bto\s)(?<!\bmust\s)(?<!\bmay\s)(?<!\bcan\s)(?:(?:wants?|urg(?:e|es|ed|ing)|ask(?:s|ed|ing)?|call(?:s|ed|ing)?\son|press(?:es|ed|ing)?|begs?|implor(?:e|es|ed|ing))\s(?:the\s|u\.s\.\s|us\s)?"
    r"|(?:pid(?:e|en|io|ieron)|exig(?:e|en|io|ieron)|urg(?:e|en|io|ieron)|reclama(?:n|ron)?|solicita(?:n|ron)?|llama(?:n|ron)?)\s(?:al?\s)?(?:la\s|los\s|que\s(?:el\s|la\s|los\s)?)?"
    r"|(?:(?<!la\s)(?<!une\s)(?<!leur\s)demand(?:e|ent|ait|aient)|press(?:e|ent)|exhort(?:e|ent)|reclam(?:e|ent)|implor(?:e|ent))\s(?:aux?\s|a\s)?(?:la\s|le\s|l'|les\s|que\s(?:la\s|le\s|l'|les\s)?)?)$"
)
"""Somebody's wish, right before the first government that a sentence names."""
_WISHES = re.compile(
    r"\b(?:wants?|ask(?:s|ed|ing)?|urg(?:e|es|ed)|call(?:s|ed)?\sfor|demand(?:s|ed)?|push(?:es|ed)?\sfor)\s(?:that\s)?(?:[\w'-]+\s){1,7}?(?:to\s)?be\s\w+(?:ed|en|wn)\b"
    r"|\b(?:pid(?:e|en|io|ieron)|exig(?:e|en|io|ieron)|reclama(?:n|ron)?|quier(?:e|en)|solicita(?:n|ron)?)\sque\s(?:[\w'-]+\s){0,7}?(?:se\s\w+(?:e|en|a|an)|sea[n]?\s\w+)\b"
    r"|\b(?:reclam(?:e|ent)|demand(?:e|ent)|exig(?:e|ent)|veu(?:t|lent)|souhait(?:e|ent))\sque\s(?:[\w'-]+\s){1,7}?soi(?:t|ent)\s\w+"
    r"|\b(?:wants?|would\slike|hopes?|wish(?:es)?)\s(?:for\s)?(?:[\w'-]+\s){1,7}?to\s(?:last|run|go\son|stay|continue|extend|remain|start|begin|end|expire)\b"
    r"|\b(?:quier(?:e|en)|dese(?:a|an)|pid(?:e|en|io|ieron))\sque\s(?:[\w'-]+\s){1,7}?(?:llegue|dure|siga|permanezca|continue|empiece|comience|arranque|entre|venza|termine|acabe)n?\b"
    r"|\b(?:veu(?:t|lent)|souhait(?:e|ent)|aimerai(?:t|ent)|voudrai(?:t|ent))\sque\s(?:[\w'-]+\s){1,7}?(?:dure|reste|continue|commence|debute|finisse|prenne|entre|expire)(?:nt)?\b"
)
"""A wish that something be done, which names nobody who has to: "réclame que les surtaxes soient levées"."""
_MANDATORY = re.compile(
    r"\b(?:becom(?:e|es|ing)|be)\s(?:mandatory|compulsory|obligatory|binding)\b|\b(?:sera[n]?|v(?:uelve|uelven|olvera|olveran))\s(?:obligatori|forzos)|\b(?:devien(?:t|nent|dra|dront)|ser(?:a|ont))\sobligatoires?\b"
)
OF_TRADE = re.compile(
    r"\b(?:rules?|regulations?|decrees?|orders?|standards?|reglas?|normas?|noms?|decretos?|regles?|reglements?|decrets?|normes?|fil(?:e|ing|ings)|forms?|certificat\w*|declar\w+|permits?|licen[cs]es?|codes?|data|fields?|electronic\w*|report\w*|regist\w+|notices?|portal|bonds?|invoices?|manifests?|label\w*|origin|customs|import\w*|export\w*|tariffs?|dut(?:y|ies)|trade|carriers?|brokers?|shipments?|entr(?:y|ies)|usmca|cusma|cbp|cbsa|protests?"
    r"|tramites?|formatos?|formularios?|certificad\w+|declaracion\w*|permisos?|licencias?|claves?|datos?|electronic[oa]s?|avisos?|pedimentos?|complementos?|padron|ventanilla|facturas?|etiquet\w+|origen|aduan\w*|arancel\w*|comercio|t-mec|sat"
    r"|depots?|formulaires?|permis|donnees|electroniques?|portail|factures?|etiquet\w+|origine|douan\w*|logiciel|courtiers?|commerce|aceum|asfc)\b"
)
"""Papers and goods at a border: without them what becomes mandatory may be a helmet."""
CUES = (TRADERS,)
"""What is asked of a site here; the rest only of the few sites that are limits."""


def government_decides(site: Site) -> bool:
    """Whether a government has to decide, to report or to come to terms by the date."""
    if _DECIDES.search(site.text) is None and _ADOPTS.search(site.text) is None:
        return False
    governs = _government_at(site)
    if governs < 0:
        return False
    trader = site.search(TRADERS, site.text)
    return trader is None or governs < trader.start()


def trader_reports(site: Site) -> bool:
    """Whether somebody who is no government has to report something: a duty, no review."""
    if _REPORTS.search(site.text) is None:
        return False
    governs = _government_at(site)
    if governs < 0:
        return True
    trader = site.search(TRADERS, site.text)
    return trader is not None and trader.start() < governs


def government_is_asked(site: Site) -> bool:
    """Whether somebody else would like a government to act by the date: that binds nobody."""
    first = next(GOVERNMENTS.finditer(site.before), None)
    return first is not None and _ASKS.search(site.before[: first.start()]) is not None


def is_wished(site: Site) -> bool:
    """Whether somebody who is no government wishes that something be done by or on the date."""
    wish = _WISHES.search(site.before)
    return wish is not None and GOVERNMENTS.search(site.before[: wish.start()]) is None


def is_of_others(site: Site) -> bool:
    """Whether what becomes mandatory is nothing of trade: helmets, winter tires."""
    return _MANDATORY.search(site.text) is not None and OF_TRADE.search(site.text) is None


def _government_at(site: Site) -> int:
    """Where the first government stands that is no object of a preposition; -1 where none does."""
    for match in GOVERNMENTS.finditer(site.text):
        if not _NOT_WHO.search(site.text[max(0, match.start() - 24) : match.start()]):
            return match.start()
    return -1

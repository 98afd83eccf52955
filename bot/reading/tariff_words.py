"""Words for a tariff, and for what is called one and is none, in text folded by `even`."""

import re
from collections.abc import Iterator

from bot.reading.alternation import listed

TARIFF = listed(
    r"""
    counter-?tariffs? tariffs? (?:sub)?headings?\s99\d\d\.\d\d(?:\.\d\d)?
    (?:impos(?:e|es|ed|ing)|charg(?:e|es|ed|ing)|slap(?:s|ped|ping)?|levi(?:es|ed)|levy(?:ing)?)\b(?=\s(?:an\s(?:extra|additional)\s|another\s|up\sto\s)?\d[\d.]{0,5}\s?(?:%|per\s?cent|percent)\son\s(?:all\s|most\s|its\s|their\s)?(?:\w+\s){0,3}?(?:imports?|imported|foreign|goods|products|u\.s\.|us|american|canadian|mexican|chinese|japanese|korean|european|indian|brazilian)) counter-?measures?(?=\sof\s\d)
    tax(?:es|ing)?\b(?=\s[^%;]{3,40}\sat\s(?:an?\s)?(?:\d|five|ten|twelve|fifteen|twent|thirt|fort|fift|sixty|one\shundred))
    (?:anti-?dumping|dumping|countervailing|ad/cvd|cvd|subsidy)\s(?:cash\s)?(?:deposit\s)?(?:rates?|margins?|deposits?)
    (?:imported|imports|goods)\b[^.]{0,40}\btaxed\sat(?=\s\d) contramedidas?(?=\sde(?:l)?\s\d)
    contre-?mesures?(?=\sde\s\d) importad[oa]s\b[^.]{0,40}\bpagaran?(?=\s\d)
    grav(?:a|an|ara|aran|o|aron|ar|ado|ada|ados|adas)\b(?=\scon\s\d|\scon\sun\s\d|\shasta\s)
    tax(?:e|ent|era|eront|er)\b(?=\sa\s\d)
    dut(?<!jury\sdut)(?<!heavy-dut)(?<!light-dut)(?<!on\sdut)(?<!off-dut)(?<!off\sdut)(?<!active\sdut)(?<!stamp\sdut)(?<!estate\sdut)(?<!excise\sdut)(?:y|ies)\b(?!-free\sshop|\sof\scare|\sfree\sshop)
    lev(?:y|ies) surtax(?:es?)?\b surcharges? import\stax(?:es)? border\stax(?:es)?
    (?:tariff|duty|ad\svalorem|cash\sdeposit|additional|additional\sduty)\srates?\b
    rates?\sof\s(?:duty|tariff|additional\sduty) ad\svalorem\b cash\sdeposits?\b
    rate(?<=u\.s\.\srate)\b(?=\s(?:on|for|that|which|of\s\d|from|to\s\d)|[.,;]|$)
    rate(?<=\sus\srate)\b(?=\s(?:on|for|that|which|of\s\d|from|to\s\d)|[.,;]|$)
    rate(?<=american\srate)\b(?=\s(?:on|for|that|which|of\s\d|from|to\s\d)|[.,;]|$)
    rate(?<=canadian\srate)\b(?=\s(?:on|for|that|which)\b) rate(?<=mexican\srate)\b(?=\s(?:on|for|that|which)\b)
    rate(?<=chinese\srate)\b(?=\s(?:on|for|that|which)\b)
    rate\b(?=\s(?:on|for|applied\sto|applicable\sto|charged\son)\s(?:all\s|most\s|its\s|their\s)?(?:imports?|imported|goods|products|foreign|cars|autos?|vehicles|trucks|steel|alumini?um|copper|lumber|softwood|toys|textiles|footwear|shoes|clothing|apparel|furniture|beef|pork|wine|corn|wheat|soybeans|semiconductors|chips|drugs|pharmaceuticals|parts|auto\sparts|u\.s\.|us|american|canadian|mexican|chinese|japanese|korean|south\skorean|european|eu|indian|brazilian|vietnamese|british|swiss|german|indonesian|thai|taiwanese|malaysian|australian|turkish|russian)\b)
    deposits?\b(?=\s(?:on|for|against)\s(?:all\s|most\s|some\s)?(?:imports?|imported|u\.s\.|american|canadian|mexican|chinese|japanese|korean|european|indian|brazilian|vietnamese|turkish|russian)\b)
    safeguards?\b(?=\s(?:on|of\s\d|against|tariff|measure)) safeguard\s(?:tariff|measure|charge)s?
    tax(?:es)?\b(?=\son\s(?:all\s|most\s|some\s)?(?:imports?|imported|foreign-made|foreign\s(?:cars|steel|goods|films|trucks)|u\.s\.|american|canadian|mexican|chinese|japanese|european|indian|brazilian|korean)\b(?!\s(?:homebuyers|buyers|workers|students|families|households|companies|banks)))
    charges?\b(?=\son\s(?:all\s|most\s|some\s)?(?:imports?|imported|canadian|mexican|chinese|japanese|european|indian|brazilian|american|u\.s\.)\s(?:goods|steel|alumini?um|cars|trucks|lumber|\w+\sfrom)\b)
    section(?<=%\sof\sthe\ssection)\s(?:232|301|122|338) section(?<=%\sunder\ssection)\s(?:232|301|122|338)
    section(?<=percent\sunder\ssection)\s(?:232|301|122|338) section(?<=%\ssection)\s(?:232|301|122|338)
    section(?<=percent\ssection)\s(?:232|301|122|338)

    contra-?arancel(?:es)? arancel(?:es)? derechos?\sespecificos? droits?\sspecifiques?
    tarifas?\saduaneras? taxes?\saux\sfrontieres impuestos?\sfronterizos?
    tasas?(?<=%\sla\stasa)\b(?=\sa(?:l|\slos|\slas|\sla)\s) impuestos?(?<=%\sel\simpuesto)\b(?=\sa(?:l|\slos|\slas|\sla)\s)
    (?:cobr|aplic)(?:a|an|o|aron|ara|aran)\b(?=\s(?:un\s)?\d[\d.,]{0,5}\s?(?:%|por\sciento)\sa(?:l|\slos|\slas|\sla)?\s[^.;]{0,45}(?:import|mexican|estadounidense|canadiense|chin|japon|corean|europe|extranjer|(?:de|desde)\s(?:eu\b|ee|estados|mexico|canada|china)))
    (?:impon|impus)(?:e|en|o|ieron|dra|dran)\b(?=\s(?:un\s)?\d[\d.,]{0,5}\s?(?:%|por\sciento)\sa(?:l|\slos|\slas|\sla)?\s) arancelari[oa]s? gravamen(?:es)?
    cuotas?\s(?:compensatorias?|antidumping|anti-dumping) sobretasas? sobretarifas?
    (?:tasas?|margen(?:es)?)\s(?:de\sdumping|antidumping|anti-dumping|compensatori[oa]s?)
    impuestos?\s(?:general\s)?(?:de|a\slas?)\simportacion\w*
    tarifas?\s(?=de\s\d|del\s\d|a\s(?:las\s)?(?:importaciones|productos)|comerciales)
    derechos?\s(?:antidumping|anti-dumping|adicional(?:es)?|compensatorios?|arancelarios?|ad\svalorem|de\simportacion|de\saduanas?|aduaneros?|provisional(?:es)?|definitivos?)\b
    salvaguard(?:i)?as?\b(?=\s(?:del?\s\d|sobre|al?\s|contra|arancelaria|provisional|definitiva))
    tasas?\b(?=\s(?:arancelari[oa]s?\s)?(?:al|a\slos|a\slas|a\sla|sobre)\s(?!(?:creditos?|depositos|ahorro|bonos|prestamos|plazo|hipotec|ingresos|nomina))\w+\s(?:de\s)?(?:estadounidense|canadiense|mexican|chin|japon|corean|europe|brasilen|vietnamit|australian|india|importad|canada|mexico|china|estados|ee|eu\b))
    tasas?\b(?=\sdel?\s\d[\d.,]{0,5}\s?(?:%|por\sciento)\s(?:al|a\slos|a\slas|a\sla|sobre)\s(?!(?:creditos?|depositos|ahorro|bonos|prestamos|plazo|hipotec|ingresos|nomina))[^.,;]{0,40}(?:estadounidense|canadiense|mexican|chin|japon|corean|europe|brasilen|vietnamit|australian|importad|import))
    valorem(?<=ad\svalorem)\b
    cuotas?\b(?=\sdel?\s\d[\d.,]{0,5}\s?(?:%|por\sciento)\s?(?::|al?\s|a\sl|sobre|contra)) cuotas?\s(?:antisubvencion|definitivas?|provisionales?)
    impuestos?\b(?=\s(?:del?\s\d[\d.,]{0,5}\s?(?:%|por\sciento)\s)?(?:al?|a\slas|a\slos|sobre)\s(?:las?\s|los\s)?(?:importaci|productos|mercanc|bienes\simport))
    seccion(?<=%\sde\sla\sseccion)\s(?:232|301|122|338) seccion(?<=ciento\sde\sla\sseccion)\s(?:232|301|122|338)
    que(?<=%\sque)\s(?:washington|trump|estados\sunidos|mexico|canada|china|bruselas|ottawa|pekin)(?=\s(?:impone|cobra|aplica|fijo|impuso|aplico)\b)
    droit(?<=%\sde\sdroit)s?\b
    taxed\sat\b(?=\s\d[\d.]{0,5}\s?(?:%|per\s?cent|percent)\s(?:by\s|at\sthe\s(?:u\.s\.\s)?border|on\sentry|when\s|upon\s))

    droits?\s(?:de\sdouane|antidumping|anti-dumping|compensat\w+|americains?|canadiens?|mexicains?|chinois|provisoires?|additionnels?|supplementaires?|a\sl'importation|de\s(?=\d|represailles|zero|cinq|dix|quinze|vingt|trente|quarante|cinquante|cent)|du\s(?=\d))
    droits?\b(?=\s(?:sur|contre|visant|impos|percu|a\s\d|et\ssurtaxes))
    (?:taux|marges?)\s(?:de\sdumping|antidumping|anti-dumping|de\ssubvention|compensate?ur)
    surtaxes?\b contre-?tarifs? sauvegardes?\b(?=\s(?:de\s\d|sur|visant|provisoire|canadienne))
    droits?\s(?:de\ssauvegarde|de\s\d|ad\svalorem|europeens?|japonais|indiens?|bresiliens?|definitifs?|punitifs?|d'importation|a\sl'entree)
    taxes?\s(?:americaine|canadienne|mexicaine|chinoise|europeenne|douaniere|punitive)s?\b
    taxes?\b(?=\sde\s\d[\d.,]{0,5}\s?(?:%|pour\scent)\s(?:sur|aux?|a\sl|les?|contre|visant)\b[^.;]{0,40}(?:import|americain|canadien|quebecois|mexicain|chinois|europeen|japonais|coreen|indien|bresilien|francais))
    taxes?\b(?=\ssur\s[^.;,]{0,25}\b(?:importe|importations|americain|canadien|mexicain|chinois|europeen))
    taux\b(?=\s(?:americain|canadien|mexicain|chinois|europeen|applicable\saux|appliques?\saux|des\sdroits|du\sdroit|du\starif|frappant|visant|de\sdroit))
    taux\b(?=\sde\s\d[\d.,]{0,5}\s?(?:%|pour\scent)\s(?:aux\setats-unis|au\scanada|au\smexique|pour\sl[ea]s?\s(?:produits|marchandises|importations)))
    depots?\b(?=\s(?:exiges?\s|requis\s)?(?:de\s\d[\d.,]{0,5}\s?%\s)?(?:exiges?\s|requis\s)?sur\s(?:l[ea]s?\s|l')[\w']+\s(?:canadien|americain|mexicain|chinois|europeen|japonais|import))
    tarifs?\s(?:douaniers?|americains?|canadiens?|mexicains?|chinois|punitifs?)
    (?:impos|appliqu)(?:e|ent|era|eront|erait)\b(?=\s(?:jusqu'a\s)?\d[\d.,]{0,5}\s?(?:%|pour\scent)\s(?:sur|aux?)\b) percevr(?:a|ont)\b(?=\s\d[\d.,]{0,5}\s?(?:%|pour\scent)\s(?:sur|aux?)\b)
    tarifs?\b(?=\s(?:sur|contre|visant))
    tarif(?<!ses\starif)(?<!leurs\starif)(?<!nos\starif)s?\b(?=\s(?:a\s\d|de\s\d)) prelevements? taxe\sdouaniere
    taxes?\sa\sl'importation
    """
)
"""Words for a tariff."""

NOT_A_TARIFF = listed(
    r"""
    (?:electricity|electric|power|energy\sbill|gas|water|feed-in|time-of-use|pipeline|pipeline's|transmission|rail\sfreight|taxi|hotel|roaming|mobile|data|airport|ferry|toll|postal|bus|transit|telecom|broadband|residential|utility|utility's|hydro|ev\scharging|charging|parking|passenger|cable|standard\svariable|oatt|ferc)\s(?:\w+\s){0,2}tariffs?

    tariffs?-(?:hit|affected|battered|related|stricken|weary|induced) (?:hit|hurt|affected|battered)\sby\s(?:the\s)?(?:u\.s\.\s)?tariffs
    (?:touche|frappe|affecte)(?:e|s|es)?\spar\sles\starifs afectad[oa]s\spor\slos\saranceles
    tariffs?\s(?:cap\b|for\s(?:households|electricity|power|water|passengers|residential)|schedule\sfor\selectricity)
    (?:oil\s|gas\s)?pipeline(?:'s)?\stariff minimum\stariff jury\sduty duty\sof\scare duty\scalls
    call\sof\sduty
    (?:fuel|baggage|booking|peak|holiday|airline|credit\scard|congestion|energy)\ssurcharges?
    tariff\s(?:questions?|bills?|refunds?|costs?|fears|worries|turmoil|pain|pass-through|engineering)
    carbon\s(?:tax|levy|surcharge) property\slevy school\slevy health\slevy tax\slevy
    digital\s(?:services\s)?(?:levy|lev|tax|surtax)\w* payroll\slevy
    hydro\s\w*\s?(?:\w+\s){0,4}tariffs? hotel\slevy tourist\s(?:levy|tax)
    development\slev(?:y|ies)

    arancel(?:es)?\s(?:notarial|judicial|universitari|consular|medico|de\s(?:los\s)?(?:abogados|notarios|corredores|honorarios|peritos))\w*
    tarifas?\s(?:electric|aere|plana|social|dac\b|domestic|de\s(?:taxi|agua|luz|gas|metro|autobus|hotel|peaje|transporte|estacionamiento|casetas|la\scfe)|del\s(?:metro|gas|agua|transporte|servicio)|telefon|hotel)\w*
    gravamen(?:es)?\s(?:hipotecari|inmobiliari|predial)\w* libre\sde\sgravamen\b(?!es)
    impuesto\s(?:sobre\sla\srenta|predial|sobre\snomina)

    droits?\s(?:de\s(?:scolarite|la\spersonne|l'homme|vote|passage|succession|greffe|mutation|stationnement|garde|propriete|regard|veto|port|peche|retrait)|d'(?:auteur|accise|inscription|entree\sau\smusee|acces|asile)|des\s(?:femmes|travailleurs|enfants)|humains|civils|fondamentaux|immobiliers)
    tarifs?\s(?:d'(?:hydro\w*|electricite|abonnement|autobus)|de\s(?:la\sstm|l'electricite|taxi|metro|transport|train|stationnement|garderie|l'eau|gaz)|des\s(?:taxis|transports|garderies|billets|hotels)|aeriens?|reduits?|horaires?|postaux|etudiants?|residentiels?|du\s(?:gaz|metro|transport|stationnement|traversier))
    (?:\bstm|\brtc|via\srail|bixi|hydro-quebec|videotron|postes\scanada)\b[^.]{0,30}\btarifs?
    surtaxe\s(?:fonciere|scolaire|municipale|sur\sles\slogements)
    prelevements?\s(?:sanguins?|automatiques?|sociaux|bancaires?)
    """
)
"""Tariffs that are no trade measure: electricity, taxis, notaries, tuition."""

AHEAD = 80
"""Characters after a word for a tariff that may be needed to know it as one."""


def between(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield the words for a tariff from `start` to `end`, known by what follows them too."""
    for match in TARIFF.finditer(text, start, end + AHEAD):
        if match.end() > end:
            return
        yield match

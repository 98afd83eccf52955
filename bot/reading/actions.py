"""What a sentence says is done to a tariff, in text folded by `even`.

Several verbs can stand in one sentence ("announced it will suspend the retaliatory tariffs"); the
order of `_ORDER` decides which of them is the action.
"""

import re
from dataclasses import dataclass

from bot.domain.reading import Action
from bot.reading.alternation import Words, listed
from bot.reading.lexicon import Cues, Lexicon

TARIFF = listed(
    r"""
    counter-?tariffs? tariffs? counter-?measures?(?=\sof\s\d)
    tax(?:es|ing)?\b(?=\s[^%;]{3,40}\sat\s(?:an?\s)?(?:\d|five|ten|twelve|fifteen|twent|thirt|fort|fift|sixty|one\shundred))
    (?:anti-?dumping|dumping|countervailing|ad/cvd|cvd|subsidy)\s(?:cash\s)?(?:deposit\s)?(?:rates?|margins?|deposits?)
    (?:imported|imports|goods)\b[^.]{0,40}\btaxed\sat(?=\s\d) contramedidas?(?=\sde(?:l)?\s\d)
    contre-?mesures?(?=\sde\s\d) importad[oa]s\b[^.]{0,40}\bpagaran?(?=\s\d)
    grav(?:a|an|ara|aran|o|aron|ar)\b(?=\scon\s\d|\scon\sun\s\d|\shasta\s)
    tax(?:e|ent|era|eront|er)\b(?=\sa\s\d)
    (?<!jury\s)(?<!heavy-)(?<!light-)(?<!on\s)(?<!off-)(?<!off\s)(?<!active\s)(?<!stamp\s)(?<!estate\s)(?<!excise\s)dut(?:y|ies)\b(?!-free\sshop|\sof\scare|\sfree\sshop)
    lev(?:y|ies) surtax(?:es)? surcharges? import\stax(?:es)? border\stax(?:es)?

    contra-?aranceles? arancel(?:es)? arancelari[oa]s? gravamen(?:es)?
    cuotas?\s(?:compensatorias?|antidumping|anti-dumping) sobretasas? sobretarifas?
    (?:tasas?|margen(?:es)?)\s(?:de\sdumping|antidumping|anti-dumping|compensatori[oa]s?)
    impuestos?\s(?:general\s)?(?:de|a\slas?)\simportacion\w*
    tarifas?\s(?=de\s\d|del\s\d|a\s(?:las\s)?(?:importaciones|productos)|comerciales)

    droits?\s(?:de\sdouane|antidumping|anti-dumping|compensat\w+|americains?|canadiens?|mexicains?|chinois|provisoires?|additionnels?|supplementaires?|a\sl'importation|de\s(?=\d|represailles|zero|cinq|dix|quinze|vingt|trente|quarante|cinquante|cent)|du\s(?=\d))
    droits?\b(?=\s(?:sur|contre|visant|impos|percu|a\s\d|et\ssurtaxes))
    (?:taux|marges?)\s(?:de\sdumping|antidumping|anti-dumping|de\ssubvention|compensate?ur)
    surtaxes? contre-?tarifs?
    tarifs?\s(?:douaniers?|americains?|canadiens?|mexicains?|chinois|punitifs?)
    tarifs?\b(?=\s(?:sur|contre|visant))
    (?<!ses\s)(?<!leurs\s)(?<!nos\s)tarifs?\b(?=\s(?:a\s\d|de\s\d)) prelevements? taxe\sdouaniere
    taxes?\sa\sl'importation
    """
)
"""Words for a tariff."""

NOT_A_TARIFF = listed(
    r"""
    (?:electricity|electric|power|energy\sbill|gas|water|feed-in|time-of-use|pipeline|pipeline's|transmission|rail\sfreight|taxi|hotel|roaming|mobile|data|airport|ferry|toll|postal|bus|transit|telecom|broadband|residential|utility|utility's|hydro|ev\scharging|charging|parking|passenger|cable|standard\svariable|oatt|ferc)\s(?:\w+\s){0,2}tariffs?

    tariffs?\s(?:cap\b|for\s(?:households|electricity|power|water|passengers|residential)|schedule\sfor\selectricity)
    (?:oil\s|gas\s)?pipeline(?:'s)?\stariff minimum\stariff jury\sduty duty\sof\scare duty\scalls
    call\sof\sduty
    (?:fuel|baggage|booking|peak|holiday|airline|credit\scard|congestion|energy)\ssurcharges?
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

_RULES: dict[Action, Words] = {
    Action.THREATENED: listed(
        r"""
        threat(?:en(?:s|ed|ing)?|s)?\b(?!ened\s(?:tariffs?|duties)\sw) vow(?:s|ed|ing)?\b
        warn(?:s|ed|ing|ings)?\b consider(?:s|ed|ing)?\b weigh(?:s|ed|ing)?\b mull(?:s|ed|ing)?\b
        float(?:s|ed|ing)?\b
        (?:may|might|could)\s(?:\w+ly\s|soon\s|also\s|yet\s|still\s|even\s|again\s)?(?:impose|raise|face|hit|be\s(?:hit|imposed|raised|subject|slapped|doubled|charged|levied|reinstated|lifted|lowered|cut)|double|triple|rise|climb|go|jump|slap|levy|charge|tax|increase|reach|respond|retaliate|put|apply|start|take|pay|see|draw|reinstate|reimpose|revive|lift|lower|drop|cut|end|bring|set|add(?!ed)|extend)\b
        (?:(?:he|she|it|they)\s)?would\s(?:be\shit|impose|put|slap|levy|hit|charge|tax|face|respond|retaliate|double)\b
        unless\b pledg(?:e|es|ed|ing)\b ready\sto\b prepared\sto\b prepar(?:es|ing)\b poised\sto
        (?:is|are)\seyeing eyes\b stud(?:ies|ying)\b explor(?:es|ing)\b contemplat\w+
        on\sthe\stable raised\sthe\s(?:possibility|prospect) dangl(?:es|ed) brandish\w*
        if\s(?:no|talks|negotiations|a\sdeal|the|mexico|canada|china|brussels|ottawa|they|washington|it)\b

        amenaz\w+ advirtio\b advierte[n]?\b advirtieron\b podri(?:a|an)\b
        considera(?:n|ra|ria|ndo)?\b evalua(?:n|ndo|ra)?\b analiza(?:n|ndo)?\b
        contempla(?:n|ndo)?\b estudia(?:n|ndo)?\b sopesa\w* baraja\w* a\smenos\sque salvo\sque
        si\s(?:no|mexico|canada|china|las|el|los|fracasan|estados)\b se\sdice\slist[oa]
        list[oa]s?\spara alistan?\b prepara(?:n|ndo)?\b plantea\b

        menac\w+ envisag\w+ pourrai(?:t|ent)\b songe(?:nt)?\sa\b brandi(?:t|ssent|ssant)?\b
        averti\w* a\smoins\s(?:d'|que) etudie(?:nt)?\b se\sdit\spret\w* prete?s?\sa\b
        promet(?:tent)?\b si\s(?:les|le|la|aucun|aucune|ottawa|mexico|washington)\b s'ils?\sne
        prepare(?:nt)?\b evoque\b jongle
        """
    ),
    Action.EXEMPTED: listed(
        r"""
        exempt(?:s|ed|ing|ion|ions)?\b spar(?:e|ed|es|ing)\b(?!\sparts) carv(?:e|ed|es)\sout
        carve-out exclu(?:de|ded|des|ding|sion|sions)\b duty-free\b tariff-free\b
        waiv(?:e|es|ed|ing|er|ers)\b
        (?:will\snot|won't|do\snot|does\snot)\s(?:face|pay|be\ssubject)
        (?:will|do|does)\snot\sapply\sto
        (?:escape|escapes|escaped|avoid)\s(?:the\s)?\w*\s?(?:tariff|dut|lev|surtax)

        exent[oa]s?\b exencion\w* exim\w+ exceptu\w+ exonera\w* excluy\w+ excluid\w+ excluir\w*
        libres?\sdel?\sarancel\w* sin\spagar\sarancel\w* no\s(?:pagar(?:an|a)|enfrentar(?:an|a))\b
        ne\s(?:paieront|seront|sera)\spas\b quedan\sfuera

        exempt(?:e|es|ee|ees|er|era|ent|ion|ions)?\b exoner\w+ epargn\w+ en\sfranchise
        exclu(?:t|s|es|e|ent)?\b exclusion\b echapp\w+ dispens\w+
        ne\ss'appliqu\w+\s(?:pas|plus)\saux
        """
    ),
    Action.SUSPENDED: listed(
        r"""
        suspen(?:d|ds|ded|ding|sion)\b(?!\sagreement) paus(?:e|es|ed|ing)\b on\shold\b
        freez(?:e|es|ing)\b froze\b delay(?:s|ed|ing)?\b postpon(?:e|es|ed|ing)\b
        defer(?:s|red)?\b stay(?:s|ed)\b(?!\sat|\sin\s(?:place|effect|force)) block(?:s|ed)\b
        halt(?:s|ed|ing)?\b held\soff puts?\soff put\soff shelv(?:e|es|ed)\b reprieve\b truce\b

        suspend(?:e|en|io|ieron|era|eran|er|ido|ida|idos|idas)\b bloque(?:a|o|aron|ado|ados)\b
        (?<!acuerdo\sde\s)suspension\b(?!\sagreement) paus(?:a|o|aron|ara|ar)\b aplaz\w+
        retras(?:a|o|an|aron|ara)\b pospus\w+ pospon\w+ congel\w+ posterg\w+ difirio\b difier\w+

        suspend(?:re|ra|u|ue|us|ues|ent|ront)?\b retard(?:e|er|era|ent|ee|ees|es)\b
        bloqu(?:e|ent|ee|ees|es)\b en\spause\b gel(?:e|er|ent|era)\b
        report(?:e|er|ent|ee|es|ees|era)\b(?!r) differ(?:e|er|era|es|ees)\b sursis\b treve\b
        """
    ),
    Action.REMOVED: listed(
        r"""
        scrap(?:s|ped|ping)?\b(?!\smetal) remov(?:e|es|ed|ing|al)\b eliminat\w+ repeal\w*
        rescind\w* revok\w+ lift(?:s|ed|ing)?\b(?!\s(?:\w+\s){0,7}?to\s(?:\d|\w+\s?per))
        drop(?:s|ped|ping)?\b(?=\s(?:its|the|all|their|a\s\d|most|counter\w*|retaliatory|tariffs|duties|\d[\d.]*\s?(?:%|per\s?cent)\s(?:(?!because|on|due)\w+\s){0,1}(?:tariff|dut|surtax|lev)))
        end(?:s|ed|ing)?\b(?=\s(?:its|the|all|their|\d|most|counter\w*|retaliatory|tariffs|duties))
        abolish\w* str(?:ike|ikes|uck)\sdown void(?:s|ed)?\b axe[sd]?\b
        withdr(?:aw|aws|ew|awn|awing)\b terminat(?:e|es|ed|ing)\b cancel\w*
        do(?:es|ne)?\saway\swith did\saway\swith invalidat\w+ overturn\w* phas(?:e|es|ed|ing)\sout
        no\slonger\s(?:charge|apply|face|pay|collect) toss(?:ed|es)?\sout
        roll(?:s|ed)\sback\b(?!\s(?:\w+\s){0,7}?to\s\d) quash\w* annul\w* expired\b lapsed\b

        elimin(?:a|an|o|aron|ara|aran|ar|ada|ado|adas|ados|acion)\b
        retir(?:a|an|o|aron|ara|aran|ar|ada|ado|ados)\b quit(?:a|an|o|aron|ara|aran|ar)\b derog\w+
        sin\sefectos?\b levant(?:a|an|o|aron|ara|ar)\b anul(?:a|an|o|aron|ara|ar|ado|ados)\b
        suprim\w+ cancel(?:a|an|o|aron|ara|ar|ado)\b revoc\w+ invalid\w+ pone\sfin puso\sfin
        dejo\ssin

        supprim\w+ abrog\w+ lev(?:e|er|ee|ees|es|ent|era|eront)\b
        retir(?:e|er|ent|era|es|ee|ees)\b annul(?:e|er|ent|era|es|ee|ees)\b
        elimin(?:e|er|ent|era|es|ee|ees)\b abol(?:i|is|it|ir|ie|ies)\b met(?:tra|tre)?\sfin
        mis\sfin invalid\w+ revoqu\w+ abandonn\w+ leve\b
        """
    ),
    Action.RETALIATORY: listed(
        r"""
        retaliat\w* counter-?tariffs? counter-?measures? counter-?dut\w+ hit(?:s|ting)?\sback
        tit-for-tat in\sresponse\b reprisals? str(?:ikes|uck|iking)\sback
        respond(?:s|ed|ing)?\s(?:with|by) answer(?:s|ed|ing)?\s\w*\s?\w*\s?(?:with|by) in\skind\b
        fir(?:es|ed)\sback match(?:es|ed|ing)\b countered\b counters\b

        represalias?\b contra-?arancel\w* en\srespuesta\b respond(?:e|io|ieron|era|en)\scon\b
        contramedidas?\b revir\w+ contraata\w+ devuelve\sel\sgolpe

        represailles\b contre-?tarif\w* contre-?mesures?\b contre-?attaqu\w* ripost\w+
        en\sreponse\b repliqu\w+ repond(?:u|ent|ra)?\s(?:par|avec|en)\b
        """
    ),
    Action.RAISED: listed(
        r"""
        rais(?:e|es|ed|ing)\b(?!\s(?:the\s)?(?:possibility|prospect|questions|concerns|fears|prices))
        hik(?:e|es|ed|ing)\b increas(?:e|es|ed|ing)\b doubl(?:e|es|ed|ing)\b
        tripl(?:e|es|ed|ing)\b quadrupl\w+ boost(?:s|ed|ing)?\b
        lift(?:s|ed|ing)?\b(?=\s(?:\w+\s){0,7}?to\s(?:\d|\w+\s?per)) upp(?:ed|ing)\b
        climb(?:s|ed|ing)?\b jump(?:s|ed|ing)?\b ratchet\w* ris(?:e|es|ing)\b rose\b
        step(?:s|ped|ping)?\sup\b escalat\w+ go(?:es)?\sup\sto went\sup\sto
        push(?:es|ed|ing)\b(?=[^.]{0,40}\sto\s\d) tak(?:es|en|ing)\b(?=[^.]{0,40}\sto\s\d)
        bump(?:s|ed)\sup bump(?:s|ed)\b(?=[^.]{0,40}\sto\s\d) up\sfrom\b add(?:s|ed|ing)?\sanother
        (?:mov|chang|adjust|go|went)\w*\b(?=[^%]{0,40}\bfrom\s\d) went\sfrom
        passe(?:nt|r|ra|ront)?\b(?=[^%]{0,30}\bde\s\d)
        pas(?:a|o|ara|aran|an|aron)\b(?=[^%]{0,30}\bde(?:l)?\s\d)

        sub(?:io|ira|ir|ieron|iran|e|en|iria)\b elev(?:o|a|ara|an|aron|ar|aran|ando)\b
        aument(?:o|a|ara|an|aron|ar|aran|ando)\b increment(?:o|a|ara|an|aron|ar|aran|ando)\b
        duplic(?:o|a|ara|an|aron|ar|aran|ando)\b triplic\w+

        relev(?:e|er|era|ent|es|ee|ees|ant)\b hauss(?:e|er|era|ent|es|ant)\b
        port(?:e|er|era|ent|ee|ees|es|ant|eront)\b(?=\s(?:de|a|ses|leurs|sa|son|les|le|la|d')\b)
        augment(?:e|er|era|ent|es|ee|ees|ation|ant|eront)\b
        doubl(?:e|er|era|ent|es|ant|ement|eront)\b grimp(?:e|er|era|ent|eront)\b
        major(?:e|er|era|ent|es|ee|ation)\b triple\w* alourdi\w*
        """
    ),
    Action.LOWERED: listed(
        r"""
        lower(?:s|ed|ing)?\b down\sfrom\b cap(?:s|ped|ping)?\b(?=\s(?:\w+\s){0,7}at\s\d)
        (?:now\s)?pay(?:s)?\sonly\b ne\s\w+\splus\sque solo\spagan?\b cut(?:s|ting)?\b
        reduc(?:e|es|ed|ing|tion)\b slash(?:es|ed|ing)?\b trim(?:s|med|ming)?\b
        halv(?:e|es|ed|ing)\b decreas(?:e|es|ed|ing)\b
        drop(?:s|ped|ping)?\b(?=\s(?:\w+\s){0,6}?(?:to|from)\b) eas(?:e|es|ed|ing)\b
        roll(?:s|ed)\sback\b(?=\s(?:\w+\s){0,7}?to\s\d) fall(?:s)?\b(?=\s(?:\w+\s){0,3}?to\b)
        fell\sto bring(?:s|ing)?\sdown brought\sdown scal(?:es|ed)\sback lighten\w* soften\w*
        shav(?:es|ed)\b

        baj(?:o(?!\s(?:la\s(?:seccion|ley|lupa)|el\s(?:t-mec|tratado|acuerdo|articulo|amparo|regimen)|ese|este|esta|un|una|investig\w+))|a|ara|an|aron|ar|aran|ando)\b
        redu(?:jo|ce|cira|cir|jeron|cen|ciran|ciendo|ccion|cido)\b
        recort(?:o|a|ara|an|aron|ar|aran)\b disminu(?:yo|ye|ira|ir|yeron|yen|iran)\b
        rebaj(?:o|a|ara|an|aron|ar)\b

        abaiss(?:e|er|era|ent|es|ee|ees|ant|eront|ement)\b
        redui(?:t|re|ra|sent|ts|te|tes|sant|ront)\b baiss(?:e|er|era|ent|es|ee|ant|eront)\b
        diminu(?:e|er|era|ent|es|ee|ant)\b ramen(?:e|er|era|ent|es|ee|ees|ant)\b ramen(?:e|ent)\b
        alleg(?:e|er|era|ent)\b retomb\w+
        """
    ),
    Action.ANNOUNCED: listed(
        r"""
        announc(?:e|es|ed|ing|ement)\b confirm(?:s|ed)\b unveil(?:s|ed|ing)?\b
        will\s(?:\w+ly\s)?(?:impose|charge|levy|apply|put|slap|hit|face|pay|be\s(?:subject|hit|imposed|charged|levied|slapped|taxed)|set|collect|carry|draw|attract|place|enact|introduce|add|tax|start|begin|take|go)
        to\s(?:impose|charge|levy|slap|hit|tax|apply|put)\b plan(?:s|ned|ning)?\b
        intend(?:s|ed)?\b propos(?:e|es|ed|ing|al)\b proclaim(?:s|ed)?\b
        said\s(?:it|he|she|they)\swill order(?:s|ed)\b signed\b recommend(?:s|ed)\b

        anunci\w+ confirm(?:o|a|aron)\b orden(?:o|a|aron)\b dio\sa\sconocer da\sa\sconocer
        impondra(?:n)?\b aplicara(?:n)?\b cobrara(?:n)?\b gravara(?:n)?\b fijara(?:n)?\b
        (?:va|van)\sa\s(?:imponer|aplicar|cobrar|gravar) plane(?:a|an)\b pretende[n]?\b pagaran\b
        pagara\b propuso\b propone[n]?\b establecera[n]?\b busca\simponer preve\b enfrentaran?\b
        tendran?\sun\sarancel

        annonc\w+ confirm(?:e|ent)\b impos(?:era|eront|erait)\b appliqu(?:era|eront)\b
        percevr(?:a|ont)\b prevoi(?:t|ent)\b
        compte(?:nt)?\b(?=\s(?:imposer|frapper|appliquer|taxer|percevoir)) devoil\w+
        frapper(?:a|ont)\b seront\s(?:frappe\w*|soumis\w*|assujetti\w*|taxe\w*)
        sera\s(?:frappe\w*|soumis\w*|assujetti\w*|imposee?|percue?|taxe\w*) taxer(?:a|ont)\b
        instaurer(?:a|ont)\b (?:va|vont)\s(?:imposer|frapper|appliquer|taxer|percevoir)
        propos(?:e|ent)\b entend(?:ent)?\simposer
        """
    ),
    Action.IMPOSED: listed(
        r"""
        impos(?:e|es|ed|ing|ition)\b ke(?:eps?|pt)\b maintain(?:s|ed)?\b mantien\w+ mantuvo\b
        maintien\w* puts?\b slap(?:s|ped|ping)?\b
        lev(?:ied|ies|y|ying)\b(?=\s(?:an?\s|\d|the\s|new\s|dut|tariff)) hits?\b hitting\b
        punish\w* whack\w* sets?\b charg(?:es|ed|ing)\b collect(?:s|ed|ing)?\b
        appl(?:ies|ied|y|ying)\b took\s(?:effect|hold) takes?\s(?:effect|hold)
        (?:is|are|was|were|remain|remains|been|stays?|stayed|be)\s(?:\w+\s)?in\s(?:place|effect|force)
        went\sinto go(?:es)?\sinto came\sinto come(?:s)?\sinto kick(?:ed|s)?\sin
        subject(?:ed|s)?\sto fac(?:e|es|ed|ing)\b pay(?:s|ing)?\b paid\b carr(?:y|ies)\b
        introduc\w+ enact\w* institut(?:ed|es|ing)\b adopt(?:ed|s)\b finaliz\w+ issued\b
        plac(?:es|ed|ing)\b tax(?:es|ed|ing)\b enter(?:s|ed)\sinto\sforce entered\sforce
        draw(?:s|n)?\b attract(?:s|ed)?\b start(?:s|ed)\b began\b begins\b assess(?:ed|es)?\b
        target(?:s|ed|ing)?\b hammer(?:s|ed)?\b clobber\w* reimpos\w+ reinstat\w+
        restor(?:es|ed)\b remains?\sat stand(?:s|ing)?\sat stays?\sat effective\b

        impus(?:o|ieron)\b impone[n]?\b impuest[oa]s?\b(?=\s(?:por|a|al|en|desde)) imponer\b
        fij(?:o|a|aron|an)\b aplic(?:o|a|an|aron|ar|ado|ados)\b cobr(?:a|an|o|aron)\b
        grav(?:a|an|o|aron|ado|ados|ar)\b estableci(?:o|eron)\b establece[n]?\b
        entr(?:o|aron|a|an|ara|aran)\sen\svigor pag(?:a|an|o|aron)\b vigentes?\b rige[n]?\b
        enfrent(?:a|an|o|aron)\b sujet[oa]s?\sa determin(?:o|a)\b instaur\w+ puso\b pusieron\b
        golpe(?:a|o|an|aron)\b castig(?:a|o)\b decret(?:a|o)\b publico\b

        impos(?:e|ent|es|ee|ees|ant|er)\b frapp(?:e|ent|es|ee|ees|ant|er)\b
        appliqu(?:e|ent|es|ee|ees|er)\b fix(?:e|ent|ee|ees|es|er)\b percoi(?:t|vent)\b percus?\b
        percevoir\b en\svigueur\b prelev(?:e|ent)\b instaur\w+ institu\w+
        tax(?:e|ent|es|ee|ees|er)\b soumis\w* assujetti\w* vis(?:e|ent|es|ee|ees|ant)\b inflig\w+
        decret(?:e|ent|es|ee)\b prennent\seffet prend\seffet paient\b subi(?:t|ssent|ront)\b
        adopt(?:e|ent)\b ecop\w+
        """
    ),
}
_NO_ACTION = listed(
    r"""
    should\snot shouldn\'t no\sdeber(?:ia|ian) ne\sdevrai(?:t|ent)
    (?:does|do|did)\snot\s(?:allow|permit|authori[sz]e|let) cannot\simpose
    no\s(?:permite|autoriza|faculta) ne\spermet\spas condicion(?:a|o)\b rul(?:ed|es)\sout
    den(?:ied|ies|y)\b no\splans?\s(?:to|for) did\snot\simpose has\snot\simposed will\snot\simpose
    won't\simpose not\sconsidering descart(?:o|a|an|aron)\b nego\b niega\b no\simpondra\b
    no\shay\splanes exclu(?:t|ent)\stoute?\b dement(?:i|it)?\b
    ecart(?:e|ent)\b(?=[^.]{0,30}(?:droits|tarif|surtaxe)) n'imposer(?:a|ont)\spas aucun\sprojet
    """
)
_END_OF_RELIEF = Words(
    r"\b(?:end(?:s|ed|ing)?|lift(?:s|ed)|revok\w+|terminat\w+|cancel\w*|scrap\w*|termin\w+|elimin\w+|met\sfin\sa)\s(?:the\s|its\s|a\s|la\s|el\s)?(?:\w+\s){0,2}(?:pause|suspension|exemption|waiver|truce|exencion|tregua|pausa|treve|exoneration)\b"
)
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
CUES = (*_RULES.values(), _NO_ACTION, _END_OF_RELIEF)
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


_LEAD_IN = re.compile(
    r"in\sresponse|en\s(?:respuesta|reponse)|represalia|represailles|reprisal|tit-for-tat|in\skind"
)


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
    here = _LEXICON.present(text) if cues is None else cues
    if here.search(_NO_ACTION, text):
        return None
    found = {
        action: match
        for action in _ORDER
        if (match := here.search(_RULES[action], text)) is not None
    }
    changes = Action.RAISED in found or Action.LOWERED in found
    if changes and value is not None and former is not None and value != former:
        _direct(found, rises=value > former)
    _settle(found, text, here.search(_END_OF_RELIEF, text))
    threat = found.get(Action.THREATENED)
    if threat and _WEAK_THREAT.match(threat.group()) and not _POSSIBLE.search(text):
        del found[Action.THREATENED]
    for action in _ORDER:
        match = found.get(action)
        if match and action is Action.RETALIATORY and _LEAD_IN.match(match.group()):
            verbs = [found[a] for a in _ENACTING if a in found and a is not action]
            later = [verb for verb in verbs if verb.start() > match.end()]
            match = min(later or verbs, key=lambda verb: verb.start(), default=match)
        if match:
            return Deed(action=action, start=match.start(), end=match.end(), changes=changes)
    return None


_WEAK_THREAT = re.compile(r"warn|advirt|adviert|averti")
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

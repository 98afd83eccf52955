"""Verbs and nouns that tell what is done to a tariff, in text folded by `even`."""

from bot.domain.reading import Action
from bot.reading.alternation import Words, listed

RULES: dict[Action, Words] = {
    Action.THREATENED: listed(
        r"""
        ultimatum\b warning\sto\b mise\sen\sgarde advertencia\b
        threat(?:en(?:s|ed|ing)?|s)?\b(?!ened\s(?:tariffs?|duties)\sw) vow(?:s|ed|ing)?\b
        warn(?:s|ed|ing|ings)?\b consider(?:s|ed|ing)?\b weigh(?:s|ed|ing)?\b mull(?:s|ed|ing)?\b
        float(?:s|ed|ing)?\b
        (?:may|might|could)\s(?:\w+ly\s|soon\s|also\s|yet\s|still\s|even\s|again\s)?(?:impose|raise|face|hit|be\s(?:hit|imposed|raised|subject|slapped|doubled|charged|levied|taxed|tariffed|set|fixed|applied|reinstated|lifted|lowered|cut)|double|triple|rise|climb|go|jump|slap|levy|charge|tax|increase|reach|respond|retaliate|put|apply|start|take|pay|see|draw|reinstate|reimpose|revive|lift|lower|drop|cut|end|bring|set|add(?!ed)|extend)\b
        (?:(?:he|she|it|they)\s)?would\s(?:be\shit|impose|put|slap|levy|hit|charge|tax|face|respond|retaliate|double)\b
        or\s(?:we|it|they|he|she)\s(?:will\s)?(?:tax|hit|slap|impose|raise|double|put)\b
        if\s(?:[a-z'-]+\s){1,3}?(?:bans?|imposes?|raises?|refuses?|fails?|retaliates?|proceeds?|walks?|hits|blocks?|persists?|balks?|does\snot|doesn't|goes\sahead)\b
        unless\b pledg(?:e|es|ed|ing)\b ready\sto\b prepared\sto\b prepar(?:es|ing)\b poised\sto
        (?:is|are)\seyeing eyes\b stud(?:ies|ying)\b explor(?:es|ing)\b contemplat\w+
        on\sthe\stable raised\sthe\s(?:possibility|prospect) dangl(?:es|ed) brandish\w*
        should\s(?:[\w.'-]+\s){1,4}?(?:collapse|fail|falter|proceed|go\sahead|break\sdown|retaliate|refuse|stall|act|not|impose|follow\sthrough|walk\saway|end)\b
        were\s(?:it|they|he|she|\w+|the\s\w+)\sto\b in\scase\s(?:of|the|no|talks|negotiat\w+)
        absent\s(?:a|an|any)\s(?:\w+\s)?(?:deal|agreement|accord|breakthrough)
        (?:barring|failing|without(?<!countries\swithout)(?<!nations\swithout)(?<!partners\swithout)(?<!ones\swithout))\s(?:a|an|any)\s(?:\w+\s)?(?:deal|agreement|accord|breakthrough)
        dr(?:aws?|awn|ew|awing)\sup\b read(?:ied|ies|ying)\b toy(?:s|ed|ing)\swith
        rais(?:es|ed|ing)\sthe\sspect(?:er|re) risk(?:s|ed|ing)?\b(?=\s(?:an?|new|being|\d)\s?)
        if\s(?:no|talks|negotiations|a\sdeal|the|mexico|canada|china|brussels|ottawa|they|washington|it)\b

        amenaz\w+ advirtio\b advierte[n]?\b advirtieron\b podri(?:a|an)\b
        considera(?:n|ra|ria|ndo)?\b evalua(?:n|ndo|ra)?\b analiza(?:n|ndo)?\b
        contempla(?:n|ndo)?\b estudia(?:n|ndo)?\b sopesa\w* baraja\w* a\smenos\sque salvo\sque
        si\s(?:no|hay|mexico|canada|china|las|el|la|los|fracasan?|estados)\b se\sdice\slist[oa]
        de\s(?:fracasar|romperse|fallar)\b de\sno\s(?:haber|llegar|alcanzar\w*|lograr\w*|prosperar|firmar\w*|concretar\w*) por\ssi\b
        en\scaso\sde\b tendria[n]?\sque (?:pone|puso|ponen|pusieron|poner)\ssobre\sla\smesa
        (?:tiene|tienen|tenia|mantiene)\slist[oa]s?
        (?:impondria|aplicaria|gravaria|cobraria|subiria|elevaria|castigaria|duplicaria|fijaria)n?\b
        (?:se\s)?(?:arriesg|expon)(?:a|an|e|en)\sa\b amag(?:a|an|o|aron)\b agita\b blande\b esgrim\w+ coquetea\b salvo\sacuerdo sin\sun\sacuerdo
        list[oa]s?\spara alistan?\b prepara(?:n|ndo)?\b plantea\b

        menac\w+ envisag\w+ pourrai(?:t|ent)\b songe(?:nt)?\sa\b brandi(?:t|ssent|ssant)?\b
        averti\w* a\smoins\s(?:d'|que) etudie(?:nt)?\b se\sdit\spret\w* prete?s?\sa\b
        promet(?:tent)?\b si\s(?:l'\w+|les|le|la|aucun|aucune|ottawa|mexico|washington)\b s'ils?\sne
        (?:faute|a\sdefaut)\s(?:d'|de\s|d'un\s)(?:\w+\s)?(?:entente|accord|compromis|avancee) en\scas\sd['e] advenant\b
        (?:frapper|imposer|taxer|appliquer|hausser|porter|doubler|relever|percevr|instaurer)ai(?:t|ent)\b
        t(?:ient|iennent|enait)\sprets? agite(?:nt)?\b laisse(?:nt)?\splaner n'exclu(?:t|ent)\spas
        dans\sla\sbalance risqu(?:e|ent|ait|aient)\b s'expose(?:nt)?\b
        prepare(?:nt)?\b evoque\b jongle
        """
    ),
    Action.EXEMPTED: listed(
        r"""
        (?:libres?|fuera|salvo)\sdel?\s(?=\d) (?:free|clear)\sof\sthe\s(?=\d) (?:hors|libres?)\sdu\s(?=droit|tarif)
        (?:gets?|got|wins?|won|given|gives?|gave)\s(?:[\w'-]+\s){0,3}?(?:pass|break|carve-?out|waiver)\s(?:from|on)\b forg(?:ives?|ave|iven)\b exempt(?:s|ed|ing|ion|ions)?\b spar(?:e|ed|es|ing)\b(?!\sparts) carv(?:e|ed|es)\sout
        carve-out exclu(?:de|ded|des|ding|sion|sions)\b duty-free\b tariff-free\b
        waiv(?:e|es|ed|ing|er|ers)\b
        (?:(?:will|do|does)\snot|won't|no\slonger)\s(?:apply|charge|collect|levy)\s(?:[\w.%'-]+\s){1,6}?(?:to|on|from)\s(?:those|goods|products|imports|\w+\s(?:made|from|built|grown))
        no\s(?:aplicar|cobrar)(?:a|an)\s(?:[\w.%'-]+\s){1,6}?a\s?l[oa]s
        n'appliquer(?:a|ont)\s(?:pas|plus)\s(?:[\w.%'-]+\s){1,6}?aux?
        (?:will\snot|won't|do\snot|does\snot|no\slonger)\s(?:have\sto\s|need\sto\s)?(?:face|pay|be\ssubject)
        let\soff\b(?=\s(?:[\w.%'-]+\s){0,5}?(?:tariffs?|dut(?:y|ies)|lev(?:y|ies)|surtax|rate|surcharge)\b)
        (?:will|do|does)\snot\sapply\sto
        (?:escap(?:e|es|ed|ing)|avoid(?:s|ed|ing)?|dodg(?:e|es|ed|ing)|sidestep\w*|duck(?:s|ed|ing)|skirt(?:s|ed))\s(?:(?!the\sneed)[\w.%'-]+\s){0,5}?(?:tariffs?|dut(?:y|ies)|lev(?:y|ies)|surtax|rate|surcharge)\b
        outside\b(?=\s(?:of\s)?(?:[\w.%-]+\s){0,5}?(?:tariffs?|dut(?:y|ies)|lev(?:y|ies)|surtax)\b) off\sthe\shook immun(?:e|ity)\s(?:from|to)\b reliev(?:e|es|ed|ing)\b remission\b
        (?:relief|shield(?:s|ed)?|protect(?:s|ed)?|free|freed|excused|excuses?)\sfrom\b(?=\s(?:[\w.%'-]+\s){0,5}?(?:tariffs?|dut(?:y|ies)|lev(?:y|ies)|surtax|rate|surcharge)\b)
        free(?:s|d|ing)?\s(?:[\w'-]+\s){1,4}?from\b(?=\s(?:[\w.%'-]+\s){0,5}?(?:tariffs?|dut(?:y|ies)|lev(?:y|ies)|surtax|surcharge)\b)
        free\sof\s(?:the\s|any\s)?(?:[\w.%'-]+\s){0,3}?(?:tariffs?|dut(?:y|ies)|surtax)\b
        (?:is|are|be|remain|remains)\snot\s(?:be\s)?subject\sto

        perdon(?:a|an|o|aron|ara)\b(?=\s(?:[a-z]+\s){0,2}?(?:el|del|un|los|arancel)) exent[oa]s?\b exencion\w* exim\w+ exceptu\w+ exonera\w* excluy\w+ excluid\w+ excluir\w*
        libres?\sdel?\sarancel\w* sin\spagar\b(?=\s(?:(?:el|un|ningun)\s)?(?:\d|arancel|gravam|derechos?\b)) no\s(?:pagar(?:an|a)|enfrentar(?:an|a))\b
        ne\s(?:paieront|seront|sera|sont|est|paient|visent|frappera)\spas\b quedan\sfuera
        exent(?:a|an|ara|aran|ar|o|aron|ada|ado|adas|ados|ando)\b libr(?:a|an|o|aron|ara|aran|ar)\b(?=\s(?:el|del|los|la|las|un)\s)
        (?:se\s)?salv(?:a|an|o|aron|ara|aran)\sdel?\b esquiv\w+ se\slibr(?:a|an|o|aron|ara|aran)\b
        (?:evit|escap|burl)(?:a|an|o|aron|ara|aran)\b(?=\s(?:a|al|el|los|un|del|de\slos)\s(?:(?:nuevo|nuevos)\s)?(?:arancel|gravamen|derecho|\d))
        al\smargen\sdel? fuera\sdel?\s(?:los\s)?arancel\w* a\ssalvo\sdel? no\s(?:estara|estaran|estan|quedan?|quedara)\ssujet\w+

        fai(?:t|re)\sgrace\b exempt(?:e|es|ee|ees|er|era|ent|ion|ions)?\b exoner\w+ epargn\w+ en\sfranchise
        exclu(?:t|s|es|e|ent)?\b exclusion\b echapp\w+ dispens\w+ soustrai\w+ soustraction\b
        evit(?:e|ent|era|eront|er|ant)\b(?=\s(?:le|la|les|l'|un|une)\s?(?:droit|tarif|surtaxe|taxe|nouve)) a\sl'abri\sd
        non\sassujetti\w* affranchi\w*
        ne\ss'appliqu\w+\s(?:pas|plus)\saux
        """
    ),
    Action.SUSPENDED: listed(
        r"""
        suspen(?:d|ds|ded|ding|sion)\b(?!\sagreement) paus(?:e|es|ed|ing)\b on\shold\b
        freez(?:e|es|ing)\b froze\b delay(?:s|ed|ing)?\b postpon(?:e|es|ed|ing)\b
        defer(?:s|red)?\b stay(?:s|ed)\b(?!\s(?:at|in\s(?:place|effect|force)|where|put|on|as|the\ssame|unchanged|intact)) block(?:s|ed)\b
        halt(?:s|ed|ing)?\b held\soff puts?\soff put\soff shelv(?:e|es|ed|ing)\b reprieve\b truce\b
        mothball\w* on\sice\b abeyance\b grace\speriod hold(?:s|ing)?\soff
        (?:back(?:s|ed|ing)?|step(?:s|ped|ping)?|pull(?:s|ed|ing)?)\s(?:away|back|off)\b(?=\s(?:from\s|on\s)?(?:the|its|his|their|a|new|plans?)\s)

        suspend(?:e|en|io|ieron|era|eran|er|ido|ida|idos|idas)\b bloque(?:a|o|aron|ado|ados)\b
        (?<!acuerdo\sde\s)suspension\b(?!\sagreement) paus(?:a|o|aron|ara|ar)\b aplaz\w+
        suspendiendo\b suspenda[n]?\b en\ssuspenso en\spausa en\sel\scongelador retrasad\w+
        retras(?:a|o|an|aron|ara)\b pospus\w+ pospon\w+ congel(?!ad[oa]s?\b)\w+ (?:qued|est|sig|fue|dej)\w*\scongelad\w+ arancel(?:es)?\scongelad\w+ posterg\w+ difirio\b difier\w+

        suspend(?:re|ra|u|ue|us|ues|ent|ront)?\b retard(?:e|er|era|ent|ee|ees|es)\b
        bloqu(?:e|ent|ee|ees|es)\b en\spause\b gel(?:e|er|ent|era)\b
        report(?:e|er|ent|ee|es|ees|era)\b(?!r) differ(?:e|er|era|es|ees)\b sursis\b treve\b sur\s(?:la\s)?glace repouss(?:e|es|ee|ees|er|ent|era)\b
        met(?:tent|tra)?\sen\sveilleuse suspens\b
        """
    ),
    Action.REMOVED: listed(
        r"""
        zero(?:es|ed|ing)?\sout\b wip(?:e|es|ed|ing)\s(?:out|away)\b thr(?:ow|ows|ew|own)\sout\b nullif\w+ eras(?:es|ed|ing)\b vanish(?:es|ed)\b
        disappear(?:s|ed)\b desaparec\w+ borr(?:a|o|aron|ara)\b deja(?:n|ron)?\ssin\sefecto disparai\w+ effac(?:e|ent|era)\b
        scrap(?:s|ped|ping)?\b(?!\smetal) remov(?:e|es|ed|ing|al)\b eliminat\w+ repeal\w*
        rescind\w* revok\w+ lift(?:s|ed|ing)?\b(?!(?:[^.;]|\.\d){0,130}\sto\s(?:an?\s|as\smuch\sas\s)?(?:\d[\d.]*\s?(?:%|per)|\w+\s?per))
        ditch(?:es|ed|ing)\b nix(?:es|ed)\b vacat(?:e|es|ed|ing)\b set(?:s|ting)?\saside
        (?:walk(?:s|ed|ing)?|roll(?:ing)?|dial(?:s|ed|ing))\sback\b(?!(?:[^.;]|\.\d){0,90}\sto\s\d) undid\b undo(?:es|ne|ing)?\b
        dismantl\w+ (?:stop(?:s|ped)?|ceas(?:e|es|ed)|quit)\s(?:collecting|collection|charging|applying|levying|imposing)
        drop(?:s|ped|ping)?\b(?!(?:[^.;]|\.\d){0,90}\s(?:to|from)\s(?:\d|\w+\sper))(?=\s(?:its|the|all|their|a\s\d|most|counter\w*|retaliatory|tariffs|duties|\d[\d.]*\s?(?:%|per\s?cent)\s(?:(?!because|on|due)\w+\s){0,1}(?:tariff|dut|surtax|lev)))
        end(?:s|ed|ing)?\b(?=\s(?:its|the|all|their|\d|most|counter\w*|retaliatory|tariffs|duties))
        (?:end(?:s|ed|ing)?|drop(?:s|ped|ping)?)\b(?!(?:[^.;]|\.\d){0,90}\s(?:to|from)\s(?:\d|\w+\sper))(?=\s(?:(?!on|over|about|with|as|in|at|by|after|of|for|to|and|amid|up|since|from)[\w.%'-]+\s){0,4}?(?:tariffs?|dut(?:y|ies)|lev(?:y|ies)|surtax|surcharge)\b)
        abolish\w* str(?:ike|ikes|uck)\sdown void(?:s|ed)?\b axe[sd]?\b
        withdr(?:aw|aws|ew|awn|awing)\b terminat(?:e|es|ed|ing)\b cancel\w*
        do(?:es|ne|ing)?\saway\swith did\saway\swith (?:get|gets|getting|got)\srid\sof invalidat\w+ overturn\w* phas(?:e|es|ed|ing)\sout
        (?:kill(?:s|ed|ing)?(?:\soff)?|pull(?:s|ed|ing)?|bur(?:y|ies|ied)|retir(?:e|es|ed|ing)|t(?:ear|ears|ore|earing)\s(?:up|down)|w(?:ind|inds|ound|inding)\s(?:down|up)|strip(?:s|ped)?\s(?:away|off)|yank(?:s|ed)?|jettison\w*|discard\w*|unw(?:ind|inds|ound)|clear(?:s|ed)\saway|sunset(?:s|ted|ting)?|call(?:s|ed|ing)\soff|bin(?:s|ned)|junk(?:s|ed)|dispens(?:e|es|ed)\swith)\b(?=\s(?:its|the|an?|his|their|all|most)\s(?:[\w.%'-]+\s){0,5}?(?:tariffs?|dut(?:y|ies)|lev(?:y|ies)|surtax|surcharge|rate)\b)
        let(?:s|ting)?\b(?=\s(?:[\w.%'-]+\s){1,9}?(?:lapse|expire|run\sout|die)\b)
        (?:tariffs?|dut(?:y|ies)|lev(?:y|ies)|surtax|surcharge|collection)\b(?=\s(?:[\w.%'-]+\s){0,6}?(?:(?:has|have)\s(?:now\s|just\s|finally\s)?(?:ended|expired|lapsed|ceased|gone|died|run\sits\scourse|come\sto\san\send)|(?:ended|expired|lapsed|ceased|died)(?:[.;,]|$|\s(?:on|at|in|for\sgood|yesterday|today|last|this|monday|tuesday|wednesday|thursday|friday|saturday|sunday))|is\s(?:no\smore|over|gone|dead|history)|no\slonger\sexists?)\b)
        no\slonger\s(?:charge|apply|face|pay|collect) toss(?:ed|es)?\sout
        roll(?:s|ed)\sback\b(?!\s(?:\w+\s){0,7}?to\s\d) quash\w* annul\w* expired\b lapsed\b

        elimin(?:a|an|o|aron|ara|aran|ar|ada|ado|adas|ados|acion)\b
        retir(?:a|an|o|aron|ara|aran|ar|ada|ado|ados)\b quit(?:a|an|o|aron|ara|aran|ar)\b derog\w+
        elimine[n]?\b eliminando\b retire[n]?\b retirad[oa]s?\b retirando\b levantad[oa]s?\b
        dej(?:a|an|o|aron|ara|aran|ar)\sde\s(?:cobrar|aplicar|pagar|imponer|exigir) se\sacab(?:o|a|aron)\b
        (?:tumb|desmantel|desech)(?:a|o|aron|ara|an)\b ech(?:o|a|aron)\s(?:abajo|atras) renunci(?:a|o|aron|ara)\sa
        (?:da|dio|dieron|dan)\smarcha\satras quit(?:ado|ada|ados|adas|e|en|ando)\b
        sin\sefectos?\b levant(?:a|an|o|aron|ara|ar)\b anul(?:a|an|o|aron|ara|ar|ado|ados)\b
        suprim\w+ cancel(?:a|an|o|aron|ara|ar|ado)\b revoc\w+ invalid\w+ pone\sfin puso\sfin
        n'(?:est|etait|sera)\splus\s(?:\w+\s)?(?:tax|frapp|soumis|assujetti|vise)\w* ne\s(?:sont|seront|paient|paie|paieront)\splus\b(?!\squ)
        ya\sno\s(?:pag|cobr|aplic|grav)(?:a|an|ara|aran)\b
        dejo\ssin d(?:io|a|ieron|ara|an)\s(?:por\sterminad[oa]s?|de\sbaja|carpetazo) dej(?:a|o|aron|ara)\s(?:expirar|vencer|morir|caducar)
        (?:puso|pone|pusieron|pondra)\s(?:punto\sfinal|termino) se\sdeshizo\sdel?
        (?:desmont|sepult|enterr|borr|desactiv|extingu|finiquit|liquid)(?:o|a|aron|ara|an|io|ieron)\b(?=\s(?:el|la|los|las|su|sus|un|una)\s(?:[\w%.,-]+\s){0,4}?(?:arancel|gravamen|cuota|sobretasa|derecho|impuesto|tasa))

        supprim\w+ abrog\w+ lev(?:e|er|ee|ees|es|ent|era|eront)\b
        retir(?:e|er|ent|era|es|ee|ees)\b annul(?:e|er|ent|era|es|ee|ees)\b
        elimin(?:e|er|ent|era|es|ee|ees)\b abol(?:i|is|it|ir|ie|ies|issent)\b met(?:tra|tre)?\sfin
        renonc(?:e|ent|er|era|es)\b f(?:ait|ont|era)\ssauter cess(?:e|ent|era|er|eront)\sde\s(?:percevoir|prelever|appliquer|taxer)
        f(?:ait|ont)\s(?:marche\sarriere|machine\sarriere) biff\w+
        m(?:is|et|ettent|ettra)\sun\sterme tir(?:e|ent|er)\sun\strait f(?:ait|ont|era)\stomber se\sdef(?:ait|ont)\sd
        laiss(?:e|ent|er|era)\b(?=\s(?:[\w%.,'-]+\s){1,9}?(?:expirer|mourir|tomber|s'eteindre)\b|\s(?:expirer|mourir|tomber|s'eteindre)\b)
        (?:enterr|gomm|ray|enlev|desactiv|balay)(?:e|ent|er|era|es|ee)\b(?=\s(?:le\s|la\s|les\s|l'|son\s|sa\s|ses\s|leurs?\s|une?\s)(?:[\w%.,'-]+\s){0,4}?(?:droit|tarif|surtaxe|taxe))
        mis\sfin invalid\w+ revoqu\w+ abandonn\w+ leve\b
        """
    ),
    Action.RETALIATORY: listed(
        r"""
        retaliat\w* counter-?(?:tariffs?|surtax\w*|lev(?:y|ies)) counter-?measures? counter-?dut\w+ hit(?:s|ting)?\sback
        tit-for-tat in\s(?:response|answer|reply|revenge)\b reprisals? str(?:ikes|uck|iking)\sback
        (?:respond(?:s|ed|ing)?|answer(?:s|ed|ing)?|repl(?:y|ies|ied|ying)|react(?:s|ed|ing)?|hit(?:s|ting)?\sback)\s(?:[\w.'-]+\s){0,8}?(?:with|by)(?=\s(?:an?|its|new|\d|duties|tariffs|lev|impos|slapp|hitting|rais|tax|lev|putt|\w+ing)\b)
        (?:reply|response|answer|riposte)\s(?:to\s(?:[\w.'%-]+\s){1,9}?)?(?:was|is|came)\b back\sin\skind\b in\skind\b reciprocat\w+
        fir(?:es|ed)\sback match(?:es|ed|ing)\b countered\b counters\b

        contragolpe\b en\sdesquite\b represalias?\b contra-?arancel\w* en\srespuesta\b (?:respond(?:e|io|ieron|era|en|iendo|er|eran)|contest(?:a|o|aron|ara|an)|replic(?:a|o|aron|ara|an)|reaccion(?:a|o|aron))\s(?:[\w.'-]+\s){0,8}?con\b(?=\s(?:un|una|el|nuev|aranc|gravam|derech|sus?|\d|medid|contra|tas)\w*)
        contramedidas?\b respuesta\s(?:fue|es|sera)\b revir\w+ contraata\w+ (?:devuelve|devolvio|devuelven|devolvieron)\sel\sgolpe

        represailles\b contre-?tarif\w* contre-?mesures?\b contre-?attaqu\w* ripost\w+
        en\sreponse\b repliqu\w+ repond(?:u|ent|ra|ant)?\s(?:[\w.'-]+\s){0,8}?(?:par|avec|en)\b(?=\s(?:une?|des|ses|imposant|taxant|frappant|de|\d)\b)
        rend(?:ent|ra)?\s(?:la\spareille|coup\spour\scoup) (?:reponse|riposte)\s(?:est|fut|sera|a\sete)\b
        """
    ),
    Action.RAISED: listed(
        r"""
        alz(?:a|o|an|aron|ara|aran|ar|ado|ada)\b(?=(?:[^.;]|\.\d){0,90}(?:%|ciento)) (?:points|puntos)\s(?:higher|more|mas|de\splus)\b el\salza\b
        swell(?:s|ed)\b sho(?:t|ots)\sup\b soar(?:s|ed)\b se\s(?:dispar|elev|increment)\w+ s'eleve\sdesormais grimp\w+
        rais(?:e|es|ed|ing)\b(?!\s(?:the\s)?(?:possibility|prospect|questions|concerns|fears|prices))
        hik(?:e|es|ed|ing)\b increas(?:e|es|ed|ing)\b doubl(?:e|es|ed|ing)\b
        tripl(?:e|es|ed|ing)\b quadrupl\w+ boost(?:s|ed|ing)?\b
        lift(?:s|ed|ing)?\b(?=(?:[^.;]|\.\d){0,130}\sto\s(?:an?\s|as\smuch\sas\s)?(?:\d[\d.]*\s?(?:%|per)|\w+\s?per)) upp(?:ed|ing)\b
        ups\b(?=\s(?:[\w.'-]+\s){0,4}?(?:tariffs?|dut(?:y|ies)|lev(?:y|ies)|surtax|rate|surcharge)\b) up\sto\b(?=\s\d[\d.]*\s?(?:%|per\s?cent|percent),?\sfrom\b)
        (?:jack|crank|ramp|hik)(?:s|ed|ing)?\sup\b hoist(?:s|ed|ing)?\b elevat(?:e|es|ed|ing)\b
        strik(?:es|ing)\b(?=[^;]{1,50}\binsert) delet(?:es|ing)\b(?=[^;]{1,50}\binsert)
        replac(?:e|es|ed|ing)\b(?=[^;]{1,60}(?:%|percent|per\scent)[^;]{0,30}\b(?:with|by)\s) sustitu\w+(?=[^;]{1,60}(?:%|ciento)[^;]{0,30}\bpor\s) remplac\w+(?=[^;]{1,60}(?:%|cent)[^;]{0,30}\bpar\s)
        (?:add(?:s|ed|ing)?|agreg(?:a|o|an|aron|ara|aran|ar)|anad(?:e|en|io|ieron|ira|ir)|sum(?:a|o|an|aron|ara|aran|ar)|ajout(?:e|ent|era|eront|er))\b(?=(?:[^.;]|\.\d){0,30}\s(?:points|puntos)\b)
        climb(?:s|ed|ing)?\b jump(?:s|ed|ing)?\b ratchet\w* ris(?:e|es|ing)\b rose\b
        step(?:s|ped|ping)?\sup\b escalat\w+ go(?:es)?\sup\sto went\sup\sto
        push(?:es|ed|ing)\b(?=[^.]{0,40}\sto\s\d) tak(?:es|en|ing)\b(?![^.]{0,20}\sdown\sto)(?=[^.]{0,40}\sto\s\d)
        bump(?:s|ed|ing)?\sup bump(?:s|ed)\b(?=[^.]{0,40}\sto\s\d) up\sfrom\b add(?:s|ed|ing)?\sanother
        (?:mov|chang|adjust|go|went)\w*\b(?=[^%]{0,40}\bfrom\s\d) went\sfrom
        passe(?:nt|r|ra|ront)?\b(?=[^%]{0,30}\bde\s\d)
        pas(?:a|o|ara|aran|an|aron)\b(?=[^%]{0,30}\bde(?:l)?\s\d|\s(?:el|la)\s(?:arancel|gravamen|cuota|sobretasa|tasa|derecho)) passee?\b(?=\s(?:le|la)\s(?:droit|tarif|surtaxe|taxe))

        sub(?:ido|ida|idos|idas|iendo|a|an|iera|ieran)\b(?=(?:[^.;]|\.\d){0,90}(?:%|ciento)) alza\b(?=\s(?:del?|al?|en|arancel\w*)\s)
        (?:elev|aument|increment|duplic)(?:ado|ada|ados|adas|e|en)\b encarec(?!eri)\w+
        sub(?:io|ira|ir|ieron|iran|e|en|iria)\b elev(?:o|a|ara|an|aron|ar|aran|ando)\b
        aument(?:o|a|ara|an|aron|ar|aran|ando)\b increment(?:o|a|ara|an|aron|ar|aran|ando)\b
        duplic(?:o|a|ara|an|aron|ar|aran|ando)\b triplic\w+

        relev(?:e|er|era|ent|es|ee|ees|ant)\b hauss(?:e|er|era|ent|es|ant)\b
        port(?:e|er|era|ent|ee|ees|es|ant|eront)\b(?=\s(?:de|a|ses|leurs|sa|son|les|le|la|d')\b)
        augment(?:e|er|era|ent|es|ee|ees|ation|ant|eront)\b
        (?:est|sont|a|ont)\spasse(?:e|s|es)?\b(?=(?:[^.;]|\.\d){0,30}\sd[eu]\s\d) doubl(?:e|er|era|ent|es|ant|ement|eront)\b grimp(?:e|er|era|ent|eront)\b
        major(?:e|er|era|ent|es|ee|ation)\b triple\w* alourdi\w* bondi(?:t|ssent|r)?\b gonfl\w+
        accro(?:it|issent|itre|itra)\b accru(?:s|e|es)?\b monte(?:nt|r|ra|ront)?\sa\b(?=\s\d) quadrupl\w+
        """
    ),
    Action.LOWERED: listed(
        r"""
        ca(?:e|en|yo|yeron|era|eran)\b(?=(?:[^.;]|\.\d){0,60}(?:%|ciento|arancel|gravamen|cuota)) (?:points|puntos)\s(?:lower|less|menos|de\smoins)\b
        fall(?:s|ing)?\b(?=(?:[^.;]|\.\d){0,40}\sto\s) fell\b(?=(?:[^.;]|\.\d){0,40}\sto\s) chut(?:e|ent|era)\b(?=(?:[^.;]|\.\d){0,40}\sa\s\d) slid(?:es)?\b(?=(?:[^.;]|\.\d){0,40}\sto\s)
        desplom\w+ dimidi\w+ a\sla\smitad halv(?:e|es|ed|ing)\b de\smoitie
        lower(?:s|ed|ing)?\b down\sfrom\b cap(?:s|ped|ping)?\b(?=\s(?:\w+\s){0,7}at\s\d)
        (?:now\s)?pay(?:s)?\sonly\b ne\s\w+\splus\sque ne\s(?:\w+\s)?plus\s(?:\w+\s)?qu'a\b solo\spagan?\b cut(?:s|ting)?\b(?!\s(?:flowers|roses|glass|lumber|stone)\b)
        reduc(?:e|es|ed|ing|tion)\b slash(?:es|ed|ing)?\b trim(?:s|med|ming)?\b
        halv(?:e|es|ed|ing)\b decreas(?:e|es|ed|ing)\b
        drop(?:s|ped|ping)?\b(?=\s(?:\w+\s){0,6}?(?:to|from)\b|(?:[^.;]|\.\d){0,90}\s(?:to|from)\s(?:\d|\w+\sper)) eas(?:e|es|ed|ing)\b
        roll(?:s|ed)\sback\b(?=\s(?:\w+\s){0,7}?to\s\d) fall(?:s)?\b(?=\s(?:\w+\s){0,3}?to\b)
        fell\sto bring(?:s|ing)?\sdown brought\sdown scal(?:es|ed)\sback lighten\w* soften\w*
        shav(?:es|ed)\b par(?:es|ed|ing)\b whittl\w+ chop(?:s|ped|ping)\b lessen\w* down\sto\b(?=\s\d)
        (?:shav(?:e|es|ed|ing)|tak(?:e|es|ing)|took|rest(?:a|o|an|aron|ara)|quit(?:a|o|an|aron|ara)|retranch(?:e|ent|era)|enlev(?:e|ent|era)|otes?)\b(?=(?:[^.;]|\.\d){0,30}\s(?:points|puntos)\b)
        (?:dial|walk)(?:s|ed|ing)?\sback\b(?=(?:[^.;]|\.\d){0,90}\sto\s\d) scal(?:es|ed|ing)\s(?:back|down)
        knock(?:s|ed|ing)\s(?:\w+\s){0,5}?(?:down|off)

        dej(?:o|a|aron|an|ara|aran|ar)\sen\b(?=\s(?:el\s|un\s|solo\s)?\d)
        baj(?:o(?!\s(?:la\s(?:seccion|ley|lupa)|el\s(?:t-mec|tratado|acuerdo|articulo|amparo|regimen)|ese|este|esta|un|una|investig\w+))|a(?!\scalifornia)|ara|an|aron|ar|aran|ando)\b
        redu(?:jo|ce|cira|cir|jeron|cen|ciran|ciendo|ccion|cido)\b
        recort(?:o|a|ara|an|aron|ar|aran)\b disminu(?:yo|ye|ira|ir|yeron|yen|iran)\b
        rebaj(?:o|a|ara|an|aron|ar|ado|ada|ados|adas|e|en|aran|ando)\b recort(?:ado|ada|ados|adas|e|en|ando)\b
        baj(?:ado|ada|ados|adas|e|en)\b(?=(?:[^.;]|\.\d){0,90}(?:%|ciento)) redu(?:cida|cidos|cidas|zca|zcan|jera|jeran)\b
        disminu(?:ido|ida|idos|idas|ya|yan)\b abarat\w+ aliger\w+ descen(?:dio|dera|dieron|der)\b

        abaiss(?:e|er|era|ent|es|ee|ees|ant|eront|ement)\b
        redui(?:t|re|ra|sent|ts|te|tes|sant|ront)\b baiss(?:e|er|era|ent|es|ee|ant|eront)\b
        diminu(?:e|er|era|ent|es|ee|ant)\b ramen(?:e|er|era|ent|es|ee|ees|ant)\b ramen(?:e|ent)\b
        alleg(?:e|er|era|ent)\b retomb\w+ rabaiss\w+ coup(?:e|er|ent|era)\b
        (?:tomb|descend)(?:e|ent|er|era|es|ra|re|u)?\b(?=(?:[^.;]|\.\d){0,25}\sa\s\d) baisse\b diminution\b ampute\w*
        """
    ),
    Action.ANNOUNCED: listed(
        r"""
        announc(?:e|es|ed|ing|ement)\b confirm(?:s|ed)\b unveil(?:s|ed|ing)?\b
        will\s(?:\w+ly\s)?(?:impose|see|charge|levy|apply|put|slap|hit|face|pay|be\s(?:subject|hit|imposed|charged|levied|slapped|taxed|collected|applied|assessed|added|placed|introduced)|set|collect|carry|draw|attract|place|enact|introduce|add|tax|start|begin|take|go)
        (?:is|are)\s(?:bringing\sin|rolling\sout|introducing|phasing\sin|adding|putting)\b
        to\s(?:impose|charge|levy|slap|hit|tax|apply|put)\b (?:is|are)\sto\s(?:face|pay|carry|bear)\b be\sextended\sto\b(?=\s(?!\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|the\send)) plan(?:s|ned|ning)?\b
        intend(?:s|ed)?\b propos(?:e|es|ed|ing|al)\b proclaim(?:s|ed)?\b
        g(?:ave|ives?|iving)\snotice\b serv(?:ed|es|ing)\snotice\b to\sbe\s(?:charged|collected|applied|levied|imposed)\b will\sbe(?=\s\d)
        said\s(?:it|he|she|they)\swill would\s(?:begin|start|take\seffect|kick\sin|(?:come|go)\sinto\s(?:force|effect))\b ordered\b orders\b(?=\s(?:an?|the|new|his|her|its|that|tariffs|duties|customs|cbp|\d)\b) await(?:s|ed|ing)?\b signed\b recommend(?:s|ed)\b

        anunci\w+ d(?:io|a|ieron)\saviso\sde hizo\ssaber confirm(?:o|a|aron)\b aguarda[n]?\b espera\sa\b orden(?:o|a|aron)\b dio\sa\sconocer da\sa\sconocer
        pondra(?:n)?\b(?=\s(?:un\s)?\d) impondra(?:n)?\b aplicara(?:n)?\b cobrara(?:n)?\b gravara(?:n)?\b fijara(?:n)?\b
        (?:va|van)\sa\s(?:imponer|aplicar|cobrar|gravar)
        (?:decidi|resolvi|acord|opt)(?:o|io|eron|ieron|aron)\s(?:por\s)?(?:imponer|aplicar|cobrar|gravar|fijar|establecer|instaurar|poner|crear|introducir|adoptar) plane(?:a|an)\b pretende[n]?\b pagaran\b
        pagara\b propuso\b propone[n]?\b establecera[n]?\b busca\simponer preve\b enfrentaran?\b
        tendran?\sun\sarancel ser(?:a|an)\sde(?:l)?(?=\s(?:entre\s)?\d) entrara[n]?\b(?=[^.;,]{0,40}\scon\s(?:un\s)?(?:\d[\d.,]{0,5}\s?%\sde\s)?(?:arancel|gravamen|impuesto))
        ser(?:a|an)\s(?:gravad|sujet|sometid|impuest|aplicad|cobrad|tasad|objeto)\w*
        (?:subiran?|elevaran?|pondran?|castigaran?|tasaran?)\sde?\s?(?=con\b)

        annonc\w+ attend(?:ent)?\b(?=\s(?:les?\s|la\s|l')) donn(?:e|ent)\savis\sd fait\s(?:part\sd|savoir) confirm(?:e|ent)\b impos(?:era|eront|erait)\b appliqu(?:era|eront)\b
        (?:a|ont)\s(?:decide|choisi|resolu|convenu)\sd(?:e\s|')(?:imposer|appliquer|frapper|taxer|percevoir|instaurer|instituer|fixer|introduire|adopter)
        ser(?:a|ont)\sde(?=\s\d) paier(?:a|ont)\b acquitter(?:a|ont)\b subir(?:a|ont)\b entrer(?:a|ont)\b(?=[^.;,]{0,40}\savec\sune?\s(?:droit|tarif|surtaxe)) percevr(?:a|ont)\b prevoi(?:t|ent)\b
        compte(?:nt)?\b(?=\s(?:imposer|frapper|appliquer|taxer|percevoir)) devoil\w+
        frapper(?:a|ont)\b seront\s(?:frappe\w*|soumis\w*|assujetti\w*|taxe\w*)
        sera\s(?:frappe\w*|soumis\w*|assujetti\w*|imposee?|percue?|taxe\w*) taxer(?:a|ont)\b
        instaurer(?:a|ont)\b (?:va|vont)\s(?:imposer|frapper|appliquer|taxer|percevoir)
        propos(?:e|ent)\b entend(?:ent)?\simposer
        """
    ),
    Action.IMPOSED: listed(
        r"""
        (?:com|enter)(?:e|es|s|ing)?\s(?:in\s)?(?=(?:[\w.]+\s){0,3}?(?:with|at|under)\san?\s\d)
        entra(?:n)?\b(?=[^.;,]{0,40}\scon\s(?:un\s)?(?:\d[\d.,]{0,5}\s?%\sde\s)?(?:arancel|gravamen|impuesto)) entre(?:nt)?\b(?=[^.;,]{0,40}\savec\sune?\s(?:droit|tarif|surtaxe))
        peg(?:s|ged)\b clap(?:s|ped)\b laid\b lays\b burden(?:s|ed)\b exact(?:s|ed)\b(?=\sa) (?:weigh|sit|run)(?:s|ing)\s(?:on|at)\b comes?\sto\b(?=\s\d)
        pes(?:a|an|aba|aban)\ssobre recae[n]?\b qued(?:a|an|o|aron)\sen\b(?=\s\d) (?:asciende|equivale|se\subica)[n]?\b sujet[oa]s?\b
        pes(?:e|ent|ait)\ssur s'etabli(?:t|ssent)\sa atteint\b grev(?:e|ent)\b s'eleve(?:nt)?\sa\b
        impos(?:e|es|ed|ing|ition)\b ke(?:eps?|pt)\b maintain(?:s|ed)?\b mantien\w+ mantuvo\b
        maintien\w* puts?\b slap(?:s|ped|ping)?\b
        lev(?:ied|ies|y|ying)\b(?=\s(?:an?\s|\d|the\s|new\s|dut|tariff)) hits?\b hitting\b
        setting\b(?=\s(?:[\w-]+\s)?(?:tariffs?|dut(?:y|ies)|lev(?:y|ies))) brought\sin\b brings?\sin\b punish\w* whack\w* sets?\b charg(?:es|ed|ing)\b collect(?:s|ed|ing)?\b
        appl(?:ies|ied|y|ying)\b add(?:s|ed)\b(?=\s(?:an?\s(?:extra|additional|further)\s)?[\w.]+\s?(?:%|per\s?cent|percent)\s(?:to|on)\s(?:every|all\s|any|imports)) tack(?:s|ed)\son\b took\s(?:effect|hold) takes?\s(?:effect|hold)
        (?:is|are|was|were|remain|remains|been|stays?|stayed|be)\s(?:\w+\s)?in\s(?:place|effect|force)
        went\sinto go(?:es)?\sinto came\sinto come(?:s)?\sinto kick(?:ed|s)?\sin
        subject(?:ed|s)?\sto fac(?:e|es|ed|ing)\b pay(?:ing)?\b pays(?<!s\spays)(?<!\sde\spays)(?<!\bdu\spays)(?<!\ble\spays)(?<!\bce\spays)(?<!\bun\spays)(?<!\bau\spays)(?<!x\spays)(?!\s(?:membres?|tiers|concernes|vises|exportateurs?|en\s|sans|signataires|qui|d'|partenaires?|voisins?|de\sl'))\b paid\b carr(?:y|ies)\b
        introduc\w+ enact\w* institut(?:ed|es|ing)\b adopt(?:ed|s)\b finaliz\w+ issued\b
        plac(?:es|ed|ing)\b tax(?:es|ed|ing)\b enter(?:s|ed)\sinto\sforce entered\sforce
        pass(?:es|ed)\b(?=\s(?:new\s|an?\s)?(?:tariffs|duties|levies|\d)) draw(?:s|n)?\b attract(?:s|ed)?\b start(?:s|ed)\b began\b begins\b assess(?:ed|es)?\b
        target(?:s|ed|ing)?\b hammer(?:s|ed)?\b clobber\w* reimpos\w+ reinstat\w+ reviv(?:e|es|ed|ing)\b resurrect\w* (?:brings?|brought|bringing)\sback\b
        crack(?:s|ed|ing)?\sdown\b clamp(?:s|ed|ing)?\sdown\b (?:goes|went|going)\safter\b saddl\w+ smack\w*
        bears?\b bore\b bearing\b incur(?:s|red)?\b owe[sd]?\b subjects\b activat\w+ trigger(?:s|ed)\b unleash\w* replac(?:es|ed)\b clear(?:s|ed)\sthe\sway\sfor\b
        (?:approv(?:es|ed)|ratif(?:ies|ied)|rubber-stamp(?:s|ed)|greenlit|okay(?:s|ed)|sign(?:s|ed)\soff\son)\b(?=\s(?:an?\s|new\s|\d|(?:[\w-]+\s){0,2}?(?:tariffs|duties|levies)))
        aprob(?:o|aron)\b(?=\s(?:un\s|una\s|nuev\w+\s|\d|arancel|gravam|cuota|sobretasa)) approuv(?:e|ent)\b(?=\s(?:une?\s|des\s|de\snouv))
        stick(?:s|ing)\b stuck\b roll(?:s|ed)\sout\b get(?:s|ting)?\shit\b sock(?:s|ed)\b
        (?:is|are)\sback\b(?!\s(?:on\sthe\stable|in\s|at|to|under|before|up)) woke\sup\sto\b restor(?:es|ed)\b remains?\sat stand(?:s|ing)?\sat stays?\sat effective\b

        impus(?:o|ieron)\b impone[n]?\b impuest[oa]s?\b(?=\s(?:por|a|al|en|desde)) imponer\b
        fij(?:o|a|aron|an)\b aplic(?:o|a|an|aron|ar|ado|ados)\b cobr(?:a|an|o|aron)\b
        grav(?:a|an|o|aron|ado|ados|ar)\b estableci(?:o|eron)\b establece[n]?\b
        tribut(?:a|an|o|aron|aba|aban)\b
        reviv(?:e|en|io|ieron|ira|iran)\b resucit\w+ restablec\w+ reactiv(?:a|o|an|aron|ara)\b reimp(?:one|onen|uso|usieron)\b
        entr(?:o|aron|a|an|ara|aran)\sen\svigor pag(?:a|an|o|aron)\b vigentes?\b rige[n]?\b
        enfrent(?:a|an|o|aron)\b sujet[oa]s?\sa determin(?:o|a)\b instaur\w+ puso\b pusieron\b
        golpe(?:a|o|an|aron)\b castig(?:a|o|an|aron|ando)\b decret(?:a|o|an|aron)\b publico\b
        h(?:a|an|abia|abian)\s(?:impuesto|fijado|puesto|cobrado|establecido|decretado|gravado|sometido|instaurado|adoptado)\b
        (?:fue|fueron|quedo|quedaron|queda|quedan)\s(?:gravad|sujet|sometid|fijad|impuest|establecid)\w+
        fren(?:a|o|an|aron)\s(?:a\s)?(?:el|la|los|las)\b pon(?:e|en)\b sancion(?:a|o|an|aron)\b arremet\w+
        carg(?:a|o|an|aron)\s(?=contra\b|con\s\d|un\s\d|\d) (?:sum|anad)(?:a|e|o|io|en|an|aron|ieron)\b(?=\s(?:un\s)?\d) somet(?:e|en|io|ieron|era|eran)\b tas(?:an|o|aron)\b(?=\scon\s)

        remet(?:tent|tra|tront)?\sen\s(?:vigueur|place)\b retabli(?:t|ssent|ra|ront|r)?\b ressuscit\w+ reactiv(?:e|ent|era)\b reimpos(?:e|ent|era)\b
        impos(?:e|ent|es|ee|ees|ant|er)\b frapp(?:e|ent|es|ee|ees|ant|er)\b
        appliqu(?:e|ent|es|ee|ees|er)\b fix(?:e|ent|ee|ees|es|er)\b percoi(?:t|vent)\b percus?\b ajout(?:e|ent)\b(?=\s\d)
        percevoir\b en\svigueur\b prelev(?:e|ent)\b instaur\w+ institu(?:e|ent|er|era|eront|ee|ees|es|ant)\b
        tax(?:e|ent|es|ee|ees|er)\b soumis\w* assujetti\w* vis(?:e|ent|es|ee|ees|ant)\b inflig\w+
        decret(?:e|ent|es|ee)\b prennent\seffet prend\seffet paie(?:nt)?\b subi(?:t|ssent|ront)\b acquitt(?:e|ent)\b
        adopt(?:e|ent)\b ecop\w+ sevi(?:t|ssent|r)\b s'attaqu\w+ s'en\spren\w+ puni(?:t|ssent|r|e|es|s)?\b
        soumet(?:tent|tra|tre|tront)?\b matraqu\w+ sanctionn\w+ pena?lis\w+
        """
    ),
}
WHO_ASKS = (
    r"(?:growers|producers|farmers|ranchers|makers|steelmakers|mills|millers|unions?|industry|industries|association|federation|chamber|lobby|lobbyists|senators?|lawmakers|companies|manufacturers"
    r"|productores|agricultores|camara|sindicatos?|industria|industriales|ganaderos|fabricantes|organizaciones|empresarios|senadores|diputados|confederacion|asociacion"
    r"|producteurs|agriculteurs|syndicats?|industrie|fabricants|manufacturiers|eleveurs|federation|chambre|acieries|entreprises|deputes)"
)
"""Those who ask and warn, and impose nothing."""
_ASKS = (
    r"(?:ask(?:s|ed|ing)?|urg(?:e|es|ed|ing)|call(?:s|ed|ing)?\s(?:on|for)|wants?|want|seek(?:s|ing)?|sought|lobb(?:y|ies|ied|ying)|petition(?:s|ed|ing)?|request(?:s|ed|ing)?|demand(?:s|ed|ing)?|press(?:es|ed|ing)?|push(?:es|ed|ing)?\sfor"
    r"|pid(?:e|en|io|ieron)|solicit(?:a|an|o|aron)|exig(?:e|en|io|ieron)|reclam(?:a|an|o|aron)|quieren?|buscan?|urg(?:e|en|io|ieron)"
    r"|demand(?:e|ent|aient)|reclam(?:e|ent|aient)|exig(?:e|ent)|souhait(?:e|ent)|veulent|veut|presse(?:nt)?)"
)
NO_ACTION = listed(
    WHO_ASKS
    + r"\b\s(?:[\w.'-]+\s){0,7}?"
    + _ASKS
    + r"""\b
    (?:wants?|urg(?:e|es|ed|ing)|ask(?:s|ed|ing)?|press(?:es|ed|ing)?|push(?:es|ed|ing)?|call(?:s|ed|ing)?\son|lobb(?:y|ies|ied|ying)|beg(?:s|ged)?|implor(?:e|es|ed)|petition(?:s|ed)?)\s(?!to\b)(?:[\w.'-]+\s){1,5}?to\s(?:impose|put|answer|hit|slap|levy|charge|match|raise|double|tax|respond|retaliate|set|apply|extend|reimpose|restore)\b
    (?:pid(?:e|en|io|ieron)|exig(?:e|en|io|ieron)|reclam(?:a|an|o|aron)|solicit(?:a|an|o|aron)|insta(?:n|ron)?|urg(?:e|en|io|ieron)|exhort(?:a|an|o|aron)|llam(?:a|an|o|aron))\s(?:[\w'-]+\s){0,6}?(?:que\s(?:\w+\s)?(?:imponga|grave|aplique|responda|suba|eleve|fije|cobre|castigue|restablezca)n?|(?:a\s)?(?:imponer|gravar|responder|castigar|restablecer))\b
    (?:demand(?:e|ent)|reclam(?:e|ent)|exig(?:e|ent)|press(?:e|ent)|exhort(?:e|ent)|appell(?:e|ent)|veulent|souhait(?:e|ent)|suppli(?:e|ent))\s(?:[\w'-]+\s){0,6}?(?:d'|de\s|a\s|qu'\w+\s|que\s\w+\s)(?:imposer|frapper|taxer|repondre|riposter|appliquer|impose|frappe|taxe|applique|retablir|instaurer)\b
    (?:has|have|had|with)\sno\sintention\b no\sintention\sof\b (?:ninguna|sin)\sintencion\b (?:no\stiene|no\stienen)\s(?:la\s)?intencion\b n'(?:a|ont)\s(?:pas\sl'|aucune\s)intention\b aucune\sintention\b
    (?:rechaz|descart)(?:a|an|o|aron)\s(?:\w+\s){0,3}que\b (?:reject(?:s|ed)|dismiss(?:es|ed)|rejett(?:e|ent)|a\srejete)\s(?:the\sidea|l'idee)\b
    (?:reject(?:s|ed)|dismiss(?:es|ed))\s(?:as\s(?:false|untrue|fiction)|(?:a|the|media|press)?\s?(?:reports?|rumou?rs?|talk|claims?)\b) desm(?:intio|iente|intieron|ienten)\b
    (?:would|might)\sbe\s(?:an?\s)?(?:[\w-]+\s){0,2}?(?:mistake|error|folly|disaster|blunder|own\sgoal|unwise) (?:seria|es)\sun\s(?:\w+\s)?(?:error|desatino|disparate) serait\sune\s(?:\w+\s)?(?:erreur|folie|betise)
    (?:puts?|peg(?:s|ged)|estimat\w+|calculat\w+|reckon(?:s|ed)?)\sthe\s(?:\w+\s){0,2}(?:cost|costs|toll|bill|impact|damage|burden|hit)\s(?:of|from)\b
    (?:calcul|estim|cifr|evalu)(?:a|an|o|aron)\s(?:en\s[^.;]{0,24}\s)?el\s(?:\w+\s)?(?:costo|impacto|golpe|dano)\b (?:evalu|chiffr|estim|calcul)(?:e|ent)\s(?:a\s[^.;]{0,24}\s)?(?:le\scout|la\sfacture|l'impact|l'effet)\b
    (?:tariffs?|dut(?:y|ies)|lev(?:y|ies)|surtax)\s(?:to|will|would|could|may|might)\s(?:lift|raise|push|boost|drive|increase|hurt|cut|reduce|lower|slow|shave|dent|cost)\s(?:\w+\s){0,4}?(?:prices?|costs?|inflation|growth|output|jobs|sales|demand|exports|imports|gdp)\b
    arancel\w*\s(?:[\w%.]+\s){0,5}?(?:elevar|encarecer|subir|reducir|bajar|frenar|costar)(?:a|an|ia|ian)\s(?:\w+\s){0,4}?(?:precios?|costos?|inflacion|crecimiento|ventas|empleos?|exportaciones|importaciones|pib)\b
    (?:tarifs?|droits?|surtaxes?)\s(?:[\w%.]+\s){0,5}?(?:relever|hausser|pousser|reduir|freiner|couter|gonfler)(?:a|ont|ait|aient)\s(?:[\w']+\s){0,4}?(?:prix|couts?|inflation|croissance|ventes|emplois?|exportations|importations|pib)\b
    (?:mantien|conserv|dej)(?:e|en|a|an|o|aron)\s(?:sin\scambios?|igual|intact[oa]s?|inalterad[oa]s?)\b sin\scambios?\b(?=[^.;]{0,40}\barancel) (?:stays?|remains?|left|leaves?|keeps?)\s(?:[\w%.]+\s){0,6}?(?:unchanged|intact|the\ssame|where\s(?:it|they)\s(?:is|are|was|were)|put)\b (?:rest|demeur|maint|laiss)\w*\s(?:[\w%.']+\s){0,6}?inchange\w*
    nobody\b no\sone\b nadie\b personne\sne\b should\snot shouldn\'t no\sdeber(?:ia|ian) ne\sdevrai(?:t|ent)
    (?:does|do|did)\snot\s(?:allow|permit|authori[sz]e|let) cannot\simpose
    no\s(?:permite|autoriza|faculta) ne\spermet\spas condicion(?:a|o)\b rul(?:ed|es)\sout
    redout\w+ crai(?:nt|gnent|gnait)\b apprehend\w+ tem(?:e|en|ia|ian|or|ores)\b(?!\w) fear(?:s|ed|ing)?\b(?=\s(?:of\s|that\s|a\s|an\s|new\s|fresh\s|more\s))
    den(?:ied|ies|y)\b no\splans?\s(?:to|for) did\snot\simpose has\snot\simposed will\snot\simpose
    (?:ask(?:s|ed|ing)?|urg(?:e|es|ed|ing)|call(?:s|ed|ing)?\s(?:on|for)|wants?|seeks?|seeking|sought|lobb(?:y|ies|ied|ying)|plead\w*|petition(?:s|ed|ing)?|request(?:s|ed|ing)?|demand(?:s|ed|ing)?|beg(?:s|ged)?|press(?:es|ed|ing)?)\s(?:[\w.'-]+\s){0,5}?(?:to\s(?:lift|remove|scrap|drop|end|cut|halve|trim|slash|ease|shrink|shelve|delay|pause|freeze|roll\sback|bring\sdown|lower|exempt|suspend|spare|reduce|waive|grant)|(?:for\s)?(?:a\s|an\s|the\s)?(?:remission|relief|exempt\w*|exclusions?|removal|waivers?|reprieve|suspension))\b
    (?:pid(?:e|en|io|ieron)|solicit(?:a|an|o|aron)|exig(?:e|en|io|ieron)|reclam(?:a|an|o|aron)|buscan?|quieren?)\s(?:[\w.'-]+\s){0,4}?(?:exim\w+|eliminar|quitar|retirar|reducir|bajar|suspender|exencion\w*|eliminacion|reduccion|suspension|exclusion\w*|alivio)\b
    (?:demand(?:e|ent|aient)|reclam(?:e|ent|aient)|exhort(?:e|ent)|veulent|souhait(?:e|ent)|press(?:e|ent)|sollicit(?:e|ent)|plaid(?:e|ent))\s(?:[\w.'-]+\s){0,5}?(?:lever|supprimer|retirer|abolir|reduire|abaisser|suspendre|exempter|exemptions?|remise|allegement|retrait|suppression|levee|exclusions?|repit)\b
    (?:talks|debate|negotiations?|discussions?|hearings?|case|disputes?|lawsuit|review|investigation|probe|fight|consultations?|inquiry|strike|standoff)\s(?:on|over|about|into|against)\s(?:[\w.%'-]+\s){1,9}?(?:ended|expired|lapsed|ceased|died)\b
    (?:never|was\snever|were\snever)\s(?:collected|imposed|applied|charged|levied|took\seffect|took\shold) (?:nunca|jamas)\s(?:se\s)?(?:cobr|aplic|impus)\w+
    n'(?:a|ont)\sjamais\s(?:ete\s)?(?:percu|applique|impose|preleve)\w*
    (?:(?:will|would|does|do|did|shall)\snot|won't|wouldn't|(?:agreed|promised|vowed|decided|pledged|chose)\snot\sto|declined\sto|refrain\w*\sfrom)\s(?:impos|retaliat|respond|rais|levy|levi|match|tax|hit\sback|strike\sback|put|slap)(?:e|es|ed|ing)?\b
    (?:acord|decid|promet|pact|comprometi|optó|opto)\w*\s(?:a\s|por\s)?no\s(?:aplicar|imponer|gravar|responder|cobrar|subir|elevar)\b no\s(?:gravar|respond|represali)\w*(?:a|an)\s(?:con\s)?(?:un\s)?(?:arancel|gravamen)\w*
    (?:accept|decid|promis|conven|engag)\w*\s(?:a\s|de\s)?ne\spas\s(?:imposer|taxer|appliquer|riposter|relever|hausser)\b ne\s(?:ripost|taxer|impos|relev)\w+\spas\b n'impos\w+\spas\b
    won't\simpose not\sconsidering descart(?:o|a|an|aron)\b nego\b niega\b no\simpondra\b
    no\shay\splanes exclu(?:t|ent)\stoute?\b dement(?:i|it)?\b
    ecart(?:e|ent)\b(?=[^.]{0,30}(?:droits|tarif|surtaxe)) n'imposer(?:a|ont)\spas aucun\sprojet
    """
)
END_OF_RELIEF = Words(
    r"\b(?:(?:end(?:s|ed|ing)?|lift(?:s|ed)|revok\w+|terminat\w+|cancel\w*|scrap\w*|termin\w+|elimin\w+|met\sfin\sa)\s(?:the\s|its\s|a\s|la\s|el\s)?(?=(?:\w+\s){0,2}(?:pause|suspension|exemption|waiver|truce|exencion|tregua|pausa|treve|exoneration)\b)"
    r"|(?:after|tras|apres)\s(?:an?|una?|une|the|la|el)\s(?=(?:[\w-]+\s){0,2}(?:pause|suspension|truce|reprieve|pausa|tregua|treve|repit)\b))"
)

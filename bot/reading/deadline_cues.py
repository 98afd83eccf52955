"""How a date is bound to what happens on it: it starts, ends, is due, takes place, is moved.

Together with the *subject* (`deadline_subjects.py`) a *relation* makes a kind. All patterns are for
text folded by `even`; the three languages share them, since their words hardly collide.
"""

from enum import StrEnum

from bot.reading.alternation import Words, listed


class Relation(StrEnum):
    """How a date is bound to its subject."""

    FORCE = "force"
    """Takes effect, enters into force: an effective date whatever the subject."""
    START = "start"
    CHANGE = "change"
    """A rate that rises or falls: an effective date where it is a measure's."""
    EXPIRE = "expire"
    """Expires, lapses: an end whatever the subject."""
    END = "end"
    HOLD = "hold"
    """Is valid, stays in place: an end with "until", a start with "from"."""
    DUE = "due"
    HAPPEN = "happen"
    EXTEND = "extend"
    DELAY = "delay"
    PAUSE = "pause"


RELATIONS: dict[Relation, Words] = {
    Relation.FORCE: listed(
        r"""
        effective\b(?!ness|ly) (?:take|takes|taking|(?<!to\s)have|has)\seffect\b
        (?:go|goes|going|come|comes|coming|put|be|enter|enters|is|are)\sin(?:to)?\s(?:effect|force)
        (?:enter|enters|entering|entry)\sinto\sforce kick(?:s|ing)?\sin\b
        become(?:s)?\s(?:final|law|effective|applicable|operative|enforceable) becoming\seffective
        retroactive(?:ly)?\sto\b back-?dated\sto\b retroactiv[oa]s?\sal?\b retroacti(?:f|ve)s?\sau\b
        applicability\sdate tak(?:e|es|ing)\shold com(?:e|es|ing)\sinto\s(?:operation|being) start\sdate bit(?:e|es|ing)\sfrom com(?:e|es|ing)\sonline

        (?:inici|comenz|empez|comienz|empiez)(?:a|an|ara|aran)\s(?:su\s)?vigencia
        entr(?:a|an|ara|aran|e|en|aria|arian|ar|ada)\sen\svigor entrada\sen\svigencia
        quedara[n]?\sfirmes?\b entr(?:a|ara)\sen\svigencia surt(?:e|en|ira|iran|a|an|ir)\s(?:sus\s)?efectos?
        sera\saplicable seran\saplicables vigente\sa\spartir
        sera[n]?\s(?:exigibles?|efectiv[oa]s?|vigentes?\s(?:a\spartir|desde))
        se\shara[n]?\sefectiv[oa]s? cobr(?:a|e|ara|aran)\svigencia entr(?:a|an|ara|aran)\sen\s(?:operacion|uso)

        entr(?:e|ent|era|eront|ant|ee|er|eraient|erait)\sen\svigueur
        pren(?:d|nent|dra|dront|ne|dre|ant)\seffet en\svigueur\s(?=le|a\s|des|d)
        devien(?:t|nent|dra|dront)\s(?:definiti\w+|applicables?|exigibles?|effecti\w+|executoires?)
        ser(?:a|ont)\s(?:effecti(?:f|fs|ve|ves)|applicables?|exigibles?)\b
        produi(?:t|sent|ra|ront)\s(?:ses|leurs)\seffets entr(?:er|era|eront|e|ent|ee)\sen\sapplication
        (?:mise|mis)\sen\s(?:application|vigueur)
        """
    ),
    Relation.EXPIRE: listed(
        r"""
        expir(?:e|es|ing|ation|y)\b (?:end|fin|vencimiento|termino|echeance)\s?: stops?\sbeing\s\w+ go(?:es)?\s(?:dark|offline)\b dies\b laps(?:e|es|ing)\b sunsets?\b(?!\sreview) run(?:s)?\sout\b
        (?:forms?|codes?|systems?|portal|certificates?)\sretires?\b phase(?:s|d)?\sout\b be\s(?:revoked|repealed|rescinded|withdrawn) (?:forms?|certificates?|codes?|systems?|portal|programs?|permits?|procedures?|platform)\s(?:\w+\s){0,2}?(?:is|are|be|gets?)\s(?:retired|discontinued|decommissioned|switched\soff|shut\soff)\b sera[n]?\s(?:derogad|revocad)\w+
        sera\s(?:abroge|revoque|aboli)\w* terminat(?:e|es|ing|ion)\b ceas(?:e|es)(?:\sto\s\w+)?\b
        (?:is|are|be|become|becomes)\s(?:null\sand\s)?void\b ceas(?:e|es|ing)\sto\s(?:have\seffect|apply|be\s\w+)\b
        (?:will|does|do)\snot\sapply(?=[^.]{0,60}\safter\b) com(?:e|es|ing)\sto\san\send com(?:e|es|ing)\soff\sthe\sbooks go(?:es)?\saway fall(?:s)?\saway
        los(?:e|es|ing)\s(?:their|its|the)\s(?:[\w-]+\s){0,2}?(?:preferences?|exemptions?|status|treatment|waiver|benefits?)\b
        (?:be\s(?:refused|rejected|turned\s(?:away|back))|not\sbe\saccepted)\b(?=[^.]{0,50}\safter\b)
        (?:will|can|shall)\snot\sbe\s(?:read|considered|entertained|opened|accepted)(?=\.?$)
        no\slonger\s(?:apply|applies|be\s(?:valid|available|accepted|honou?red|recogni[sz]ed|granted|in\s(?:force|effect)))\b

        se\s(?:abroga|deroga)[n]?\b queda[n]?\s(?:abrogad|derogad|revocad|sin\sefecto)\w*
        expir(?:a|an|ara|aran|aria)\b venc(?:e|en|era|eran|eria|imiento)\b
        fenec\w+ feneci\w+ se\sagota(?:n|ra|ran)?\b caduc(?:a|an|ara|aran|idad)\b perder(?:a|an)\svigencia
        (?:dejar(?:a|an)|deja|dejan)\sde\s\w+(?:\s(?:vigentes?|en\svigor|valid[oa]s?|aplicables?))? vigencia\shasta
        lleg(?:a|an|ara|aran)\sa\s(?:su\s)?(?:fin|termino)\b expiren?\b venza[n]?\b
        qued(?:a|an|ara|aran)\ssin\s(?:efectos?|vigencia|validez|vigor)
        (?:perder(?:a|an)|pierden?)\s(?:su\s|sus\s)?(?:efectos?|validez|vigencia|vigor)
        p(?:ierden?|erderan?)\s(?:la|el|su|sus|los|las)\s(?:\w+\s){0,1}?(?:preferencias?|exencion(?:es)?|franquicia|beneficios?|trato)\b
        (?:no\sse\s(?:aceptara|admitira|recibira)n?|ser(?:a|an)\srechazad[oa]s?)\b(?=[^.]{0,50}\sdespues\b)
        cesa(?:n|ra|ran)?\b se\sextingu\w+ no\sse\s(?:leer|tomar|considerar)an?(?:\sen\scuenta)?(?=\.?$)

        expir(?:e|ent|era|eront|er|ation)\b pren(?:d|nent|dra|dront|dre)\sfin\b
        arriv(?:e|era|ent|eront)\sa\s(?:echeance|terme)
        viendr(?:a|ont)\sa\s(?:echeance|expiration) vien(?:t|nent)\sa\s(?:echeance|expiration)
        echeance\sd(?:u|e\sla|es)\s(?:permis|licences?|programme|decret|mesures?|contingents?|exemption) echoi(?:t|ent)\b caduque?s?\b
        cess(?:e|ent|era|eront|er)\sd(?:e\s|')[\w']+(?:\s(?:en\svigueur|valides?|valables?|applicables?))? tir(?:e|ent)\sa\s(?:sa|leur)\sfin
        per(?:d|dent|dra|dront)\s(?:leurs?\s|sa\s|son\s|la\s|l')(?:preferences?|exemptions?|exoneration|franchise|avantages?)\b
        ser(?:a|ont)\s(?:refusee?s?|rejetee?s?)\b(?=[^.]{0,50}\sapres\b)
        arriv(?:e|ent|era|eront)\sa\s(?:son|leur)\sterme touch(?:e|ent|era|eront)\sa\s(?:sa|leur)\sfin
        tomb(?:e|ent|era|eront)\b(?=\ss(?:i|'ils?)\b) s'etein(?:t|dra|dront|dre)\b n'aur(?:a|ont)\splus\s(?:cours|effet)
        ne\ss'appliquer(?:a|ont)\splus ne\s(?:tiendr|vaudr)(?:a|ont)\splus
        ne\sser(?:a|ont)\spas\s(?:lue?s?|prise?s?\sen\scompte|examinee?s?|consideree?s?)(?=\.?$)
        ne\sser(?:a|ont)\splus\s(?:valides?|valables?|en\svigueur|offerte?s?|acceptee?s?)
        """
    ),
    Relation.END: listed(
        r"""
        end(?:s|ing)?\b(?!\sof\b|\suser|\suse) clos(?:e|es|ing)\b(?!\sof\sbusiness)
        conclud(?:e|es|ing)\b (?:is|are|be|remains?|stays?)\sopen wind(?:s)?\sdown finish(?:es)?\b
        shuts?\b stops?\b(?:\s\w+ing\b)?
        (?:draws?|comes?)\sto\sa\sclose marks?\sthe\send dies?\b disappears?\b vanish(?:es)?\b
        wraps?\sup gone\b elapses?\b (?:is|are|be)\sover\b

        termin(?:a|an|ara|aran)\b conclu(?:ye|yen|ira|iran)\b finaliz(?:a|an|ara|aran)\b
        cierr(?:a|an|e)\b cerrar(?:a|an)\b abiert[oa]s?\b(?!\s(?:el|desde|a\spartir)\b)
        (?:se\s)?acaba(?:n|ra|ran)?\b (?:pon|pond)(?:e|en|ra|ran)\sfin marca(?:ra)?\sel\sfin
        desaparec\w+ fin\sdel?\b(?=[^.]{0,25}\bel\s)

        se\stermin(?:e|ent|era|eront)\b s'achev(?:e|era|eront)\b s'epuis\w+ ferm(?:e|era)\b
        cess(?:e|era|eront|ent)\b rest(?:e|era|ent|eront)\souverte?s? duree\b ouverte?s?\b
        clotur\w+ (?<!se\s)tient\b fin\sdes?\b(?=[^.]{0,25}le\s)
        disparai(?:t|ssent|tra|tront)\b marque(?:ra)?\sla\sfin tomb(?:e|ent|era|eront)\b(?=\s(?:le|a)\b)
        """
    ),
    Relation.HOLD: listed(
        r"""
        (?:is|are|be|remain|remains|stay|stays|stand|stands|keep|keeps)\s(?:\w+\s){0,4}(?:valid|good|alive|in\s(?:effect|force|place)|suspended|frozen|on\shold|available|honou?red)
        good\sfor\b in\s(?:place|effect|force)\sfor (?:will|can|to|may|now)\slast\b lasts\b
        can\sstay\b covers?\b

        vigencia\b vigentes?\b
        (?:sigue|siguen|seguira|seguiran)\sdisponibles? (?:sigue|siguen|seguira|seguiran|permanece|permanecen|permanecera|permaneceran|estara|estaran|se\smantiene|se\smantendra)\s(?:vigentes?|suspendid\w+|en\s(?:vigor|pausa))
        dura(?:ra|ran)?\b valid[oa]s?\b

        valides?\b valables?\b s'eten(?:d|dent|dra|dront)\b
        rest(?:e|era|ent|eront)\s(?:en\s(?:vigueur|place|suspens|pause)|suspendu\w*|valides?)
        demeur(?:e|era|ent|eront)\s(?:en\svigueur|suspendu\w*) dur(?:e|era|eront)\b
        """
    ),
    Relation.EXTEND: listed(
        r"""
        extend(?:s|ed|ing)?\b extension\b replac(?:es|ed|ing)\b mov(?:e|es|ed|ing)\b reschedul\w+
        renew(?:s|ed)?\b (?:carried|rolled)\s(?:forward|over)\b prolong(?:s|ed)?\b stretch(?:es|ed)?\b lengthen(?:s|ed)?\b
        renov(?:o|aron|ada|ado|ara|aran)\b alarg(?:a|o|an|aron|ara|ada|ado)\b

        prorrog\w+ ampli(?:a|o|an|aron|ara|ado|ada|acion|aran)\b extiend\w+
        extend(?:io|era|ieron)\b reprogram\w+ recorr(?:e|io)\b renueva\w* se\smueve movera movio

        prolong\w+ prorog\w+ reconduit\w* reconduction deplac\w+ devanc\w+
        report(?:e|ee|ees|es|er)\b(?=\s(?:du\b|jusqu|l'audience))
        """
    ),
    Relation.DELAY: listed(
        r"""
        delay(?:s|ed|ing)?\b postpon(?:e|es|ed|ing|ement)\b
        push(?:es|ed|ing)?\s(?:back|to|until|off)? defer(?:s|red|ring)?\b put\soff aplaz\w+
        pospon\w+ pospuso\b difier\w+ difirio\b retras\w+ posterg\w+ diferid[oa]s?\b
        put(?:s|ting)?\sback\b pushed\sout\b slip(?:s|ped)?\b slid(?:e|es)?\b bump(?:s|ed)?\b (?:bring|brings|brought)\sforward
        shift(?:s|ed|ing)?\b(?=\s(?:from|to|back|the\s(?:date|start|deadline)))
        adelant(?:a|o|an|aron|ara|ada|ado|ar)\b demor(?:a|o|ara|ada|ado)\b
        traslad(?:a|o|ara|ada|ado|aron)\b decal(?:e|ee|ees|es|er|era)\b
        retard(?:e|ee|ees|es|er|ent)\b
        report(?:e|ee|ees|es|er|ent)\b(?=\s(?:l'entree|la\s(?:date|hausse|mise)|leur|au\b|a\b))
        repouss\w+ differ(?:e|ee|ees|er)\b
        """
    ),
    Relation.PAUSE: listed(
        r"""
        paus(?:e|es|ed|ing)\b suspen(?:d|ds|ded|ding|sion|de|den|dio|dieron|dera|dan|du|due|dus)\b
        truce\b reprieve\b halt(?:s|ed)?\b freez\w+ froze\b on\shold\b
        waiv(?:e|es|ed|er|ers|ing)\b exempt(?:s|ed|ion|ions)?\b spared?\b hold(?:s|ing)?\soff
        grace\speriod stay(?:s|ed)?\b pausa\w* tregua\b exent\w+ exencion\w* congel\w+ en\spause
        treve\b sursis\b gel(?:e|es|er)?\b exempte\w* exonera\w* moratoi?ri\w+
        """
    ),
    Relation.DUE: listed(
        r"""
        due\b(?!\sto|\sprocess) owed\b deadline\b cut-?off\b
        must\s(?:be\s)?(?:received|submitted|filed|reach|arrive) submit\w* filed\b received\b
        postmarked\b (?:have|has|had|gives?|given)\s(?:until|till)\b accepted\b accept(?:s|ing)\b
        (?:is|are)\sto\s(?:report|issue|submit|deliver|decide) last\sday\b report\sback
        no\slater\sthan not\slater\sthan on\sor\sbefore target(?:ed|ing)?\b(?=\sdate)

        fecha\s(?:limite|tope|de\scierre) plazo\b a\smas\stardar limite\b recib(?:e|en|ira|iran|iran|irse)\b
        admit(?:e|en|ira|iran)\b (?:tiene|tienen|tendra|tendran)\shasta vence\sel\splazo
        ultimo\sdia\spara presentar(?:se)?\b entregar\w*\b

        date\s(?:limite|butoir) au\splus\stard delai\b echeance\b accept(?:e|ees|es|ee)\b recu(?:e|es|s)?\b
        recevables?\b (?:a|ont|aura|auront|dispose|disposent)\sjusqu deposer\b dernier\sjour\spour attendus?\b
        attendues?\b transmis\w*\b remettre\b rendra\b
        """
    ),
    Relation.HAPPEN: listed(
        r"""
        will\shold (?:will|to)\srun\b (?:to\s)?be\sheld hold(?:s)?\b scheduled\b
        sits?\sdown hears?\b likely\b gathers?\b
        tak(?:e|es|ing)\splace set\sfor\b slated\b conven(?:e|es|ing)\b reconven\w+ will\smeet
        meets?\b planned\b hosts?\b will\shost is\sto\s are\sto\s
        be\s(?:initiated|instituted|opened|launched|completed|reviewed|examined|assessed|revisited)\b anticipate[sd]? expect(?:s|ed)\b
        hear\stestimony testif\w+ pencil\w* calendar\w* will\squestion on\sthe\scalendar

        se\s(?:llevara|lleva|llevaran)\sa\scabo se\scelebra(?:ra|ran)?\b celebrar(?:a|an)\b
        tendr(?:a|an)\slugar programad[oa]s?\b previst[oa]s?\b realizar(?:a|an|se)\b
        se\srealizara[n]? reunir(?:a|an)\b agendad[oa]s?\b convoc\w+ fijad[oa]\b emitira[n]?\b
        habra\b sentaran\b se\sveran\b sentarse\b votara[n]?\b escuchara[n]?\b quedo\spara\b
        comparece(?:n|ra|ran)?\b desahogar\w*
        sera\sel\b sera\b seran\b debera\b fij[oa]\b

        aur(?:a|ont)\slieu se\sti(?:endra|endront|ent|ennent)\b tiendr(?:a|ont)\b prevue?s?\b fixee?s?\b
        se\sderouler(?:a|ont)\b reunir(?:a|ont)\b convoque\w* est\sattendu\w* devrait\b
        (?<!se\s)rendr(?:a|ont)\b entendra\b programmee?s?\b
        se\s(?:retrouv|rencontr)(?:er|ent|eront)\b se\srevoi(?:r|ent)\b se\sreverront\b
        (?:aur(?:a|ont))\s\w+\slieu comparaitr(?:a|ont)\b attendue?s?\b
        """
    ),
    Relation.START: listed(
        r"""
        (?:expand|widen)s?\sto\b start(?:s|ing)?\b begin(?:s|ning)?\b commenc(?:e|es|ing)\b opens?\b clos(?:e|es|ing)\s(?:its|the|their)\sborders?\b
        phas(?:e|es|ing|ed)\sin\b appl(?:y|ies)\b(?!\sfor) applicable\b roll(?:s)?\sout\b
        go(?:es)?\slive\b goes?\sup\b launch(?:es)?\b collect\w*\b(?=\s(?:duties|\d|an?\s|the\s(?:dut|lev|tax|surtax))) be\simposed
        be\scollected be\ssubject be\srequired impose\b reinstate\w* resume[s]?\b reimpose\w*
        restor\w+ cannot\sbe\sentered be\sbanned snap\sback shall\snot\s be\sallowed be\scharged
        levied charge\b will\slevy will\shit\b (?:transition|switch|move)(?:s|es)?\sto\s(?!\d)(?:the|a|an)\b
        bites?\b lands?\b hits?\b reopens?\b activates?\b
        be\s(?:activated|payable|levied|assessed|enforced|applied|introduced)
        (?:becom(?:e|es|ing)|be)\s(?:mandatory|compulsory|obligatory|binding)\b

        se\s(?:extender|ampliar)(?:a|an)\sal?\s(?=[a-z]) inicia(?:ra|n|ran|r|ria)?\b inicio\b inicie[n]?\b comiencen?\b empiecen?\b arranquen?\b c(?:ierra|ierran|errara|erraran)\s(?:la|su)\sfrontera\b arranca(?:ra|n|ran|r)?\b comien(?:za|zan|ce)\b
        comenzar(?:a|an)?\b empieza[n]?\b empezar(?:a|an)?\b
        aplic(?:a|an|ara|aran|aria|ue|uen|ar|arse)\b abr(?:e|en|ira|iran)\b cobrar(?:a|an|se)?\b
        rige\b regir(?:a|an)\b impondra\w* cambia\w* se\simplementa\w* gravar(?:a|an)\b
        estara[n]?\ssujet\w+ reanuda\w* reinicia(?:ra|ran|n)?\b
        ser(?:a|an)\slanzad[oa]s?\b se\slanzar(?:a|an)\b (?:sustituir|reemplazar)(?:a|an)\b (?:sustituye|reemplaza)[n]?\sal?\b (?:sera[n]?|(?:se\s)?v(?:uelve|uelven|olvera|olveran))\s(?:obligatori|forzos)[oa]s?\b
        (?:se\s)?activ(?:a|an|ara|aran)\b se\spag(?:a|an|ara|aran)\b golpear(?:a|an)\b
        qued(?:a|an|ara|aran)\sabiert[oa]s? reabr(?:e|en|ira|iran)\b
        alcanzara[n]?\b afectara[n]?\b

        s'impos(?:e|ent|era|eront)\b s'appliqu(?:e|ent|era|eront|er)\b appliqu(?:e|ent|era|eront|er)\b
        debut(?:e|ent|era|eront|er)?\b commenc(?:e|ent|era|eront|er)\b ouvr(?:e|ent|ira|iront)\b
        demarr(?:e|era)\b imposer(?:a|ont)?\b frapp(?:e|era|eront|es|ees)\b
        percev(?:oir|ra|ront)\b preleve[es]*\b prelever(?:a|ont)\b assujett\w+
        seront?\s(?:soumis|visee?s?|percus?|interdit\w*) sera\s(?:percue?|soumis\w*|interdit\w*)
        reprend(?:ra|ront)?\b vis(?:era|eront)\b
        vise(?:nt)?\b touche(?:nt|ra|ront)?\b rouvr(?:e|ent|ira|iront)\b
        (?:devien(?:t|nent|dra|dront)|ser(?:a|ont))\sobligatoires?\b
        ser(?:a|ont)\slancee?s?\b remplacer(?:a|ont)\b ser(?:a|ont)\sfermee?s?\s(?=aux?\b) ferm(?:e|era|eront)\s(?:la|sa)\sfrontiere\b
        ser(?:a|ont)\s(?:imposee?s?|appliquee?s?|exigee?s?|activee?s?)
        """
    ),
    Relation.CHANGE: listed(
        r"""
        climb rise jump double triple increase drop fall go\sup step\sup be\sraised be\slowered
        be\scut be\sreduced be\sremoved be\slifted be\seliminated raise raises lower lowers cut
        cuts reduce reduces remove removes lift lifts scrap scraps eliminate eliminates rises
        climbs jumps doubles drops falls increases be\sphased face pay owe
        (?:go|goes|move|moves|step|steps)\sto\s(?=\d|zero)
        surge surges soar soars steps\sup steps\sdown
        be\s(?:doubled|tripled|halved|trimmed|hiked|increased|abolished|scrapped|waived)

        sub(?:e|en|ira|iran|iria) aument(?:a|an|ara|aran|aria) baj(?:a|an|ara|aran)
        duplicar(?:a|an) duplica pagar(?:a|an) reduc(?:e|en|ira|iran) elev(?:a|an|ara|aran)
        pasar(?:a|an) eliminar(?:a|an) elimina incrementar(?:a|an) disminuir(?:a|an)
        quedar(?:a|an)\sexent\w+
        se\slevantar(?:a|an) suben duplican elevan bajan aumentan

        s'etablir(?:a|ont)\sa\s(?=\d)
        passer(?:a|ont|ait|aient) passe passent grimper(?:a|ont|aient)
        augmenter(?:a|ont|ait|aient) doubler(?:a|ont|aient) monter(?:a|ont) baisser(?:a|ont)
        reduir(?:a|ont) reduits? supprime(?:r|ra|ront|s)? tomber(?:a|ont) relever(?:a|ont)
        abaisser(?:a|ont) porte(?:s|r|ra|ront)? paieront leve(?:e|s|r|ra|es)?
        double doublent grimpe grimpent augmente augmentent baisse baissent monte montent
        """,
        rest=r"\b",
    ),
}
"""Where two end at one place, the first one written is meant."""

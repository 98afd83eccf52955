"""The words that tell what happens on a date: whose date it is, and how it is bound to it.

Two tables make a kind: the *subject* (comments, a hearing, a review, somebody's duty, a measure) and
the *relation* (starts, ends, is due, takes place, is moved). All patterns are for text folded by
`even`; the three languages share them, since their words hardly collide.
"""

import re
from enum import StrEnum

from bot.reading.alternation import Words, listed


class Subject(StrEnum):
    """Whose date it is; in the order that wins where a clause names several."""

    COMMENT = "comment"
    HEARING = "hearing"
    REVIEW = "review"
    DUTY = "duty"
    MEASURE = "measure"


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


SUBJECTS: dict[Subject, Words] = {
    Subject.COMMENT: listed(
        r"""
        (?:written\s|public\s|rebuttal\s|reply\s)?comments?\b(?!\s(?:from|by)\s(?:mr|the\spresident))
        comment(?:ing)?\s(?:period|window|deadline)
        submissions?\b
        (?:submit|provide|send|seek(?:s|ing)?|invit\w+|receiv\w+|accept\w+)\s(?:\w+\s){0,3}(?:views|input|feedback|responses|statements|information|data)\b
        (?:deadline|due\sdate)\sfor\sresponses
        (?:make|makes|submit|send|file|receive[sd]?)\s(?:\w+\s){0,2}representations
        representations\s(?:concerning|on|about|regarding|must|may|should|will|are)
        (?:respond|reply|react|responses?|replies)\sto\sthe\s(?:\w+\s){0,2}(?:draft|proposed|proposals?|consultation|discussion|questionnaire|call)
        (?:public|written)\s(?:input|views|statements|testimony)
        (?:pre|post)-?hearing\s(?:briefs?|statements?) briefs?\b (?:to|would)\stestify\b
        testimony\b (?:notices?\sof\s)?intent(?:ion)?\sto\sappear
        (?:to\sbe|be)\sheard (?:public|written)\scomment\b (?:to|can|may)\scomment\b
        requests?\sto\s(?:appear|speak|participate|be\sheard) docket\b public\sconsultations?
        consultations?\son\s(?:the\s|a\s|its\s)?(?:\w+\s){0,2}(?:draft|proposed|proposals?|regulations?|rules?)\b
        consultations\ssur\s(?:le|la|les)\s(?:projets?|proposition|regles?|reglement)
        consultations?\s(?:period|paper|closes?|ends?|is\sopen|remains?|runs?) weigh\sin\b
        objections?\b
        replies\b questionnaire\s(?:responses?|comments) feedback\b
        stakeholders?\s(?:can|may|have)\b

        comentarios?\b observaciones\b opiniones\b consulta\spublica manifestaciones\b alegatos\b
        escritos?\b comparecer\b comparecencia\b ponencias\b argumentos\b manifestar\slo\sque
        responder\sal\s(?:\w+\s)?(?:ante)?(?:proyecto|borrador|cuestionario)
        pronunciarse\ssobre\sel\s(?:proyecto|borrador|anteproyecto) periodo\sprobatorio

        consulta\b(?!\s(?:popular|medica|electoral|ciudadana)) presentar\s(?:\w+\s){0,2}pruebas
        pruebas\b comentar\b

        commentaires?\b observations\b memoires?\b
        repondre\s(?:au|a\sla)\s(?:projet|consultation|questionnaire|proposition)
        consultations?\spubliques? consultation\b soumissions?\b se\sfaire\sentendre
        (?:elements\sde\s)?preuves?\b commenter\b consult(?:e|ent|er)\b
        demandes?\s(?:de\scomparution|d'intervention) comparaitre\b temoigner\b
        avis\sdes\sinteresses faire\spart\sde
        """
    ),
    Subject.HEARING: listed(
        r"""
        hearings?\b oral\sarguments? for\sarguments?\b witnesses\b testif(?:y|ies)\sbefore
        hears?\s(?:from|testimony|arguments?|the\scase) staff\sconference public\ssession
        public\smeeting listening\ssession audiencias?\b vista\spublica audiences?\b entendra\b
        comparaitront\b seance\spublique conferencia\sdel\spersonal
        """
    ),
    Subject.REVIEW: listed(
        r"""
        (?:joint\s|annual\s|sunset\s|administrative\s|formal\s|next\s|mandatory\s)?reviews?\b
        determinations?\b decisions?\b ruling\b rulings\b verdict\b investigations?\b probes?\b
        inquir(?:y|ies)\b reports?\b(?!\sto\swork) reporting\sback report\sback

        findings?\b (?:say|confirm|decide|declare)\s(?:\w+\s){0,3}whether recommendations?\b
        round\b(?!\spick) rounds\b negotiat\w+ talks\b panel\b assessment\b re-?examin\w+
        evaluation\b rule\son\s decide\b decides\b vote\b summit\b consultations\b reconvene\b
        sit\sdown\b bargaining\stable

        revision(?:es)?\b resolucion(?:es)?\b dictamen\b investigacion(?:es)?\b rondas?\b
        negociacion(?:es)?\b negociador\w* platicas\b conversaciones\b votara[n]?\b informes?\b
        fallo\b evaluacion\b examen(?:\s\w+)?\b determinacion\b recomendaciones\b resolvera\b
        decid(?:ira|iran|ir|an|en)\b pronunciar\w*

        reexamens?\b examens?\sconjoints? enquetes?\b rapports?\b rendra\b decision\b
        negociations?\b negociateurs?\b pourparlers\b tranchera\b (?:se\s)?prononcer(?:a|ont)?\b
        decider(?:a|ont)?\b conclusions\b rendre\sson statuera\b verdict\b recommandations?\b
        """
    ),
    Subject.DUTY: listed(
        r"""
        must\b shall\b required\b requirements?\b mandatory\b compulsory\b obligated\b comply\b
        complian(?:ce|t)\b applications?\b apply\sfor\b petitions?\b requests?\b claims?\b
        register\b registrations?\b (?:re-?)?certif\w+ filings?\b file\b filed\b elect\b submit\b
        remed(?:y|iate)\b respond\b response\b correct\b protests?\b refunds?\b enrol\w*
        update\stheir reconcil\w+ pay\sthe deposit\b exporters\b licen[cs]es?\b needs?\sto\b
        ha(?:s|ve)\sto\b (?:is|are)\sobliged adapt\b adjust\b

        deber(?:a|an|ia|ian)\b deben?\b obligatori[oa]s?\b obligad[oa]s?\b
        (?:tendran?|tienen?|habran?)\sque\b cumplir\b cumplimiento\b solicitud(?:es)?\b
        solicit(?:ar|en|e|an|aran)\b presentar\b presentarse\b registrar(?:se)?\b registros?\b
        tramit\w+ inscri\w+ reparar\b responder\b subsanar\b declarar\b acreditar\b renovar\b
        actualizar\b adoptar\b contestar\b adaptarse\b adecuar\w* ajustarse\b

        doi(?:t|vent)\b devr(?:a|ont)\b obligatoires?\b conform\w+ demandes?\b deposer\b
        presenter\b inscri\w+ remedier\b corriger\b repondre\b declar\w+ transmettre\b produire\b
        renouvel\w+ fournir\b tenue?s?\sde (?:a|ont|aura|auront)\sa\s(?=\w+(?:er|ir|re)\b)
        """
    ),
    Subject.MEASURE: listed(
        r"""
        counter-?tariffs? tariffs?\b dut(?:y|ies)\b lev(?:y|ies)\b surtax(?:es)?\b surcharges?\b
        rates?\b rules?\b regulations?\b orders?\b decrees?\b bans?\b quotas?\b measures?\b
        laws?\b act\b agreements?\b treat(?:y|ies)\b pact\b proclamations?\b exemptions?\b
        exclusions?\b fees?\b imports?\b importers?\b
        customs\s(?:will|must|is|officers|authorities|clearance|rules|forms?)\b entr(?:y|ies)\b
        shipments?\b parcels?\b goods\b permits?\b embargo\w* sanctions?\b tranches?\b annex\w*
        waivers?\b pause\b suspension\b truce\b reprieve\b programs?\b programmes?\b safeguards?\b
        threshold\b de\sminimis usmca\b cusma\b increases?\b remission\b moratorium\b extension\b
        transition\speriod grace\speriod stage\b phase\b schedule\b system\b portal\b filing\b
        steel\b alumin\w+ lumber\b vehicles?\b trucks?\b ban\b penalt\w+ enforcement\b window\b
        preference\b restrictions?\b countermeasures?\b relief\b deal\b final\srule drawback\b
        bond\b price\b prices\b cash\sdeposits? amendments?\b preferential\b provisional\b
        policy\b authority\b authorization\b

        (?:contra-?)?arancel\w* sobretasas?\b sobretarifas?\b devolucion\w* gravamen(?:es)?\b
        cuotas?\b impuestos?\b medidas?\b decretos?\b acuerdos?\b reglas?\b reglamentos?\b ley\b
        tratados?\b t-mec\b tmec\b prohibicion\w* importacion\w* importador\w* exportacion\w*
        permisos?\b cupos?\b anexos?\b fraccion\w* normas?\b noms?\b disposicion\w* suspension\w*
        prorroga\w* pausa\b tregua\b exencion\w* aduana\w* aduaner\w* resolucion\w* tasa\b
        salvaguardi?as?\b autos\b vehiculos\b camiones\b acero\b mercancias?\b programa\b
        certificados?\b padron\b convenio\b avisos?\b tarifas?\b incremento\b sancion\w*
        represalias?\b vigencia\b licencias?\b estimulos?\b

        droits?\b surtaxes?\b contre-tarifs?\b tarifs?\b mesures?\b decrets?\b reglements?\b
        regles?\b lois?\b accords?\b aceum\b interdiction\w* importation\w* importateurs?\b
        exportat\w+ permis\b licences?\b contingents?\b annexes?\b exemptions?\b exonerations?\b
        remises?\b douan\w+ sursis\b prolongation\b proclamations?\b acier\b produits?\b
        marchandises\b seuil\b treve\b hausse\b majoration\b programme\b moratoire\b avis\b
        certificats?\b prelevements?\b taxes?\b taux\b arrete\b ordonnance\b represailles\b
        quotas?\b
        """
    ),
}

RELATIONS: dict[Relation, Words] = {
    Relation.FORCE: listed(
        r"""
        effective\b(?!ness|ly) (?:take|takes|taking|have|has)\seffect\b
        (?:go|goes|going|come|comes|coming|put|be|enter|enters|is|are)\sin(?:to)?\s(?:effect|force)
        (?:enter|enters|entering|entry)\sinto\sforce kick(?:s|ing)?\sin\b
        become(?:s)?\s(?:effective|applicable|operative|enforceable) becoming\seffective
        applicability\sdate

        inici(?:a|an|ara|aran)\s(?:su\s)?vigencia
        entr(?:a|an|ara|aran|e|en|aria|ar|ada)\sen\svigor entrada\sen\svigencia
        entr(?:a|ara)\sen\svigencia surt(?:e|en|ira|iran|a|an|ir)\s(?:sus\s)?efectos?
        sera\saplicable seran\saplicables vigente\sa\spartir

        entr(?:e|ent|era|eront|ant|ee|er|eraient|erait)\sen\svigueur
        pren(?:d|nent|dra|dront|ne|dre|ant)\seffet en\svigueur\s(?=le|a\s|des|d)
        """
    ),
    Relation.EXPIRE: listed(
        r"""
        expir(?:e|es|ing|ation|y)\b laps(?:e|es|ing)\b sunsets?\b(?!\sreview) run(?:s)?\sout\b
        be\s(?:revoked|repealed|rescinded|withdrawn) sera[n]?\s(?:derogad|revocad)\w+
        sera\s(?:abroge|revoque)\w* terminat(?:e|es|ing|ion)\b ceas(?:e|es)\b

        expir(?:a|an|ara|aran|aria)\b venc(?:e|en|era|eran|eria|imiento)\b
        se\sagota(?:n|ra|ran)?\b caduc(?:a|an|ara|aran|idad)\b perder(?:a|an)\svigencia
        (?:dejar(?:a|an)|deja|dejan)\sde\s\w+ vigencia\shasta

        expir(?:e|ent|era|eront|er|ation)\b pren(?:d|nent|dra|dront|dre)\sfin\b
        arriv(?:e|era|ent|eront)\sa\s(?:echeance|terme)
        viendr(?:a|ont)\sa\s(?:echeance|expiration) vien(?:t|nent)\sa\s(?:echeance|expiration)
        echoi(?:t|ent)\b caduque?s?\b
        """
    ),
    Relation.END: listed(
        r"""
        end(?:s|ing)?\b(?!\sof\b|\suser|\suse) clos(?:e|es|ing)\b(?!\sof\sbusiness)
        conclud(?:e|es|ing)\b (?:is|are|be|remains?|stays?)\sopen wind(?:s)?\sdown finish(?:es)?\b
        shuts?\b stops?\b(?:\s\w+ing\b)? phase(?:s|d)?\sout

        termin(?:a|an|ara|aran)\b conclu(?:ye|yen|ira|iran)\b finaliz(?:a|an|ara|aran)\b
        cierr(?:a|an|e)\b cerrar(?:a|an)\b abiert[oa]s?\b

        se\stermin(?:e|ent|era|eront)\b s'achev(?:e|era|eront)\b s'epuis\w+ ferm(?:e|era)\b
        cess(?:e|era|eront|ent)\b rest(?:e|era|ent|eront)\souverte?s? duree\b ouverte?s?\b
        clotur\w+ tient\b fin\sdes?\b(?=[^.]{0,25}le\s)
        """
    ),
    Relation.HOLD: listed(
        r"""
        (?:is|are|be|remain|remains|stay|stays|stand|stands|keep|keeps)\s(?:\w+\s){0,4}(?:valid|good|alive|in\s(?:effect|force|place)|suspended|frozen|on\shold|available)
        good\sfor\b in\s(?:place|effect|force)\sfor (?:will|can|to|may|now)\slast\b lasts\b
        can\sstay\b covers?\b

        vigencia\b vigentes?\b
        (?:sigue|siguen|permanece|permanecen|permanecera|permaneceran|estara|estaran|se\smantiene|se\smantendra)\s(?:vigentes?|suspendid\w+|en\s(?:vigor|pausa))
        dura(?:ra|ran)?\b valid[oa]s?\b

        valides?\b valables?\b
        rest(?:e|era|ent|eront)\s(?:en\s(?:vigueur|place|suspens|pause)|suspendu\w*|valides?)
        demeur(?:e|era|ent|eront)\s(?:en\svigueur|suspendu\w*) dur(?:e|era|eront)\b
        """
    ),
    Relation.EXTEND: listed(
        r"""
        extend(?:s|ed|ing)?\b extension\b replac(?:es|ed|ing)\b mov(?:e|es|ed|ing)\b reschedul\w+
        renew(?:s|ed)?\b prolong(?:s|ed)?\b rolled\sover

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
        due\b(?!\sto|\sprocess) deadline\b cut-?off\b
        must\s(?:be\s)?(?:received|submitted|filed|reach|arrive) submit\w* filed\b received\b
        postmarked\b (?:have|has|had|gives?|given)\s(?:until|till)\b accepted\b accept(?:s|ing)\b
        (?:is|are)\sto\s(?:report|issue|submit|deliver|decide) last\sday\b report\sback
        no\slater\sthan not\slater\sthan on\sor\sbefore target(?:ed|ing)?\b(?=\sdate)

        fecha\slimite plazo\b a\smas\stardar limite\b recib(?:e|en|ira|iran|iran|irse)\b
        admit(?:e|en|ira|iran)\b (?:tiene|tienen|tendra|tendran)\shasta vence\sel\splazo
        ultimo\sdia\spara presentar(?:se)?\b entregar\w*\b

        date\slimite au\splus\stard delai\b echeance\b accept(?:e|ees|es|ee)\b recu(?:e|es|s)?\b
        (?:a|ont|aura|auront|dispose|disposent)\sjusqu deposer\b dernier\sjour\spour attendus?\b
        attendues?\b transmis\w*\b remettre\b rendra\b
        """
    ),
    Relation.HAPPEN: listed(
        r"""
        will\shold (?:will|to)\srun\b (?:to\s)?be\sheld hold(?:s)?\b scheduled\b
        tak(?:e|es|ing)\splace set\sfor\b slated\b conven(?:e|es|ing)\b reconven\w+ will\smeet
        meets?\b planned\b hosts?\b will\shost is\sto\s are\sto\s
        be\s(?:initiated|instituted|opened|launched|completed)\b anticipate[sd]? expect(?:s|ed)\b
        hear\stestimony testif\w+ pencil\w* calendar\w* will\squestion on\sthe\scalendar

        se\s(?:llevara|lleva|llevaran)\sa\scabo se\scelebra(?:ra|ran)?\b celebrar(?:a|an)\b
        tendr(?:a|an)\slugar programad[oa]s?\b previst[oa]s?\b realizar(?:a|an|se)\b
        se\srealizara[n]? reunir(?:a|an)\b agendad[oa]s?\b convoc\w+ fijad[oa]\b emitira[n]?\b
        sera\sel\b sera\b seran\b debera\b fij[oa]\b

        aur(?:a|ont)\slieu se\stiendr(?:a|ont)\b tiendr(?:a|ont)\b prevue?s?\b fixee?s?\b
        se\sderouler(?:a|ont)\b reunir(?:a|ont)\b convoque\w* est\sattendu\w* devrait\b
        rendr(?:a|ont)\b entendra\b programmee?s?\b
        """
    ),
    Relation.START: listed(
        r"""
        start(?:s|ing)?\b begin(?:s|ning)?\b commenc(?:e|es|ing)\b opens?\b
        phas(?:e|es|ing|ed)\sin\b appl(?:y|ies)\b(?!\sfor) applicable\b roll(?:s)?\sout\b
        go(?:es)?\slive\b goes?\sup\b launch(?:es)?\b collect\w*\b(?=\sduties) be\simposed
        be\scollected be\ssubject be\srequired impose\b reinstate\w* resume[s]?\b reimpose\w*
        restor\w+ cannot\sbe\sentered be\sbanned snap\sback shall\snot\s be\sallowed be\scharged
        levied charge\b will\slevy will\shit\b transition(?:s)?\sto

        inicia(?:ra|n|ran|r|ria)?\b inicio\b arranca(?:ra|n|ran|r)?\b comien(?:za|zan|ce)\b
        comenzar(?:a|an)?\b empieza[n]?\b empezar(?:a|an)?\b
        aplic(?:a|an|ara|aran|aria|ue|uen|ar|arse)\b abr(?:e|en|ira|iran)\b cobrar(?:a|an|se)?\b
        rige\b regir(?:a|an)\b impondra\w* cambia\w* se\simplementa\w* gravar(?:a|an)\b
        estara[n]?\ssujet\w+ reanuda\w*

        s'appliqu(?:e|ent|era|eront|er)\b appliqu(?:e|ent|era|eront|er)\b
        debut(?:e|ent|era|eront|er)?\b commenc(?:e|ent|era|eront|er)\b ouvr(?:e|ent|ira|iront)\b
        demarr(?:e|era)\b imposer(?:a|ont)?\b frapp(?:e|era|eront|es|ees)\b
        percev(?:oir|ra|ront)\b preleve[es]*\b prelever(?:a|ont)\b assujett\w+
        seront?\s(?:soumis|visee?s?|percus?|interdit\w*) sera\s(?:percue?|soumis\w*|interdit\w*)
        reprend(?:ra|ront)?\b vis(?:era|eront)\b
        """
    ),
    Relation.CHANGE: listed(
        r"""
        climb rise jump double triple increase drop fall go\sup step\sup be\sraised be\slowered
        be\scut be\sreduced be\sremoved be\slifted be\seliminated raise raises lower lowers cut
        cuts reduce reduces remove removes lift lifts scrap scraps eliminate eliminates rises
        climbs jumps doubles drops falls increases be\sphased face pay owe

        sub(?:e|en|ira|iran|iria) aument(?:a|an|ara|aran|aria) baj(?:a|an|ara|aran)
        duplicar(?:a|an) duplica pagar(?:a|an) reduc(?:e|en|ira|iran) elev(?:a|an|ara|aran)
        pasar(?:a|an) eliminar(?:a|an) elimina incrementar(?:a|an) disminuir(?:a|an)
        quedar(?:a|an)\sexent\w+

        passer(?:a|ont|ait|aient) passe passent grimper(?:a|ont|aient)
        augmenter(?:a|ont|ait|aient) doubler(?:a|ont|aient) monter(?:a|ont) baisser(?:a|ont)
        reduir(?:a|ont) reduits? supprime(?:r|ra|ront|s)? tomber(?:a|ont) relever(?:a|ont)
        abaisser(?:a|ont) porte(?:s|r|ra|ront)? paieront leve(?:e|s|r|ra|es)?
        """,
        rest=r"\b",
    ),
}
"""Where two end at one place, the first one written is meant."""

PAST = listed(
    r"""
    took\seffect went\sin(?:to)?\s(?:effect|force|place) came\sin(?:to)?\s(?:effect|force)
    entered\sin(?:to)?\s(?:force|effect) kicked\sin began\b begun\b started\b opened\b ended\b
    expired\b lapsed\b closed\b terminated\b concluded\b was\sheld were\sheld
    (?:was|were)\s(?:due|imposed|signed|released|issued|adopted|announced|introduced|launched|lifted|set\sin|scheduled|effective|in\seffect|in\sforce)
    ha(?:s|ve)\sbeen\s(?:in|collected|effective|paid|charged) held\s(?:a|an|its|their|the)\b met\b
    launched\b took\splace testified\b imposed\b applied\b doubled\b rose\b fell\b climbed\b
    jumped\b dropped\b raised\b slapped\b ruled\b opted\b decided\b
    received\b(?=\s(?:more|some|about|over|\d)) submitted\b(?=\s(?:its|a|the|their|more))
    filed\b(?=\s(?:a|its|the|suit)) voted\b lifted\b removed\b scrapped\b lowered\b cut\sits
    convened\b issued\b reported\b completed\b moved\sinto missed\b

    entro\sen\svigor entraron\sen\svigor entrado\sen\svigor surtio\b surtieron\b arranco\b
    comenzo\b comenzaron\b empezo\b empezaron\b iniciaron\b expiro\b expiraron\b vencio\b
    vencieron\b caduco\b concluyo\b concluyeron\b finalizo\b cerro\b cerraron\b
    termino\b(?=\s(?:el|la|en)) terminaron\b se\scelebro\b celebro\b tuvo\slugar
    se\sllevo\sa\scabo se\srealizo\b aplico\b aplicaron\b cobraron\b cobro\b impuso\b impusieron\b
    subio\b subieron\b aumento\b crecio\b cayo\b inauguro\b se\sreunieron reunieron\b firmo\b
    firmaron\b fue\b fueron\b estuvo\b habia\b cumplio\b publico\b(?=\s(?:el|la|un|una|sus|su)\b)
    publicaron\b aprobo\b recibio\b elevo\b quedo\b

    (?:est|sont)\sentree?s?\sen\svigueur etai(?:t|ent)\b
    (?:a|ont)\s(?:pris\s(?:effet|fin)|expire|debute|commence|ouvert|ferme|eu\slieu|ete\b|impose|augmente|tenu|conclu|publie|signe|adopte|recu|depose|rencontre|lance|releve|abaisse|suspendu|applique|atteint|recule|progresse|presente|rendu)
    s'est\s(?:terminee?|tenue?|achevee?|ouverte?|reuni) s'etai\w+ fut\b avait\b avaient\b
    """
)
"""Verbs that tell of something over: the date they govern binds nobody any more."""

REPORTED = listed(
    r"""
    dated published issued announced said told reported signed released posted wrote tweeted met
    arrived visited spoke appeared since printed adopted ratified founded born died established
    elected created passed recorded measured conducted surveyed polled taken ending ended spotted
    photographed updated sworn\sin opened unveiled ordered warned testified celebrated observed
    marked retrieved accessed filed\son instituted initiated received\son decided entered\son
    in\sthe\s(?:issue|edition)\sof ran\sfrom

    fechad[oa] publicad[oa]s? publico anuncio anunciad[oa]s? dijo informo firmad[oa]s? firmo
    emitid[oa]s? desde fundad[oa] inaugurad[oa] realizad[oa] levantad[oa] celebrad[oa]
    registrad[oa] conmemora aprobad[oa] reunieron reunio con\sfecha\s(?:del?|al?) de\sfecha
    corte\sal? actualizad[oa] expedid[oa] declaro señalo senalo

    datee?s?\s(?=d[ue]) publiee?s? annoncee?s? signee?s? depuis mene[e]? realisee?s? effectuee?s?
    fondee? nee? rendue?s?\spublique?s? adoptee?s? a\sdeclare a\sannonce a\sindique a\sdit emise?
    rencontres? reunis? ouverte?\sen inauguree? deposee?
    """,
    rest=r"\s*(?:,\s*)?(?:(?:on|of|in|from|the|late|early|as|and|to|this|last|again|back|at|el|del|de|en|a|al|la|dia|pasado|le|du|au|les|entre|between)\s+)*$",
)
"""Directly before a date: it is the day something was said, written or founded."""

SINCE = Words(
    r"\b(?:since|depuis|desde\sel\spasado|as\searly\sas|dating\s(?:back\s)?(?:to|from))\s*(?:el|le|the|about|early|late)?\s*$"
)
DESDE = Words(r"\b(?:desde)\s(?:el\s|este\s|la\s)?(?:proximo\s)?(?:dia\s)?$")
AFTERWARDS = re.compile(
    r"^\s*(?:'s?\s(?!effective|deadline)|concert|festival|anniversar|edition|issue\b|session\b|meeting\sminutes|game\b|match\b|show\b|elections?\b|report\b|speech|statement|ceremon|attack|vote\b|(?:earthquake|storm)|proclamation\b|announcement|order\b(?!\s)|memo\b|letter\b|notice\b|ruling\b|press\s|levels?\b|prices\b)"
)

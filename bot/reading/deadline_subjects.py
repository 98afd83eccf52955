"""Whose date a sentence names: comments, a hearing, a review, somebody's duty, a measure.

The patterns are for text folded by `even`; the three languages share them, since their words hardly
collide.
"""

from enum import StrEnum

from bot.reading.alternation import Words, listed


class Subject(StrEnum):
    """Whose date it is; in the order that wins where a clause names several."""

    COMMENT = "comment"
    HEARING = "hearing"
    REVIEW = "review"
    DUTY = "duty"
    MEASURE = "measure"


SUBJECTS: dict[Subject, Words] = {
    Subject.COMMENT: listed(
        r"""
        (?:written\s|public\s|rebuttal\s|reply\s)?comments?\b(?!\s(?:from|by)\s(?:mr|the\spresident))
        comment(?:ing)?\s(?:period|window|deadline)
        submissions?\b
        (?:submit|file|share|give|lodge|provide|send|seek(?:s|ing)?|invit\w+|receiv\w+|accept\w+)\s(?:\w+\s){0,3}(?:views|input|feedback|responses|statements|information|data)\b
        (?:deadline|due\sdate)\sfor\sresponses
        (?:make|makes|submit|send|file|receive[sd]?)\s(?:\w+\s){0,2}representations
        representations\s(?:concerning|on|about|regarding|must|may|should|will|are)
        (?:respond|reply|react|responses?|replies)\sto\sthe\s(?:\w+\s){0,2}(?:draft|proposed|proposals?|consultation|discussion|questionnaire|call)
        (?:public|written)\s(?:input|views|statements|testimony)
        (?:pre|post)-?hearing\s(?:briefs?|statements?) briefs?\b (?:to|would)\stestify\b
        testimony\b (?:notices?\sof\s)?intent(?:ion)?\sto\sappear (?:notices?|entr(?:y|ies))\sof\s(?:participation|appearance)\b
        (?:closing|written|legal|final|reply)\sarguments?\b arguments\s(?:ecrits|finaux)\b
        (?:industry|stakeholders?|public|members|your|their)(?:'s?)?\sviews\b
        (?:to\sbe|be)\sheard (?:public|written)\scomment\b (?:to|can|may)\scomment\b
        requests?\sto\s(?:appear|speak|participate|be\sheard) (?<!on\sthe\s)docket\b public\sconsultations?
        consultations?\son\s(?:the\s|a\s|its\s)?(?:\w+\s){0,2}(?:draft|proposed|proposals?|regulations?|rules?)\b
        consultations\ssur\s(?:le|la|les)\s(?:projets?|proposition|regles?|reglement)
        consultations?\s(?:period|paper|closes?|ends?|is\sopen|remains?|runs?) weigh\sin\b
        objections?\b (?:notices?|statements?)\sof\sopposition\b to\sobject\b rebuttals?\b(?!\sof) to\srebut\b (?:have|has|having|wants?|get|gets)\sa\ssay\b
        answer(?:s|ing)?\s(?:its|the|their|a)\s(?:\w+\s){0,2}?questionnaires?\b replies\b questionnaires?\s(?:responses?|comments)
        (?:deadlines?|due\sdates?)\sfor\s(?:the\s)?questionnaires? feedback\b
        stakeholders?\s(?:can|may|have)\b
        remarks\b letters?\sfrom\s(?:the\spublic|interested|stakeholders|industry)\b
        responses?\sto\sthe\s(?:\w+\s){0,2}(?:notice|request|call)\b responses\sare\swelcome
        (?:ask|asks|asking|calls?|calling|wants?|looking)\s(?:\w+\s){0,3}for\s(?:\w+\s)?(?:input|views|opinions)\b
        (?:industry|stakeholder)\sinput input\s(?:on|from|about)\b
        make\s(?:their|its|your)\s(?:views|concerns|case)\b have\s(?:their|its|your|a)\ssay\b
        (?:wish\w*|want\w*|hop(?:e|es|ing)|like|asks?|asking|request(?:s|ing)?|sign(?:ing)?\sup|register(?:ing)?|apply(?:ing)?|intend(?:s|ing)?)\sto\s(?:speak|testify|appear|participate|intervene|take\spart|be\sheard)\b
        take\sthe\sfloor hacer\suso\sde\sla\s(?:palabra|voz)
        (?:ask|asks|asking|apply|sign\sup|request(?:s|ing)?)\s(?:for\s)?(?:an?\s)?(?:hearing|speaking)\sslots? request(?:s|ing)?\s(?:for\s)?a\s(?:public\s)?hearing
        to\sspeak\sat\sthe (?:take\spart|participat(?:e|ing|ion))\sin\sthe\s(?:\w+\s)?(?:hearing|consultation)
        position\spapers?\b tell\s(?:\w+\s){1,4}what\sthey\sthink

        comentarios?\b observaciones\b opiniones\b consulta\spublica manifestaciones\b alegatos(?<!audiencia\sde\salegatos)\b(?!\sorales)
        escritos?\b comparecer\b comparecencia\b ponencias\b argumentos\b (?:manifestar|manifiesten|manifieste)\b a\ssu\sderecho\sconveng\w+
        respond(?:er|an|en)\s(?:al?|el|los|a\slos)\s(?:\w+\s)?(?:ante)?(?:proyecto|borrador|cuestionarios?|formularios?)
        pronunciarse\ssobre\sel\s(?:proyecto|borrador|anteproyecto) periodo\sprobatorio

        opin(?:e|en|aran)\b consulta\b(?!\s(?:popular|medica|electoral|ciudadana)) presentar\s(?:\w+\s){0,2}pruebas
        pruebas\b comentar\b
        (?:dese|quier|pretend|interesad)\w+\s(?:en\s)?(?:intervenir|comparecer|hablar|opinar|ser\soid\w+|tomar\sla\spalabra)\b
        participar\sen\sla\s(?:audiencia|consulta)\b tomar\sla\spalabra ser\soid[oa]s?\b
        opinion(?:es)?\spor\sescrito sugerencias\b opinar\b dar\s(?:su|sus)\sopinion\w* replicas\b objeciones\b (?:escritos?|avisos?)\sde\soposicion\b oponerse\b
        respuestas?\s(?:al|a\slos)\s(?:cuestionarios?|formularios?)\b

        commentaires?\b observations\b memoires?\b
        (?:repond(?:re|ent)|reagir)\s(?:aux?|a\sla)\s(?:projets?|consultation|questionnaires?|formulaires?|proposition)
        consultations?\spubliques? consultation\b soumissions?\b se\sfaire\sentendre
        (?:elements\sde\s)?preuves?\b commenter\b consult(?:e|ent|er)\b
        (?:demandes?|actes?|avis)\s(?:de\scomparution|d'intervention) comparaitre\b temoigner\b
        avis\sdes\sinteresses faire\spart\sde
        prendre\sla\sparole etre\sentendue?s?\b points\sde\svue\b contributions\secrites? exposes\s(?:ecrits|des)\b leurs\sexposes
        participer\sa\sla\sconsultation participer\sa\sl'audience
        (?:veulent|souhait\w+|desir\w+|voud\w+)\s(?:intervenir|participer|s'exprimer)\b
        reponses?\saux?\squestionnaires? donner\s(?:leur|son|votre)\savis (?:peut|peuvent|pourra|pourront)\sse\sprononcer\b (?:se\s)?prononcer\ssur\s(?:le|la|les)\s(?:projets?|propositions?|consultation|liste)
        faire\s(?:connaitre|valoir)\s(?:leurs?|ses|son)\b repliques\b (?:avis|declarations?)\sd'opposition\b s'opposer\b (?:veut|veulent|souhait\w+|desir\w+|voudr\w+)\sse\sprononcer\b
        """
    ),
    Subject.HEARING: listed(
        r"""
        hearings?\b oral\s(?:testimony|presentations?|stage|phase|proceedings?) oral\sarguments? for\sarguments?\b witnesses\b testif(?:y|ies)\sbefore
        (?:stakeholder|information|town\shall)\s(?:session|meeting) sesion(?:es)?\s(?:publica|informativa|de\spreguntas) (?:status|scheduling|prehearing)\sconferences? seances?\sd'information ser(?:a|ont)\sentendue?s?\b testigos\b temoins\b
        takes?\stestimony hears?\s(?:from|testimony|arguments?|the\scase) staff\sconference public\ssession
        public\smeeting listening\ssession audiencias?\b vista\spublica audiences?\b entendra\b
        comparaitront\b seance\spublique (?:tiendra|tiendront|tient)\sune\sseance conferencia\sdel\spersonal
        vista\soral alegatos\sorales l'audition\sd(?:e|u|es)\b plaidoiries?\b comparecen?\b comparecera[n]?\b temoigner(?:a|ont)\b
        """
    ),
    Subject.REVIEW: listed(
        r"""
        (?:joint\s|annual\s|sunset\s|administrative\s|formal\s|next\s|mandatory\s)?reviews?\b
        be\sre(?:viewed|examined|assessed)\b to\sreview\sthe\s(?:\w+\s){0,2}(?:chapters?|agreements?|pact|treaty|rules|annex\w*)\b determinations?\b decisions?\b ruling\b rulings\b verdict\b investigations?\b probes?\b
        inquir(?:y|ies)\b reports?\b(?!\sto\swork) reporting\sback report\sback

        (?:bi|tri)(?:lateral|national)\smeetings?\b ministerial\smeetings?\b (?:preliminary|final)\sresults\b final\sword\b revisit(?:s|ed)?\b findings?\b statements?\sof\sreasons\b expose\sdes\smotifs\b (?:say|confirm|decide|declare)\s(?:\w+\s){0,3}whether recommendations?\b
        round\b(?!\spick) rounds\b negotiat\w+ talks\b panel\b assessment\b re-?examin\w+
        (?:will|to)\sreview\sthe\s(?:\w+\s){0,2}(?:chapters?|agreements?|pact|treaty|rules|annex\w*)\b
        evaluation\b (?<!final\s)(?<!interim\s)(?<!the\s)(?<!new\s)(?<!\ba\s)(?<!proposed\s)(?<!this\s)rule\son\s decide\b decides\b vote\b summit\b consultations\b reconvene\b
        sit\sdown\b bargaining\stable stock-?taking\b check-?in\b commission\smeeting
        (?:resum|restart|reopen)\w*\s(?:\w+\s){0,3}(?:discussions|dialogue)\b (?:two|three|trade|both)\sdelegations\b

        revisar(?:a|an)\b(?=\s(?:el|la|los|las)\s(?:capitulos?|acuerdos?|tratados?|t-mec|reglas|anexos?)) evaluar(?:a|an)\b resultados\s(?:preliminares|definitivos|finales)\b se\srevisara[n]?\b ser(?:a|an)\srevisad[oa]s?\b (?:para|a)\srevisar\s(?:el|la|los|las)\s(?:capitulos?|acuerdos?|tratados?|t-mec|reglas|anexos?|cumplimiento)\b revision(?:es)?\b resolucion(?:es)?\b dictamen\b investigacion(?:es)?\b rondas?\b
        negociacion(?:es)?\b negociador\w* platicas\b conversaciones\b votara[n]?\b voto\s(?:final|definitivo)\b informes?\b
        fallo\b conclusiones\b evaluacion\b examen(?:\s\w+)?\b determinacion\b recomendaciones\b resolvera\b
        decid(?:ira|iran|ir|an|en)\b pronunciar\w*
        (?:decir|definir|determinar|confirmar|anunciar|informar|comunicar)\s(?:\w+\s){0,2}si\b
        balance\s(?:del|anual) definira[n]?\b delegaciones\b (?:retom|reanud)\w+\s(?:\w+\s){0,2}(?:dialogo|discusiones)\b
        mesa\sde\s(?:negociacion|dialogo) pas(?:ar|ara|aran|an)\srevista encuentro\b reunion\b cumbre\b

        (?:re)?examiner(?:a|ont)\s(?:l'|le\s|la\s|les\s)(?:chapitres?|accords?|aceum|regles|annexes?)\b ser(?:a|ont)\s(?:re)?examinee?s?\b pour\s(?:re)?examiner\s(?:l'|le\s|la\s|les\s)(?:chapitres?|accords?|aceum|regles|annexes?)\b reexamens?\b examens?\sconjoints? enquetes?\b rapports?\b (?<!se\s)rendra\b decision\b
        negociations?\b resultats\s(?:preliminaires|definitifs|finaux)\b rondes?\b(?!\sde\s(?:nuit|police)) negociateurs?\b pourparlers\b tranchera\b (?:se\s)?prononcer(?:a|ont)?\b
        decider(?:a|ont)?\b conclusions\b rendre\sson statuera\b verdict\b recommandations?\b
        (?:prochain|premier)\sbilan\b bilan\s(?:de\sl'|du\s|annuel) trancher\b repren(?:dre|dra|dront|nent)\s(?:\w+\s){0,2}(?:discussions|dialogue)\b
        (?:dire|determiner|confirmer|annoncer|indiquer|preciser)\s(?:[\w']+\s){0,2}s(?:i\b|'ils?\b)
        (?:deux|trois)\sdelegations\b (?:passer|passeront|fera|feront)\s(?:en\srevue|le\spoint) sommet\b rencontre\b
        rendu\s(?:sa|leur|une)\sdecision
        """
    ),
    Subject.DUTY: listed(
        r"""
        must\b shall\b required\b requirements?\b mandatory\b compulsory\b obligated\b comply\b
        complian(?:ce|t)\b (?:requires?|demands?)\sthat\b applications?\b apply\sfor\b petitions?\b requests?\b claims?\b
        sign(?:ing)?\sup\b(?!\sto\s(?:speak|testify)) (?<!federal\s)register\b registrations?\b (?:re-?)?certif\w+ filings?\b file\b filed\b elect\b submit\b
        remed(?:y|iate)\b respond\b response\b correct\b protests?\b refunds?\b enrol\w*
        obligation\b nominate\b update\stheir reconcil\w+ pay\sthe deposit\b exporters\b licen[cs]es?\b needs?\sto\b renew\b
        switch\sto\b lodged?\b bids?\b nominations?\sfor\sthe\s(?:[\w-]+\s){0,3}?(?:committee|panel|roster|board|council)\b
        (?:customs|cbp|cbsa|ottawa|washington|mexico|canada|agency|rules?|regulation|law|decree)\s(?:will\s)?(?:now\s)?requires?\b
        ask(?:s|ing)?\sfor\s(?:\w+\s){0,2}?(?:exclusions?|exemptions?|waivers?|licen[cs]es?|quotas?)\b
        (?:will|to)\s(?:carry|bear|include|show)\s(?:the|a|an)\s(?:new\s)?(?:data\s)?(?:code|field|element|identifier|label|number|marking|statement)\b
        ha(?:s|ve)\sto\b (?:is|are)\sobliged adapt\b adjust\b

        deber(?:a|an|ia|ian)\b deben?\b obligacion\b obligatori[oa]s?\b forzos[oa]s?\b (?:aduanas?|sat|anam|economia|secretaria|gobierno|autoridad|decreto|ley|norma)\s(?:\w+\s)?exigir(?:a|an)\b obligad[oa]s?\b
        (?:tendran?|tienen?|habran?)\sque\b cumplir\b cumplimiento\b solicitud(?:es)?\b licitacion\b
        (?:exig|requier)(?:e|en|ira|iran)\sque\b pedir\s(?:\w+\s){0,2}?(?:exclusion|exencion|cupo|licencia|prorroga|permiso)\w* solicit(?:ar|en|e|an|aran)\b presentar\b presentarse\b registrar(?:se)?\b registros?\b
        tramit\w+ inscri\w+ reparar\b responder\b subsanar\b declarar\b acreditar\b renovar\b impugnar\b inconformarse\b
        (?:llev|inclu|contend)(?:aran|yan|ran|iran)\s(?:el|la|los|un|una)\s(?:nuev[oa]\s)?(?:identificador|clave|codigo|dato|campo|leyenda|numero|folio|complemento)\b
        actualizar\b migrar\b transitar\b adoptar\b contestar\b adaptarse\b adecuar\w* ajustarse\b
        regularizar\w* renovarse\b devolver\b

        doi(?:t|vent)\b devr(?:a|ont)\b (?:asfc|douanes?|agence|ottawa|washington|gouvernement|ministere|reglement|decret|loi)\s(?:\w+\s)?exiger(?:a|ont)\b obligatoires?\b conform\w+ demandes?\b deposer\b
        exig(?:e|ent|era|eront)\sque\b candidatures\b soumissionner\b de\srigueur presenter\b inscri\w+ remedier\b corriger\b repondre\b contester\b declar\w+ transmettre\b produire\b
        demander\s(?:un|une|des|leurs?|son)\s(?:\w+\s)?(?:contingents?|licences?|permis|exemptions?|remises?|exclusions?)\b
        renouvel\w+ fournir\b tenue?s?\sde (?:a|ont|aura|auront)\sa\s(?=\w+(?:er|ir|re)\b)
        (?:porteront|comporteront|contiendront|afficheront)\s(?:le|la|un|une)\s(?:nouve\w+\s)?(?:code|champ|numero|identifiant|mention|donnee)\b regularis\w+ restituer\b rembours\w+
        """
    ),
    Subject.MEASURE: listed(
        r"""
        counter-?tariffs? tariffs?\b dut(?:y|ies)\b lev(?:y|ies)\b surtax(?:es)?\b surcharges?\b
        regional\svalue\scontent\b rates?\b rules?\b regulations?\b orders?\b decrees?\b bans?\b quotas?\b measures?\b
        laws?\b act\b agreements?\b treat(?:y|ies)\b protocol(?:e|o)?s?\b pact\b proclamations?\b exemptions?\b
        exclusions?\b fees?\b imports?\b importers?\b
        customs\s(?:will|must|is|officers|authorities|clearance|rules|forms?)\b entr(?:y|ies)\b
        shipments?\b parcels?\b goods\b permits?\b embargo\w* sanctions?\b tranches?\b annex\w*
        waivers?\b pause\b suspension\b truce\b reprieve\b programs?\b programmes?\b safeguards?\b
        threshold\b de\sminimis usmca\b cusma\b increases?\b remission\b moratorium\b extension\b
        transition\speriod grace\speriod stage\b phase\b schedule\b system\b portal\b filing\b
        steel\b alumin\w+ lumber\b vehicles?\b trucks?\b ban\b penalt\w+ enforcement\b window\b
        preference\b restrictions?\b countermeasures?\b relief\b deal\b final\srule drawback\b
        bond\b price\b prices\b cash\sdeposits? amendments?\b preferential\b provisional\b
        prohibitions?\b merchandise\b articles\s(?:entered|withdrawn|subject|of|imported)\b
        caps?\b(?=\s(?:of|on)\b) crossings?\b(?=[^.]{0,30}\b(?:commercial|trucks|freight|cargo)\b) borders?\b(?=\sto\b) concessions?\b (?:transitional|trade|interim)\sarrangements?\b carve-?outs?\b
        offer\b(?=\s(?:stands|holds|is|expires|lapses|remains|dies)\b) registr(?:y|ies)\b (?:more|additional|extra)\spercentage\spoints\b exceptions?\b phase-?(?:in|out)\b provisions?\b hikes?\b curbs?\b
        (?:duty-free|preferential|tariff|zero-duty)\streatment\b classifications?\b
        pilot\b(?=\s(?:wraps?|ends?|starts?|begins?|runs?|expires?|program\w*|project|phase|scheme)\b)
        exempt\b(?=\s(?:from|through|until|till)\b) charges?\b(?=\son\b) policy\b authority\b authorization\b
        (?:collect|charg|levy|levi|impos|slap)\w*\s(?:an\sextra\s|up\sto\s)?\d+(?=\s?(?:%|per\s?cent|percent))

        (?:contra-?)?arancel\w* sobretasas?\b sobretarifas?\b devolucion\w* gravamen(?:es)?\b
        sistema\b(?=\s(?:anterior|actual|antiguo|viejo|nuevo|aduanero|electronico|automatico|de\s(?:permisos|avisos|licencias|registro)))
        ventanillas?\b umbral(?:es)?\b exent[oa]s?\b(?=\shasta\b) cobro\b(?=\sde\s(?:\d|un\s\d)) derechos?\b(?=\s(?:al|de|del|adicional|nuevo|compens|antid|espejo)) cuotas?\b impuestos?\b medidas?\b decretos?\b acuerdos?\b reglas?\b reglamentos?\b ley\b
        tratados?\b t-mec\b tmec\b prohibicion\w* importacion\w* importador\w* exportacion\w*
        (?:cruce|puente)\b(?=[^.]{0,30}\b(?:carga|camiones|comercial)\b) permisos?\b formatos?\b formularios?\b cupos?\b contingentes?\b frontera\b(?=\sal?\b) vedas?\s(?:comercial\w*|a\s) anexos?\b fraccion\w* normas?\b noms?\b disposicion\w* suspension\w*
        prorroga\w* pausa\b tregua\b exencion\w* aduana\w* aduaner\w* resolucion\w* tasa\b
        salvaguardi?as?\b autos\b vehiculos\b camiones\b acero\b mercancias?\b programa\b
        certificados?\b padron\b convenio\b avisos?\b tarifas?\b incremento\b sancion\w*
        represalias?\b vigencia\b licencias?\b estimulos?\b
        oferta\b(?=[^.]{0,30}\b(?:vence|expira|vigente|sigue|mantiene)) puntos\s(?:mas|adicionales)\b restriccion\w* veto\b productos\b embarques?\b bienes\b beneficios?\b
        preferencias?\b preferencial\w* franquicia\b periodo\sde\s(?:transicion|gracia)\b
        regimen\b facilidad\w* exclusion\w* moratoria\b alza\b aumento\b aplazamiento\b
        lineamientos\b esquema\b trato\sarancelario
        (?:cobr|pag|impon|grav)(?:a|ar|ara|aran|an|e|er|dra|dran)\s(?:con\s)?(?:un\s|hasta\s)?\d+(?=\s?%|\spor\sciento)

        droits?\b surtaxes?\b contre-tarifs?\b tarifs?\b mesures?\b decrets?\b reglements?\b
        postes?\sfrontaliers?\b(?=[^.]{0,30}\b(?:camions|commercial\w*|fret)\b) formulaires?\b regles?\b lois?\b accords?\b aceum\b interdiction\w* importation\w* importateurs?\b
        exportat\w+ permis\b licences?\b contingents?\b annexes?\b exemptions?\b exonerations?\b
        remises?\b douan\w+ sursis\b prolongation\b proclamations?\b acier\b produits?\b
        marchandises\b seuil\b treve\b hausse\b majoration\b programme\b moratoire\b avis\b
        certificats?\b prelevements?\b taxes?\b taux\b arrete\b ordonnance\b represailles\b
        exemptee?s?\b(?=\sjusqu) franchise\b repit\b preferences?\b preferentiel\w* regime\b allegements?\b
        periode\s(?:de\stransition|transitoire|de\sgrace)\b derogations?\b dispositions\b
        offre\b(?=[^.]{0,30}\b(?:tient|expire|reste|valable|prend)\b) registres?\b points?\s(?:de\splus|supplementaires?)\b envois\b frontiere\b(?=[^.]{0,20}\saux?\b) delai\sde\sgrace entente\b quotas?\b
        (?:percev|impos|appliqu|prelev|factur)\w+\s(?:jusqu'a\s)?\d+(?=\s?(?:%|pour\scent))
        """
    ),
}

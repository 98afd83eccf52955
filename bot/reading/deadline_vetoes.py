"""Words that tell that a sentence's dates are nobody's trade deadline, in text folded by `even`."""

from bot.reading.alternation import Words, listed

VETO = listed(
    r"""
    nba nhl mlb nfl wnba mls lnh liga\smx playoffs? super\sbowl world\scup mundial\sde
    copa\sdel\smundo coupe\sdu\smonde concerts?\b conciertos? tickets?\b boletos?\b
    billets?\sde\sspectacle festival\w* museum museo musee exhibit(?:ion)?\b anniversary
    aniversario anniversaire jubilee birthday cumpleanos wedding boda mariage passports?\b
    pasaportes? passeports? tuition colegiaturas? droits\sde\sscolarite scholarships? becas?\b
    ecoles?\b escuelas?\b school\s(?:year|board|holidays?|registration|enrol\w+|district) ciclo\sescolar annee\sscolaire rentree\sscolaire exams\b
    examens\sscolaires income\stax\w* impot\ssur\sle\srevenu declaracion\sanual parking
    stationnement\sd peajes?\b peages?\b toll\s(?:rates?|roads?|bridges?|booths?)\b garbage daylight(?!\stime\son\b|\stime,|\stime\s\w+\s\d) clocks\b horario\sde\sverano heure\sd'ete movie film\b
    pelicula album\b season\stickets snow\stires jury\sduty electricity electrica electricite
    hydro-quebec fishing hunting pesca\b chasse\b pharmacies vaccin\w* vacunacion library
    biblioteca bibliotheque marathon maraton parade desfile halloween auditions?\b(?!\sd(?:e|u|es)\b) trade\sschool
    day\strad\w+ vehicle\sinspections? verificacion\svehicular revision\svehicular tenencia
    trains?\sde\sbanlieue metro\b bus\b taxis?\b buen\sfin black\sfriday rebajas soldes sale\sends
    memoirs?\b bookstores?\b librerias\b librairies\b novela?s?\b roman\b(?=\s(?:de|paru)) podcast\w*
    discount polls?\sopen polling\sstations? casillas jornada\selectoral matriculation
    inscripciones\sescolares theat(?:er|re) teatro residents\b travell?ers\b tourists\b tenants\b
    students\b voters\b homeowners\b motorists\b seniors\b patients\b parents\b county\b (?:have|having|over|to)\s(?:lunch|dinner|breakfast) gala\b banquet\w*
    hospitals?\b(?!\s(?:equipment|supplies|goods|devices|beds)) (?<!a\slos\s)hospitales\b (?<!aux\s)hopita(?:l|ux)\b health\s(?:plans?|insurance|care) seguros?\smedicos? homestead zoning campamentos?\b summer\scamps? metrobus\b imss\b infonavit\b consulados?\b consulates?\b
    time-of-use ferr(?:y|ies)\b traversiers?\b youth\sgrants? transit\sagency gas(?:oline)?\sprices clinics?\b clinicas?\b
    rents?\b renters?\b leases?\b landlords?\b arrendamiento\w* alquiler\w* loyers?\b (?:le|du|un)\sbail\b police\sacademy
    (?:snow|frost|heat|weather|cold|flood|storm)\s(?:advisory|warning|alert)s? alerta\spor\b avertissements?\sde\s(?:froid|neige|pluie|vent|chaleur) hurricanes?\b huracanes?\b ouragans?\b
    pension(?:es|s)?\b wood\sstoves? stadium\b estadio\b stade\b nurses?\b maestros\b teachers?\b infirmier\w* enseignants?\b curfew couvre-feu toque\sde\squeda bondholders? repay\sthe\sbonds
    seasons?\spass(?:es)? (?:ski|lift)\spass(?:es)? mortgages?\b hipotec\w+ hypotheques?\b funding\sround carbon\stax taxe\scarbone leagues?\b ligues?\b fideicomisos?\b streaming\sservices?\b
    divorc\w+ inquest flu\sshots? grippe\b
    gens\sd'affaires cumbre\sempresarial business\ssummit tournaments?\b tournois?\b torneos?\b concours\sde\s(?:dessin|photo|chant|cuisine) run\sfor\s(?:governor|president|congress|office|mayor)
    draft\spick round\spick vecinos\b turistas\b viajeros\b alumnos\b estudiantes\b
    automovilistas\b padres\sde\sfamilia voyageurs\b touristes\b etudiants\b locataires\b
    electeurs\b eleves\b automobilistes\b trial\sof juicio\sde proces\sde predial property\stax\w*
    tenencia impot\sfoncier restaurant\w* conmemor\w+ commemor\w+ feriado public\sholiday
    jour\sferie rugby soccer futbol football hockey baseball beisbol bonspiel trade\sdeadline
    reglement\smunicipal conseil\smunicipal city\scouncil ayuntamiento municipal\w*
    quarterly\s(?:results|earnings) earnings\scall shareholders? dividend\w* accionistas
    actionnaires mayor(?<!no\smayor)(?<!una\smayor)(?<!por\smayor)\b(?!\s(?:a|al|de|del|que|plazo|importacion|exportacion|acceso|contenido|parte|detalle|informacion)\b) mayor\b(?=\sof\b) alcalde\w* exalcalde\w* (?:to|in)\sprison\b jail\b carcel\b squad\b roster\b
    partido\b candidat[oa]s\b contrato\scolectivo convention\scollective collective\s(?:agreement|bargaining)
    union(?:'s)?\scontract labou?r\scontract union\smembers (?:workers|trabajadores|obreros)\svot\w+ syndicats?\b strike\svote huelga\b greve\b sindicato\sde\b
    """,
    rest=r"\b",
)
"""Sentences about sport, culture, schools, cities: their dates are nobody's trade deadline."""
FIGURES = listed(
    r"""
    (?:trade|export|import|job|employment|inflation)\s(?:figures|data|numbers|report|statistics)
    (?:publi\w+|releas\w+|report\w+|difund\w+|divulg\w+|announc\w+)\s(?:[\w']+\s){0,6}?(?:figures|data|datos|cifras|chiffres|donnees|resultats|resultados)\b
    statistics\b statistique\w* estadistica\w* inegi\b census\sbureau earnings\b
    (?<!file\san\s)(?<!file\stheir\s)(?<!file\sits\s)(?<!file\sthe\s)(?<!submit\san\s)(?<!submit\stheir\s)(?<!submit\sits\s)(?<!submit\sthe\s)(?:quarterly|annual)\s(?:results|report)(?!\s(?:on|to)\b) gdp\b pib\b dato\sde\b rate\sdecision interest\srate
    monetary politica\smonetaria taux\sdirecteur central\sbank rate\scuts? the\s(?:bank|fed)\b
    banco\s(?:de\smexico|central) la\sfed\b federal\sreserve reserva\sfederal bank\sof\scanada
    (?:call(?:s|ed|ing)|desconvoc\w+)\soff\b(?![^.]{0,120}\b(?:reschedul\w+|instead|new\sdate\sis|now\sset)\b)
    se\scancel(?:o|aron|an)\sl[ao]s?\s(?:audiencia|reunion|ronda|sesion)\w* cancel(?:s|ed|led)\s(?:[\w'-]+\s){0,5}?(?:hearing|meeting|session)\b(?![^.]{0,120}\b(?:reschedul\w+|instead|new\sdate\sis)\b)
    annul(?:e|ent|ee|ees)\s(?:l'audience|les\saudiences|la\sseance|la\srencontre)
    habria[n]?\s\w{2,}(?:ado|ido|to|cho)\b would\shave\s\w+(?![^.]{0,120}\b(?:will|now)\b) aurai(?:t|ent)\s(?:\w+\s)?(?:expire|pris|ete|eu|debute|commence|cesse)\b
    desmint\w+ desmient\w+ niega[n]?\sque nego\sque den(?:y|ies|ied)\s(?:that|any|having|it)\b
    nie(?:nt)?\s(?:avoir|que|vouloir|tout) dement(?:i|it|ent)\s(?:que|avoir|l')
    (?:figures|data|numbers|statistics|study|report|survey|sample|datos|cifras|estudio|informe|donnees|chiffres|etude|rapport)\s(?:\w+\s){0,2}?(?:covers?|runs?|spans?|compares?|abarcan?|cubren?|comprenden?|portent?|couvrent?|couvre)\b
    (?:season|harvest|semester|classes)\s(?:starts?|begins?|opens?|ends?|runs?)\b (?:temporada|cosecha)\s(?:inicia|arranca|comienza|termina)\b
    (?:saison|recolte)\s(?:commence|debute|s'ouvre|se\stermine)\b (?:stock\s)?markets?\s(?:re)?opens?\b (?:bolsas?|mercados)\s(?:re)?abr(?:e|en|iran?)\b bourses?\srouvr\w+
    mark(?:s|ed|ing)?\s(?:[\w-]+\s){0,2}?(?:years?|months?|decades?)\s(?:since|of|after)\b cumpl(?:e|en|io|ieron|ira|iran)\s[\w-]+\sanos\sde(?:sde)?\b
    (?:marqu|fet)\w+\sles\s[\w-]+\sans\sd[eu']
    comes?\sout\b premier(?:es|ing)\b hits?\sshelves periods?\s(?:of\s(?:investigation|review)|under\sreview) periodo\s(?:investigado|analizado|de\sinvestigacion)
    periode\s(?:visee|d'enquete|sous\senquete) cubren\slas\s(?:entradas|importaciones) couvrent\sles\s(?:entrees|importations)
    banxico banque\sdu\scanada election\w* elecci\w+ electoral\w* referendum press\sconference
    downtime\b outages?\b(?=[^.;]{0,30}\b(?:last|end|run|continue)s?\b)
    (?:for|por|pour)\s(?:l'|le\s|la\s|el\s)?(?:scheduled\s|routine\s|planned\s)?(?:maintenance|mantenimiento|entretien)
    rueda\sde\sprensa conference\sde\spresse
    """,
    rest=r"\b",
)
"""Releases of figures, elections, press conferences, what is denied or called off, the period that an
investigation looks at: days on the calendar that bind nobody."""
PRESS_PHRASE = listed(
    r"""
    (?:respond\w*|answer\w*|repl\w+|return\w*)\s(?:\w+\s){0,5}?(?:requests?\sfor\scomment|comment\sreque\w+)
    declined?\s(?:to\s)?comment
    (?:request|requests)\sfor\scomment\b(?=\s(?:on\s\w+day|sent|was|were))
    n'a\spas\s(?:repondu|commente) no\s(?:respondio|quiso\scomentar) sin\scomentarios
    was\snot\s(?:immediately\s)?available\sfor\scomment
    """
)
"""What reporters write of those who would not talk: no call for comments."""
RESCUE = Words(
    r"\b(?:tariffs?|dut(?:y|ies)|customs|surtax\w*|usmca|cusma|quotas?|embargo|prohibitions?|dumping|trade\s(?:pact|deal|agreement|representative|talks)|section\s(?:232|301|338|122)|exports?|cupos?|contingents?|t-mec|aceum|arancel\w*|aduan\w*|douan\w*|surtaxe\w*|imports?|importacion\w*|importations?|federal\sregister|ustr|cbp|antidumping)\b"
)
"""A trade word in the same sentence lifts the veto."""

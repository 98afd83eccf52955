"""Words that tell of a day that is over: verbs of the past, and what was said or written on a day.

All patterns are for text folded by `even`.
"""

import re

from bot.reading.alternation import Words, listed

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
    se\sllevo\sa\scabo se\srealizo\b aplico\b aplicaron\b cobraron\b (?<!el\s)(?<!de\s)cobro\b impuso\b impusieron\b
    subio\b subieron\b aumento\b crecio\b cayo\b inauguro\b se\sreunieron reunieron\b firmo\b
    firmaron\b fue\b fueron\b estuvo\b habia\b cumplio\b publico\b(?=\s(?:el|la|un|una|sus|su)\b)
    publicaron\b aprobo\b recibio\b elevo\b quedo\b

    (?:est|sont)\sentree?s?\sen\svigueur etai(?:t|ent)\b
    (?:a|ont)\s(?:pris\s(?:effet|fin)|expire|debute|commence|ouvert|ferme|eu\slieu|ete\b(?!\s(?:report|prolong|prorog|repouss|differ|deplac|devanc|avanc|etend|reconduit|renouvel))|impose|augmente|tenu|conclu|publie|signe|adopte|recu|depose|rencontre|lance|releve|abaisse|suspendu|applique|atteint|recule|progresse|presente|rendu)
    (?:est|sont)\spassee?s?\b s'est\s(?:terminee?|tenue?|achevee?|ouverte?|reuni) s'etai\w+ fut\b avait\b avaient\b
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
    in\sthe\s(?:issue|edition)\sof ran\sfrom thrown(?<!be\sthrown)\sout struck(?<!be\sstruck)\sdown
    voided(?<!be\svoided) overturned(?<!be\soverturned) invalidated(?<!be\sinvalidated)

    fechad[oa] publicad[oa]s? publico anuncio anunciad[oa]s? dijo informo firmad[oa]s? firmo
    emitid[oa]s? desde fundad[oa] inaugurad[oa] realizad[oa] levantad[oa] celebrad[oa]
    registrad[oa] conmemora aprobad[oa] reunieron reunio con\sfecha\s(?:del?|al?) de\sfecha
    corte\sal? actualizad[oa] expedid[oa] declaro señalo senalo

    (?<!la\s)datee?s?\s(?=d[ue]) publiee?s? annoncee?s? signee?s? depuis mene[e]? realisee?s? effectuee?s?
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

CAME_TO = re.compile(
    r"^,?\s(?:came\sto|totall?ed|amounted\sto|added\sup\sto|brought\sin|raised|generated|yielded|averaged"
    r"|sum(?:o|aron)|ascendi(?:o|eron)\sa|alcanz(?:o|aron)|lleg(?:o|aron)\sa|generaron|dejaron"
    r"|(?:a|ont)\s(?:rapporte|totalise|atteint|genere)|s(?:e\ssont|'est)\s(?:elevee?s?|chiffree?s?)\sa)\b"
)
"""What a sum is said to have come to: the range before it is that of figures."""
SETTLED = re.compile(
    r"\b(?:conclu(?:e|es|s)?|convenue?s?|annoncee?s?|signee?s?|scellee?s?|acceptee?s?|decidee?s?|pactad[oa]s?|acordad[oa]s?|anunciad[oa]s?|firmad[oa]s?|alcanzad[oa]s?|decretad[oa]s?|delivree?s?|emise?s?|accordee?s?|octroyee?s?|publiee?s?|otorgad[oa]s?|emitid[oa]s?|expedid[oa]s?|publicad[oa]s?|struck|sealed|reached|made|known)\b"
)
"""Participles of what was settled: "la trêve conclue aujourd'hui"."""
DONE = re.compile(
    r"(?:\b(?!be\b)\w+(?<!exceed)(?<!need)(?:ed|begun|given|set)\s(?:(?:on|in|late|early)\s)?"
    r"|\b\w+(?:ad|id|iert|uest|rit|ech)[oa]s?\s(?:el\s|este\s|desde\sel\s|a\spartir\sdel\s)?(?:pasado\s)?"
    r"|\b\w{2,}(?:é|ée|és|ées|ie|ies|ue|ues|is|ise|ises|ert|erte|ertes)\s(?:le\s|depuis\sle\s|du\s)|,\sentrée?s?\sen\svigueur\s(?:le\s|depuis\sle\s))(?:\w+day,?\s)?$"
)
"""A participle and the day it was done: "granted on …", "otorgada el …", "décidée le …"."""
DID = re.compile(
    r"^,?\s(?:put|cut|set|hit|let|shut|puso|dio|hizo|quito|fijo|impuso|a\s(?:mis|fixe|retire|leve|impose|suspendu))\b"
)
"""What was done on the day that is named right before it: "today put the levy on hold"."""
LAUNCHED = re.compile(
    r"(?:\b\w{2,}(?:é|ée|és|ées)\s(?:ce\s)|\b\w{2,}(?:ad|id)[oa]s?\s(?:este|el)\s|\b(?:launched|opened|published|issued|unveiled|posted|released)\s(?:on\s|this\s)?)$"
)
"""A participle right before a bare weekday: "lancée ce lundi", "publicada este martes"."""
IN_A_MONTH = re.compile(
    r"\b(?:\w{3,}ed|\w{2,}(?:ad|id)[oa]s?|\w{2,}(?:ó|aron|ieron)|\w{2,}(?:é|ée|és|ées|ie|ies|ue|ues|ise|ises|erte|ertes))\s(?:\w+\s){0,2}(?:in|en)\s$"
)
"""What was done in a month that is named without its year: "pactada en mayo"."""
SAID = re.compile(
    r"\b(?:told|said|wrote|announced|dijo|informo|informó|anunció|señaló|declaró|a\s(?:dit|déclaré|annoncé|indiqué))\s(?:[\w']+\s){0,3}(?:on\s|el\s|le\s)?$"
)
"""What was said on a day to somebody."""

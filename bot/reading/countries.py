"""Countries a text names, in English, Spanish and French, as ISO 3166 codes (and ``EU``).

Names, demonyms, and the capitals and houses that stand for a government ("Ottawa", "Casa Blanca").
Names that only look like a country ("New Mexico", "Washington state") are hidden first.
"""

from bisect import bisect_left
from functools import cache

from bot.domain.reading import Lang
from bot.reading.automaton import Automaton, Hit, Prepared

MAX_CHARACTERS = 60_000
"""Characters that are read, as the topic reader does."""

NAMES: dict[str, str] = {
    "US": "united states|united states of america|U.S.|US|U.S.A.|USA|american*|America|america's|estados unidos|EE.UU.|EEUU|EE. UU.|EUA|E.U.|estadounidense(s)|etats-unis|etats-uni(e)n(ne)(s)|americain(e)(s)|etasunien*|Washington|white house|casa blanca|maison-blanche|maison blanche|USTR|uncle sam|u.s.-made|norteamericano*|etats-unien*",
    "CA": "canada|canada's|canadian*|canadien*|canadiense*|Ottawa",
    "MX": "mexico|mexico's|mexican*|mexique|mexicain*|mexico city|ciudad de mexico|palacio nacional",
    "CN": "China|China's|chinese|chine|chinois*|chino(s)|chinas|Beijing|pekin|P.R.C.|PRC|republica popular china",
    "EU": "european union|union europea|union europeenne|Brussels|bruselas|bruxelles|european commission|comision europea|commission europeenne|bloque europeo|european bloc",
    "JP": "japan*|japon|japones|japonesa(s)|japoneses|japonais*|Tokyo|tokio|nipon(es)|nipona(s)",
    "KR": "south korea*|Korea|Korea's|corea del sur|surcorean*|coree du sud|sud-coreen*|korean*|Seoul|seul|coreano*|coreana*|corea|coree|coreen*",
    "KP": "north korea*|corea del norte|coree du nord|norcorean*",
    "TW": "taiwan*|Taipei",
    "HK": "hong kong",
    "VN": "vietnam*|viet nam|Hanoi",
    "IN": "India|India's|Indian|Indians|inde|indien(s)|indienne(s)|new delhi|nueva delhi|indio(s)",
    "BR": "brazil*|brasil|brasilen*|bresil*|Brasilia",
    "AR": "argentin*|buenos aires",
    "CL": "Chile|Chile's|chilean*|chileno*|chilena*|chili|chilien*",
    "CO": "Bogota|Colombia*|colombian*|colombie*",
    "PE": "Lima|Peru|Peru's|peruvian*|peruano*|peruana*|perou|peruvien*",
    "EC": "Quito|ecuatorian*|ecuador*|equateur*|equatorien*",
    "BO": "Bolivia*|bolivian*|bolivie*",
    "VE": "Caracas|venezuel*|venezolan*",
    "UY": "uruguay*",
    "PY": "paraguay*",
    "GT": "guatemal*|guatemaltec*|guatemaltequ*",
    "HN": "hondur*",
    "SV": "el salvador|salvadoran*|salvadoren*|salvadorien*",
    "NI": "nicaragua*|nicaraguense(s)|nicaraguayen*",
    "CR": "costa rica*|costarricense*|costaricain*|costaricien*",
    "PA": "Panama|Panama's|panamanian*|panamen*|panameen*",
    "CU": "Cuba|Cuban|cubano*|cubaine*|cubain*",
    "DO": "santo domingo|dominicano*|dominicana(s)|dominican republic|republica dominicana|republique dominicaine|Dominican|dominicain*",
    "GB": "united kingdom|U.K.|UK|Britain|Britain's|british|great britain|reino unido|britanico*|royaume-uni|britannique*|London|londres|Downing Street|scottish|Welsh|escoces(es)|escocesa(s)|ecossais*|ingles(a)",
    "IE": "Ireland|Ireland's|Irish|irlanda|irlandes*|irlande|irlandais*|Dublin",
    "DE": "germany|germany's|German|Germans|alemania|aleman|alemana(s)|alemanes|allemagne|allemand*|Berlin",
    "FR": "France|France's|French|francia|frances|francesa(s)|franceses|francais*|Paris",
    "IT": "italy|italy's|italian*|italia*|italie|italien*|Rome",
    "ES": "Spain|Spain's|spanish|espana|espanol|espanola(s)|espanoles|espagne|espagnol*|Madrid",
    "PT": "portugal|portugues*|portugais*|Lisbon|lisboa",
    "NL": "netherlands|the Dutch|paises bajos|holanda|holandes*|pays-bas|neerlandais*|Dutch|neerlandes*|neerlandesa(s)|hollandais*",
    "BE": "Belgium|belgian*|belgica|belgique|belge(s)|belga(s)",
    "LU": "luxembourg|luxembourgeois*|luxemburgo",
    "AT": "Austria|austrian*|austriac*|autriche|autrichien*",
    "CH": "switzerland|Swiss|suiza|suizo*|suisse(s)",
    "SE": "Stockholm|Sweden|swedish|suecia|sueco*|suede|suedois*",
    "NO": "Oslo|Norway|norwegian*|noruega|noruego*|norvege|norvegien*",
    "DK": "Copenhagen|Copenhague|Denmark|Danish|dinamarca|danemark|danois*|danes(es)|danesa(s)",
    "FI": "Finland|finnish|finlandia|finlande|finlandais*|finlandes*",
    "PL": "Warsaw|Varsovia|Varsovie|Poland|Polish|polonia|pologne|polonais*|polaco(s)|polaca(s)",
    "CZ": "czech*|republica checa|republique tcheque|checo(s)|tcheque(s)|Czechia|Chequia|tchequie",
    "HU": "Hungary|hungarian*|hungria|hongrie|hongrois*|hungaro(s)|hungara(s)",
    "RO": "Romania*|rumania|roumanie|roumain*|rumano(s)|rumana(s)",
    "BG": "bulgaria*|bulgarie|bulgare(s)|bulgaro(s)|bulgara(s)",
    "GR": "Greece|Greek|grecia|grece|griego(s)|griega(s)|grec(s)|grecque(s)",
    "TR": "Turkey|Turkey's|Turkish|turkiye|turquia|turco*|turquie|turc(s)|Ankara|turca(s)|turque(s)",
    "UA": "Kyiv|Kiev|ukrain*|ucrania*|ucranian*",
    "RU": "Russia|Russia's|russian*|rusia|ruso(s)|rusa(s)|russie|russe(s)|Moscow|kremlin|moscu|moscou",
    "KZ": "kazakh*|kazaj*",
    "IL": "Israel*|israeli*|israelien*",
    "SA": "saudi arabia*|arabia saudita|arabie saoudite|Riyadh|Saudi|Saudis|saudita(s)|saudi(es)|saoudien*",
    "AE": "united arab emirates|UAE|emiratos arabes|emirats arabes|Emirati|emirati(es)|the Emirates|Emiratos|Emirats",
    "QA": "Qatar*|catari(es)|qatari*|catar",
    "IR": "Iran|Iran's|iranian*|irani|iranien*|Tehran|teheran",
    "IQ": "Iraq|Iraqi*|irak|irakien*|iraqui(es)",
    "EG": "Cairo|el cairo|Egypt|egyptian*|egipto|egipci*|egypte|egyptien*",
    "DZ": "algeria*|argelia|algerie*|argelin*",
    "MA": "Morocco|moroccan*|marruecos|maroc|marocain*|marroqui(es)",
    "ZA": "south africa*|sudafrica*|afrique du sud|sud-africain*|Pretoria",
    "NG": "nigeria*",
    "KE": "Kenya|kenyan*|kenian*|kenia",
    "AU": "australi*|Canberra",
    "NZ": "new zealand*|nueva zelanda|nueva zelandia|nouvelle-zelande|neozelandes*|neozelandesa(s)|neo-zelandais*",
    "ID": "indonesi*|Jakarta|yakarta",
    "MY": "malaysia*|malasi*|malaisi*|Kuala Lumpur",
    "TH": "thailand*|Thai|tailand*|thailand*|Bangkok",
    "PH": "philippin*|filipin*|Manila",
    "SG": "singapore*|singapur|singapour|singapurense(s)|singapourien*",
    "KH": "cambodia*|camboya*|cambodg*",
    "LA": "Laos|laotian*|laotien*|laosian*",
    "MM": "myanmar|birmania|birmanie|burmese|birmano(s)|birmana(s)|birman(s)|birmane(s)",
    "BD": "banglades*|Dhaka|bangladais*",
    "PK": "Islamabad|pakistan*|paquistani(es)|Pakistan",
    "LK": "sri lanka*|sri-lankais*",
    "NP": "Nepal*",
    "CI": "ivory coast|cote d'ivoire|costa de marfil|ivorian*|ivoirien*|marfilen*",
    "GH": "Ghana*|ghanean*|ghaneen*|ghanes(es)|ghanesa(s)",
    "ET": "Ethiopia*|etiop*|ethiopie*",
    "TN": "Tunisia*|tunez|tunecin*|tunisie*",
    "JM": "Jamaica*|jamaiqu*|jamaicain*|jamaicano*|jamaicana*",
    "IS": "Iceland*|islandia|islandes*|islande|islandais*",
    "SK": "Slovakia*|eslovaquia|eslovac*|slovaquie|slovaque(s)|Slovak|Slovaks",
    "HR": "Croatia*|croacia|croata(s)|croatie|croate(s)",
    "RS": "Serbia*|serbie|serbe(s)|serbio(s)",
    "LT": "Lithuania*|lituan*",
    "AF": "Afghan*|afgano(s)|afgana(s)|afghan*|afganistan",
    "AL": "Albania*|albanes(es)|albanais*|albanie",
    "AO": "Angola*|angolen*|angolais*",
    "AM": "Armenia*|armenio(s)|armenien*|armenie",
    "AZ": "Azerbaijan*|azerbaiyan*|azerbaidjan*",
    "BH": "Bahrain*|barein*|bahrein*",
    "BY": "Belarus*|bielorrus*|bieloruss*",
    "BA": "Bosnia*|bosnio(s)|bosniaque(s)|bosnie-herzegovine",
    "CM": "Cameroon*|camerun*|camerounais*|cameroun",
    "CD": "Congolese|congolen*|congolais*|DRC|RDC|dr congo|democratic republic of (the |)congo|republica democratica del congo|republique democratique du congo|Kinshasa",
    "CY": "Cyprus|cypriot*|chipre|chipriota(s)|chypre|chypriote(s)",
    "EE": "Estonia*|estonio(s)|estonie*",
    "GA": "Gabonese|gabones*|gabonais*|Gabon|gabon's",
    "GE": "Georgian|georgiano(s)|georgien(s)|georgienne(s)|Tbilisi",
    "GY": "Guyana*|guyanese|guyanes*|guyanien*",
    "HT": "Haiti*|haitian*|haitien*",
    "JO": "jordanian*|jordano(s)|jordanien*|kingdom of jordan|jordania|jordanie|Amman",
    "KW": "Kuwait*|kuwaiti(es)|koweit*",
    "LV": "Latvia*|leton(es)|letona(s)|letonia|letton*|lettonie",
    "LB": "Lebanon|lebanese|libano|libanes(es)|libanesa(s)|libanais*|liban",
    "LY": "Libya*|libio(s)|libyen*|libye|libia",
    "MG": "Madagascar|malagasy|malgache(s)",
    "MT": "Malta|maltese|maltes(es)|maltais*|malte",
    "MU": "Mauritius|mauritian*|mauricien*|ile maurice|isla mauricio",
    "MD": "Moldova*|moldavo(s)|moldave(s)|moldavia|moldavie",
    "MN": "Mongolia*|mongol*",
    "MZ": "Mozambi*",
    "NA": "Namibia*|namibio(s)|namibien*|namibie",
    "OM": "Oman|Omani*|omanais*",
    "SN": "Senegal*|senegales*|senegalais*",
    "SI": "Slovenia*|esloveno(s)|eslovenia|slovene(s)|slovenie",
    "SY": "Syria*|sirio(s)|syrien*|syrie|siria",
    "TZ": "Tanzania*|tanzano(s)|tanzanien*|tanzanie",
    "TT": "Trinidadian*|trinidad and tobago|trinidad y tobago|trinite-et-tobago|trinitense(s)|trinidad and tobago|trinidad & tobago",
    "UG": "Uganda*|ugandes*|ougandais*|ouganda",
    "UZ": "Uzbek*|uzbeko(s)|ouzbek*",
    "YE": "Yemen*|yemeni*",
    "ZM": "Zambia*|zambien*|zambie",
    "ZW": "Zimbabwe*|zimbabue",
    "BB": "barbados|barbadian*|barbade|barbadense*",
    "BF": "burkina faso|burkinabe*",
    "BI": "burundi*",
    "BJ": "Benin|benin's|beninese|beninois*|benines(es)",
    "BM": "bermud*",
    "BN": "brunei|brunei's",
    "BS": "bahamas|bahamian*|bahamien*|bahamen*",
    "BT": "bhutan*|butan|bhoutan*",
    "BW": "botswana*|botsuan*|botswanais*",
    "BZ": "belize*|belice|belicen*",
    "CF": "central african republic|republica centroafricana|republique centrafricaine",
    "CV": "cape verde*|cabo verde|caboverdian*|cap-vert|cap-verdien*",
    "CW": "curacao|curazao",
    "DJ": "djibouti*|yibuti",
    "ER": "eritre*|erythre*",
    "FJ": "Fiji|Fiji's|fijian*|fiyi*|fidji*",
    "GL": "greenland*|groenland*",
    "GM": "gambia*|gambie*",
    "GQ": "equatorial guinea*|guinea ecuatorial|guinee equatoriale",
    "KG": "kyrgyz*|kirgui*|kirghiz*",
    "LI": "liechtenstein*",
    "LR": "Liberia|liberian*|liberien*",
    "LS": "lesotho|lesotho's|lesoto|basotho",
    "ME": "montenegr*",
    "MK": "north macedonia*|macedonia del norte|macedoine du nord|macedonian*|macedonien*",
    "ML": "Mali|Mali's|malian*|malien(s)|malienne(s)|maliense*",
    "MO": "macao|macau",
    "MR": "mauritania*|mauritanie*",
    "MV": "maldiv*",
    "MW": "malawi*|malaui*",
    "NC": "new caledonia*|nueva caledonia|nouvelle-caledonie",
    "NE": "Niger|Niger's|nigerien(s)|nigerienne(s)|nigerino*",
    "PF": "french polynesia|polinesia francesa|polynesie francaise",
    "PG": "papua new guinea*|papua nueva guinea|papouasie*",
    "RW": "rwanda*|ruand*",
    "SC": "seychell*",
    "SD": "Sudan|Sudan's|sudanese|sudanes*|soudan*",
    "SL": "sierra leon*",
    "SO": "Somalia|somalia's|somali(s)|somalie*",
    "SR": "surinam*",
    "SS": "south sudan*|sudan del sur|sursudanes*|soudan du sud|sud-soudan*",
    "SZ": "eswatini|esuatini",
    "TD": "tchad*|chadian*|chadiano*",
    "TG": "Togo|Togo's|togolese|togoles*|togolais*",
    "TJ": "tajik*|tayik*|tadjik*",
    "TL": "timor-leste|east timor*|timor oriental",
    "TM": "turkmen*",
    "TO": "Tonga|tongan*",
    "VU": "vanuatu*",
    "WS": "Samoa|samoan*",
    "XK": "kosov*",
}
"""Code → names, in the writing of topic terms (see `bot/reading/rules.py`)."""

REGIONS: dict[str, str] = {
    "CA": "Ontario|ontario's|quebec*|alberta*|saskatchewan|manitoba|british columbia|B.C.|colombie-britannique|new brunswick|nouveau-brunswick|nova scotia|nouvelle-ecosse|newfoundland|Carney|Toronto|montreal*|Vancouver|Calgary|Saguenay|CBSA|ASFC",
    "MX": "Sheinbaum|Ebrard|nuevo leon|Coahuila|Jalisco|Guanajuato|Puebla|Sonora|Sinaloa|Chihuahua|Tamaulipas|Michoacan|Queretaro|Aguascalientes|baja california|Monterrey|Tijuana|nuevo laredo|ciudad juarez|Guadalajara|secretaria de economia|DOF|SAT|ANAM|PEMEX|Canacero",
    "US": "Trump*|Greer|Lutnick|Bessent|capitol hill|supreme court of the united states|Texas|California|Michigan|Ohio|Arizona|Pentagon|CBP|commerce department|department of commerce|federal register",
    "CN": "xi jinping|MOFCOM|Shanghai|Shenzhen",
}
"""Code → provinces, states, leaders and agencies: they tell whom a text is about, not who is named."""

TRAPS = (
    "new mexico*|gulf of mexico|golfo de mexico|golfe du mexique|mexico, missouri|gulf of america|"
    "(north|south|latin|central) america*|america (del norte|del sur|latina|central)|"
    "amerique (du nord|du sud|latine|centrale)|nord-americain*|sud-americain*|latino-americain*|"
    "american airlines|american axle|bank of america|american pie|pan american|african american*|"
    "native american*|washington (state|post|county|capitals|nationals|wizards|commanders)|"
    "george washington|denzel washington|vancouver, washington|vancouver, wash|seattle, washington|"
    "ontario, california|ontario, calif|canada goose|canada geese|canada dry|la canada flintridge|"
    "canada (inc|ltd|limited|corp)|air canada|bank of canada|royal bank of canada|"
    "china cabinet*|china shop|bone china|fine china|south china sea|east china sea|chinatown|"
    "chinese food|chinese new year|chinese takeaway|turkey (sandwich|breast|dinner|day|leg|hunt*)|"
    "thanksgiving turkey*|french fries|french toast|french door*|french horn|french bulldog*|"
    "french (guiana|polynesia)|paris hilton|paris, texas|paris agreement|accord de paris|"
    "danish pastr*|swiss cheese|swiss army|polish remover|nail polish|brussels sprout*|"
    "london, ontario|berlin, ohio|moscow, idaho|rome, georgia|peru, indiana|cuba, missouri|"
    "panama city, florida|panama hat*|cuban sandwich*|greek yogurt|italian sausage|irish whiskey|"
    "spanish-language|spanish language|west indian*|american indian*|indian reservation*|"
    "indian country|indian ocean|indiana|new england|northern ireland|western union|"
    "chile (pepper|verde|rojo|habanero|jalapeno|poblano|con carne)*|chile relleno*|"
    "mexico city (grand prix|marathon)|trump tower*|carney county|puebla-los angeles|sonora, california"
)


@cache
def _automaton() -> tuple[Automaton, tuple[tuple[str, bool] | None, ...]]:
    terms = [f"({TRAPS})"]
    codes: list[tuple[str, bool] | None] = [None]
    for lexicon, region in ((NAMES, False), (REGIONS, True)):
        for code, names in lexicon.items():
            terms.append(f"({names})" if "|" in names else names)
            codes.append((code, region))
    terms.extend(
        ("(EU|E.U.|EU's)", "(UE|U.E.|europea(n|ns|s)|europeo(s)|europeen(ne)(s)|Europe|europa)")
    )
    codes.extend((("EU?", False), ("EU", False)))
    return Automaton(terms), tuple(codes)


def find(
    text: str, lang: Lang | None = None, *, regions: bool = False
) -> list[tuple[int, int, str]]:
    """Return (start, end, code) of every country named, in order, none overlapping.

    `lang` decides about "EU": Estados Unidos in a Spanish text, the European Union elsewhere.
    `regions` adds provinces, states, leaders and agencies.
    """
    prepared = Prepared(text[:MAX_CHARACTERS])
    return [
        (*prepared.span(hit.start, hit.end), code)
        for hit, code in _found(prepared, lang, regions=regions)
    ]


def mentions(text: str | Prepared, lang: Lang | None = None) -> tuple[str, ...]:
    """Return the codes of the countries a text is about, most often named first."""
    prepared = Prepared(text[:MAX_CHARACTERS]) if isinstance(text, str) else text
    counted: dict[str, int] = {}
    for _, code in _found(prepared, lang, regions=True):
        counted[code] = counted.get(code, 0) + 1
    if len(counted) < 2:
        return tuple(counted)
    return tuple(sorted(counted, key=counted.__getitem__, reverse=True))


def _found(prepared: Prepared, lang: Lang | None, *, regions: bool) -> list[tuple[Hit, str]]:
    automaton, codes = _automaton()
    hits = automaton.find(prepared)
    if not hits:
        return []
    hits = [hit for hit in hits if not hit[3]]
    if not regions:
        hits = [hit for hit in hits if _named(codes[hit[2]])]
    named = [(hit, codes[hit[2]]) for hit in _longest(hits)]
    return [(hit, _code(entry[0], lang)) for hit, entry in named if entry is not None]


def _named(entry: tuple[str, bool] | None) -> bool:
    return entry is None or not entry[1]


def _code(code: str, lang: Lang | None) -> str:
    if code == "EU?":
        return "US" if lang is Lang.ES else "EU"
    return code


def _longest(hits: list[Hit]) -> list[Hit]:
    """Keep the longest of overlapping hits, in order of the text."""
    if len(hits) < 2:
        return hits
    kept: list[Hit] = []
    starts: list[int] = []
    for hit in sorted(hits, key=lambda hit: (hit.start - hit.end, hit.start)):
        place = bisect_left(starts, hit.start)
        before = kept[place - 1].end > hit.start if place else False
        after = kept[place].start < hit.end if place < len(kept) else False
        if not before and not after:
            kept.insert(place, hit)
            starts.insert(place, hit.start)
    return kept

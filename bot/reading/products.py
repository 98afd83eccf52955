"""Plain names of the goods a sentence speaks of, in three languages.

Goods that this field speaks of every week are here, and tell one story from another; further goods
of the tariff book stand in `goods.py`.
"""

from collections.abc import Iterator

from bot.reading.alternation import Names
from bot.reading.goods import FURTHER

_NAMES: dict[str, str] = {
    "steel": r"steel\b(?!\smaker)|acero\b|acier\b",
    "aluminum": r"alumini?um\b|aluminio\b",
    "copper": r"copper\b|cobre\b|cuivre\b",
    "iron": r"iron\sore|mineral\sde\shierro|minerai\sde\sfer",
    "auto_parts": r"(?:auto|car|vehicle|automotive)\s(?:parts|components)|autopartes|(?:partes|piezas)\s(?:de\sauto\w*|automotrices)|pieces\s(?:automobiles?|d'autos?|de\svehicules?)",
    "trucks": r"(?:heavy(?:-duty)?\s|pickup\s|medium(?:-duty)?\s)?trucks?\b|camion(?:es|s|etas|nettes)?\b|tractocamion(?:es)?\b|poids\slourds",
    "buses": r"buses\b|autobuses\b|autobus\b",
    "electric_vehicles": r"electric\s(?:vehicles?|cars?)|evs\b|(?:autos|vehiculos|coches)\selectricos|vehicules\selectriques|voitures\selectriques",
    "autos": r"autos?\b(?!\s(?:de\svinculacion|de\sformal|insurance|show))|automobiles?\b|cars\b|vehicles?\b|vehiculos?\b|vehicules?\b|voitures?\b|automotriz\b|coches\b|automoviles\b|sedans?\b|suvs\b",
    "motorcycles": r"motorcycles?\b|motorbikes?\b|motocicletas?\b|motos?\b|motocyclettes?\b",
    "engines": r"engines?\b|motores\b|moteurs?\b",
    "tires": r"tires\b|tyres\b|neumaticos\b|llantas\b|pneus\b",
    "aircraft": r"aircraft\b|airplanes?\b|planes\b|aeronaves\b|aviones\b|avions?\b|aeronefs?\b",
    "drones": r"drones?\b",
    "ships": r"ships\b|vessels\b|buques\b|navires\b",
    "lumber": r"(?:softwood\s)?lumber\b|timber\b|softwood\b|madera\b|bois\s(?:d'oeuvre|d'œuvre)?",
    "furniture": r"furniture\b|muebles\b|meubles\b",
    "cabinets": r"cabinets?\b|vanities\b|gabinetes\b|armoires\b",
    "paper": r"paper\b(?!s)|newsprint\b|papel\b|papier\b|pulp\b",
    "orange_juice": r"orange\sjuice|jugo\sde\snaranja|jus\sd'orange",
    "appliances": r"appliances?\b|washing\smachines?|washers\b|refrigerators?\b|dishwashers?\b|electrodomesticos\b|lavadoras\b|refrigeradores\b|electromenagers?\b|laveuses\b|lave-(?:vaisselle|linge)\b|lavavajillas\b|refrigerateurs?\b|machines\sa\slaver",
    "canola_oil": r"canola\soil|aceite\sde\scanola|huile\sde\s(?:canola|colza)",
    "canola_meal": r"canola\smeal|harina\sde\scanola|tourteau\sde\scanola",
    "canola": r"canola\b|rapeseed\b|colza\b",
    "peas": r"peas\b|chicharos\b|guisantes\b|pois\b(?!\schiches)",
    "lentils": r"lentils\b|lentejas\b|lentilles\b",
    "soybeans": r"soy(?:a)?beans?\b|soya\b|soja\b",
    "corn": r"corn\b|maiz\b|mais\b(?=\s(?:americain|blanc|jaune|transgenique|du|de|d'|des))|(?<=le\s)mais\b|white\scorn",
    "wheat": r"wheat\b|trigo\b|ble\b",
    "beans": r"beans\b|frijol(?:es)?\b|haricots\b",
    "rice": r"rice\b|arroz\b|riz\b",
    "sugar": r"sugar\b|azucar\b|sucre\b",
    "ethanol": r"ethanol\b|etanol\b",
    "tomatoes": r"tomato(?:es)?\b|jitomates?\b|tomates?\b",
    "avocado": r"avocado(?:e?s)?\b|aguacates?\b|avocats\b",
    "berries": r"berries\b|strawberr(?:y|ies)\b|blueberr(?:y|ies)\b|fresas?\b|arandanos\b|fraises\b|bleuets\b",
    "potatoes": r"potatoes\b|papas\b|pommes\sde\sterre",
    "apples": r"apples\b|manzanas?\b|pommes\b(?!\sde\sterre)",
    "canned_vegetables": r"canned\svegetables|verduras\senlatadas|legumes\sen\s(?:conserve|boite)",
    "vegetables": r"vegetables\b|verduras\b|hortalizas\b|legumes\b",
    "fruit": r"fruits?\b|frutas?\b|produce\b(?=\s(?:from|imports))",
    "cheese": r"cheeses?\b|quesos?\b|fromages?\b",
    "milk_powder": r"milk\spowder|leche\sen\spolvo|lait\sen\spoudre|poudre\sde\slait",
    "dairy": r"dairy\b|lacteos\b|laitiers?\b|milk\b|leche\b|lait\b|butter\b|mantequilla\b|beurre\b",
    "beef": r"beef\b|carne\sde\s(?:res|bovino)|(?:viande\sde\s)?b(?:oe|œ)uf\b|cattle\b|ganado\b",
    "pork": r"pork\b|(?:carne\sde\s)?(?:puerco|cerdo)\b|porc\b",
    "poultry": r"poultry\b|chicken\b|pollo\b|volaille\b|poulet\b|eggs\b|huevos?\b|(?:oe|œ)ufs\b",
    "seafood": r"seafood\b|lobsters?\b|fish\b|shrimp\b|camaron(?:es)?\b|mariscos\b|pescados?\b|homards?\b|crevettes\b|fruits\sde\smer|poisson\b",
    "maple_syrup": r"maple\s(?:syrup|products)|jarabe\sde\s(?:maple|arce)|sirop\sd'erable",
    "honey": r"honey\b|miel\b",
    "coffee": r"coffee\b|cafe\b",
    "cocoa": r"cocoa\b|cacao\b",
    "bourbon": r"bourbon\b",
    "whisky": r"whiske?y\b",
    "tequila": r"tequila\b|mezcal\b",
    "beer": r"beer\b|cervezas?\b|biere\b",
    "wine": r"wines?\b|vinos?\b|vins?\b",
    "spirits": r"spirits\b|liquor\b|alcohol\b|licores\b|spiritueux\b|alcools?\b",
    "tobacco": r"tobacco\b|tabaco\b|tabac\b|cigarettes?\b|cigarros\b",
    "flowers": r"flowers\b|flores\b|fleurs\b",
    "fertilizer": r"fertili[sz]ers?\b|potash\b|fertilizantes?\b|potasa\b|engrais\b|potasse\b",
    "energy": r"energy\b|energia\b|energie\b|energetic\w+",
    "oil": r"crude(?:\soil)?\b|petroleum\b|petroleo\b|petrole\b|oil\b",
    "natural_gas": r"natural\sgas|gas\snatural|gaz\snaturel",
    "polysilicon": r"polysilicon\b|polisilicio\b|polysilicium\b",
    "solar": r"solar\s(?:panels?|cells?|modules?)|paneles\ssolares|panneaux\ssolaires",
    "wind_turbines": r"wind\sturbines?|turbinas\seolicas|eoliennes?\b|aerogeneradores\b",
    "batteries": r"batter(?:y|ies)\b|pilas\b(?=\s(?:chin|japon|corean|alcalin|recargab|de\slitio|importad|electric))|baterias?\b|batteries\b",
    "semiconductors": r"semiconductors?\b|chips\b|microchips\b|semiconductores\b|semi-?conducteurs?\b|puces\b",
    "electronics": r"electronics?\b|smartphones?\b|cell\s?phones|computers\b|electronicos\b|telefonos\b|celulares\b|electronique\b|telephones\b",
    "pharma": r"pharma(?:ceutical)?s?\b|drugs\b|medicines?\b|medications?\b|medicamentos?\b|farmac\w+|medicaments?\b|pharmaceutiques?\b",
    "medical_devices": r"medical\s(?:devices|equipment|supplies)|dispositivos\smedicos|equipo\smedico|dispositifs\smedicaux|ppe\b",
    "critical_minerals": r"critical\sminerals?|minerales\scriticos|mineraux\scritiques|rare\searths?|tierras\sraras|terres\srares",
    "lithium": r"lithium\b|litio\b",
    "nickel": r"nickel\b|niquel\b",
    "graphite": r"graphite\b|grafito\b",
    "gold": r"gold\b|oro\b",
    "cement": r"cement\b|cemento\b|ciment\b",
    "glass": r"glass\b|vidrio\b|verre\b",
    "plastics": r"plastics?\b|plasticos?\b|plastiques?\b|resins?\b",
    "chemicals": r"chemicals?\b|quimicos?\b|chimiques?\b",
    "textiles": r"textiles?\b|fabrics?\b|telas\b|tissus\b",
    "apparel": r"apparel\b|clothing\b|garments?\b|ropa\b|prendas\b|confecciones\b|vetements?\b",
    "footwear": r"footwear\b|shoes\b|sneakers\b|calzado\b|zapatos\b|tenis\b|chaussures?\b",
    "toys": r"toys\b|juguetes\b|jouets\b",
    "films": r"movies\b|films?\b|peliculas\b",
    "machinery": r"machinery\b|machine\stools?|robots\b|robotics\b|maquinaria\b|machines?-outils|machinerie\b",
    "cranes": r"cranes\b|gruas\b|grues\b",
    "bicycles": r"bicycles?\b|bikes\b|bicicletas\b|velos?\b",
    "cosmetics": r"cosmetics\b|cosmeticos\b|cosmetiques\b",
    "jewellery": r"jewell?er?y\b|joyeria\b|bijoux\b",
    "parcels": r"parcels?\b|low-value\s(?:packages|shipments)|de\sminimis|paquetes\b|colis\b",
    "fasteners": r"fasteners\b|screws\b|tornillos\b|vis\b(?=\s(?:d'acier|en\sacier|chinois))",
    "pipes": r"(?:steel\s)?pipes?\b(?!line)|tubes\b|tuberias?\b|tubos?\b|tuyaux\b",
    "wire_rod": r"wire\srod|alambron\b|fil\smachine",
    "rebar": r"rebars?\b|varillas?\b|barres\sd'armature",
    "kegs": r"kegs\b|barriles\b|futs\b",
}


HOMES = {"bourbon": "US", "tequila": "MX"}
"""Goods that may be made in one country alone, and that country: distinctive products of NAFTA, annex 313."""
GOODS = frozenset([*_NAMES, *FURTHER])
"""Every name a product is told by."""
_USUAL = Names(_NAMES)
_ALL = Names(_NAMES | FURTHER)


def find(text: str) -> tuple[str, ...]:
    """Return the product names a folded text holds, in order, each once."""
    return tuple(dict.fromkeys(name for _, _, name in spans(text)))


def spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield where each product name stands in a folded text, and the product."""
    return _ALL.find(text)


def usual(text: str) -> tuple[str, ...]:
    """Return the products of every week that a folded text names, in order, each once."""
    return tuple(dict.fromkeys(name for _, _, name in _USUAL.find(text)))

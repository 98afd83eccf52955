"""Whose measure a sentence tells of, where it names no country that acts.

A statute, a gazette, an office or an institution of one country says who imposes: HTSUS headings and
proclamations are the United States', the DOF and the *impuesto general de importación* are Mexico's.
"""

from bot.reading.alternation import Names

_ISSUERS: dict[str, str] = {
    "US": r"htsus|harmonized\stariff\sschedule\sof\sthe\sunited\sstates|(?:sub)?headings?\s99\d\d\.|the\sadministration(?:'s)?|the\spresident(?:'s)?\s(?:order|proclamation)|(?:the|a|new|this|his)\s(?:presidential\s)?proclamation|(?:the|a|an|new|this|his)\s(?:executive\s)?order(?!\s(?:in\scouncil|of))|executive\sorders?|federal\sregister|registro\sfederal|presidential\s(?:order|proclamation)|oval\soffice|truth\ssocial|(?:the\s)?itc(?:'s)?|usitc|(?:the\s)?international\strade\scommission|(?:the\s)?trade\srepresentative|court\sof\sinternational\strade|federal\scircuit|commerce's|annex\s[iv]+\sto\sthe\sproclamation|(?:la\s)?oficina\sdel\srepresentante\scomercial|orden\sejecutiva|decret\spresidentiel\samericain|le\spresident\samericain|proclamation\spresidentielle",
    "MX": r"dof|diario\soficial(?!\sde\sla\sunion)|ligie|tigie|impuestos?\sgeneral(?:es)?\sde\simportacion|general\simport\stax|ley\sde\slos\simpuestos\sgenerales|prosec|(?:la\s)?secretaria\sde\shacienda|(?:hacienda|economia)(?=\s(?:publico|anuncio|impuso|fijo|elevo|subio|bajo|redujo|elimino|confirmo|informo|suspendio|retiro|exento|gravo)\b)|san\slazaro|camara\sde\sdiputados|regla\soctava|uppi|cuotas?\scompensatorias?|(?:informo|anuncio|confirmo|publico|dijo|preciso|senalo|segun)\sla\sse",
    "CA": r"canada\sgazette|gazette\sdu\scanada|orders?\sin\scouncil|(?:the\s|la\s)?customs\stariff\s(?:act|schedule)|tarif\sdes\sdouanes|remission\sorder|decret\sde\sremise|united\sstates\ssurtax\sorder|surtax\sorder|decret\simposant\sune\ssurtaxe|citt|tcce|(?:le\s)?tribunal\scanadien|le\sministre\sdes\sfinances\schampagne|finance\sminister\schampagne",
    "EU": r"diario\soficial\sde\sla\sunion|journal\sofficiel\sde\sl'union|official\sjournal\sof\sthe\seuropean|implementing\sregulation|reglamento\sde\sejecucion|reglement\sd'execution|sefcovic",
    "CN": r"state\scouncil\stariff\scommission|customs\stariff\scommission|ministry\sof\scommerce\sof\sthe\speople's",
}  # fmt: skip
_NAMES = Names(_ISSUERS, rest=r"\b")


def find(text: str) -> str | None:
    """Return the country whose law or office a folded sentence names first; None where none."""
    return next((code for _, _, code in _NAMES.find(text)), None)

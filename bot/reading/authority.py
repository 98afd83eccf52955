"""The law a tariff rests on, and the tariff codes a sentence names."""

import re

_SECTIONS = {
    "232": "Section 232", "301": "Section 301", "338": "Section 338", "122": "Section 122",
    "201": "Section 201", "337": "Section 337", "406": "Section 406", "421": "Section 421",
}  # fmt: skip
_SECTION = re.compile(
    r"\b(?:sections?|seccion(?:es)?|articles?|articulos?|s\.)\s(?P<n>232|301|338|122|201|337|406|421)s?\b(?!\s?\(h\)|,?\s(?:row|seat|block)|\s(?:loans?|mortgage))"
)
_BARE = re.compile(r"\b(?P<n>232)s?\s(?:tariffs?|dut(?:y|ies)|investigations?|probe)\b")
_IEEPA = re.compile(
    r"\bieepa\b|\binternational emergency economic powers act\b|\bley de poderes economicos de emergencia\b"
    r"|\bemergency(?:[\s-]powers)? (?:law|act|statute|authority|powers)\b|\bloi sur les pouvoirs economiques d'urgence\b"
)
"""The emergency law by its short name, its long one or a description."""
_EMERGENCY = ("ieepa", "emergenc", "urgence")
"""Letters of which the names of that law hold some."""
_CODE = re.compile(
    r"(?<![\d.$])(?:\d{4}\.\d{2}(?:\.\d{2}){0,1}(?:\.?\d{2})?)(?![\d%])(?!\s?(?:%|percent|per\scent))"
)
_HEADING = re.compile(
    r"\b(?:hts(?:us)?|hs|headings?|subheadings?|fraccion(?:es)?(?:\sarancelarias?)?|partidas?|subpartidas?|positions?|sous-positions?|chapters?|chapitres?|capitulos?|sh)\s(?:codes?\s|heading\s|nos?\.?\s|numbers?\s)?(?P<code>\d{2}(?:\d{2}){0,4})(?![\d%.])"
)
"""A code of the tariff book with the word that makes it one: ``HTS 7208.51``, ``fracción 8703``."""


def statute(text: str) -> str | None:
    """Return the statute a folded text names: ``Section 232``, ``IEEPA`` …; None where none."""
    if any(number in text for number in _SECTIONS):
        match = _SECTION.search(text) or _BARE.search(text)
        if match:
            return _SECTIONS[match["n"]]
    emergency = any(letters in text for letters in _EMERGENCY)
    return "IEEPA" if emergency and _IEEPA.search(text) else None


def codes(text: str) -> tuple[str, ...]:
    """Return the HS or HTS codes of a folded text, as written, each once."""
    found = {match.start(): match.group() for match in _CODE.finditer(text)}
    found |= {match.start("code"): match["code"] for match in _HEADING.finditer(text)}
    return tuple(dict.fromkeys(found[start] for start in sorted(found)))

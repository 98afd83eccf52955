"""Round-ups and live pages: entries about many events, which must not swallow other stories."""

import re

from bot.reading.text import fold

_ROUND_UP = re.compile(
    r"\b(?:round-?\s?up|(?:morning|daily|weekly|evening|trade|news|tariff|customs) (?:brief|briefing|briefs|digest|wrap|recap|report card)"
    r"|(?:week|day|month|year) in (?:review|trade|brief)|week ahead|what we(?:'re| are) (?:reading|watching)"
    r"|(?:top|five|ten|[3-9]|1\d) (?:things|stories|headlines|takeaways)(?: to (?:know|watch))?|news in brief|in brief:"
    r"|resumen (?:del dia|de la semana|semanal|diario|informativo|matutino)|lo mas (?:leido|destacado) de"
    r"|noticias (?:del dia|de la semana)|claves del dia|agenda (?:del dia|de la semana)"
    r"|revue (?:de presse|de la semaine)|l'essentiel (?:du jour|de la semaine)|en bref|fil info|l'actualite en bref"
    r"|newsletter|boletin (?:diario|semanal)|infolettre)\b"
)
"""Titles of collections: a briefing, the week in review, five things to know."""
_LIVE = re.compile(
    r"^(?:live(?: updates?| blog| coverage)?\s?[:|-]|live updates?\b|en vivo\b|en direct\b|minuto a minuto\b|en direto\b)"
    r"|[-|:(]\s?(?:live(?: updates?| blog)?|en vivo|en direct|as it happened|minuto a minuto)\)?\s*$"
    r"|\blive ?blog\b|\bas it happened\b|\bminute par minute\b"
)
"""Titles of live coverage."""
_AND_MORE = re.compile(r"\b(?:and more|y mas|et plus|and other (?:news|stories))\s*\.?$")
_TITLE = 300


def is_broad(title: str, body: str) -> bool:
    """Whether an entry is about many events, by the words such entries call themselves by.

    Without a title the first words of the body are looked at.
    """
    text = fold((title.strip() or body.strip())[:_TITLE]).text
    return any(rule.search(text) for rule in (_ROUND_UP, _LIVE, _AND_MORE))

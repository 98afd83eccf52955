"""What stands around an entry's text and is none of it: bylines, datelines, offers, share bars.

Phrases that only such lines use are found by one automaton; the rest is told by its form, such as
a short line without a full stop among lines that have one.
"""

import re
from collections.abc import Sequence
from functools import cache

from bot.reading.automaton import Automaton, Prepared
from bot.reading.sentences import Sentence

SHORT = 110
"""A line shorter than this that ends without a full stop is a label, a byline or a link."""

_PHRASES = (
    # offers, subscriptions, walls
    "(subscribe|subscribes|subscription|subscriptions|subscriber|subscribers-only|newsletter*|sign up|"
    "sign-up|signing up|log in to|sign in to|register free|register for free|register now|free trial|"
    "free articles|keep reading|continue reading|read more|read the full|full story at|unlimited access|"
    "enjoying this|want more|support our journalism|support independent|support local (news|journalism)|donate|become a member|"
    "already a member|get the app|download our app|download the app|early-bird|early bird passes|"
    "on sale now|buy tickets|join us at|sponsored|advertisement|advertising|promoted content|"
    "push alerts|breaking news alerts|get alerts|in your inbox|to your inbox|delivered daily|our podcast|"
    "listen to the full|listen now|watch the video|watch:|click here|tap here|tap to|click to|swipe to)",
    "(suscribete|suscribase|suscripcion|boletin (diario|semanal|gratuito)|registrate|registrese|"
    "inicia sesion|contenido exclusivo|hazte socio|lee tambien|lea tambien|te puede interesar|"
    "te recomendamos|mas informacion en|sigue leyendo|seguir leyendo|haz clic|da clic|haga clic|"
    "descarga nuestra|descarga la app|siguenos|siganos|comparte (esta|en|este)|publicidad|"
    "escucha (el|nuestro|la)|mira el video|ver video|unete a nuestro|recibe (las|nuestras|en tu)|"
    "notas relacionadas|nota relacionada|canal de whatsapp|grupo de whatsapp)",
    "(abonnez-vous|abonnez vous|abonnement*|inscrivez-vous|infolettre*|newsletter gratuite|connectez-vous|"
    "reserve aux abonnes|deja abonne|a lire aussi|lire aussi|a lire egalement|lire la suite|poursuivre la lecture|"
    "suivez-nous|partager sur|partagez|publicite|ecoutez (l'entrevue|le|notre|l'extrait)|"
    "regardez (la|le|notre)|cliquez|telechargez|recevez (les|nos|notre|chaque|toutes)|votre opinion nous|"
    "participez au sondage|repondez au sondage|soutenez|faites un don|billets en vente|alertes de)",
    # sharing, following, contact
    "(follow us|follow him on|follow her on|like us on|share on|share this|share via|tweet this|"
    "got a tip|send us|write to newsroom|contact us|reach the newsroom|for (media|press) (inquiries|enquiries)|contact the author|reach him at|reach her at|"
    "escribenos|viste un error|envianos|contactanos|ecrivez-nous|une erreur a signaler|signalez une erreur|"
    "on linkedin|on facebook|on twitter|on instagram|por whatsapp|sur facebook|en facebook|reply stop|"
    "to stop receiving|para dejar de recibir|pour ne plus recevoir|is a free service|agradece a sus patrocinadores)",
    # law and machinery
    "(our standards:|licensing rights|republish this|cookies|privacy policy|terms of use|terms of service|terms and conditions|all rights reserved|"
    "copyright|politica de privacidad|aviso de privacidad|terminos y condiciones|todos los derechos reservados|"
    "derechos reservados|prohibida su (reventa|reproduccion)|fin del cable|tous droits reserves|"
    "politique de confidentialite|conditions d'utilisation|temoins de navigation|javascript|ad blocker)",
    # credits, corrections, people who wrote it
    "(an earlier version|this story (has been|was) (updated|corrected)|this article (has been|was) (updated|corrected)|"
    "correction:|corrections:|editor's note|clarification:|fe de erratas|una version anterior|nota del editor|"
    "une version anterieure|note de la redaction|rectificatif|"
    "contributed to this (report|story|article)|with files from|with reporting by|with reports from|"
    "with a report from|additional reporting|reporting by|editing by|con informacion de|con reportes de|"
    "contribuyo a este|ont contribue|a contribue a|avec des informations de|avec la collaboration|"
    "getty images|photo by|photo credit|photo:|foto:|image:|file photo|foto de archivo|photo d'archives|"
    "photo :|illustration:|photograph by|fotografia:|credit:|credito:|courtesy of|la presse canadienne, photo|"
    "is a (senior |staff |freelance |veteran |washington |award-winning )(reporter|correspondent|writer|journalist|editor|columnist|contributor)|"
    "is a (reporter|correspondent|columnist) (at|for|with|based)|es (reportero|reportera|periodista|columnista) de|"
    "est (journaliste|chroniqueur|chroniqueuse|correspondant|correspondante) (a|au|pour|de))",
    "(related:|related stories|related articles|recommended for you|most read|most popular|trending now|"
    "more from|see also|read also|also read|tags:|filed under|topics:|keywords:|min read|minute read|"
    "minutos de lectura|minutes de lecture|last updated|published on|publie le|mis a jour le|mis a jour a|actualizado el|"
    "publicado el|table of contents|skip to content|back to top|loading...)",
)
_COVERS = re.compile(r"^(?:[A-ZÀ-Ý][\w.'’-]+ ){2,3}covers [^.]{2,60}\.$")
_FIRST_PUBLISHED = re.compile(
    r"^(?:This (?:report|story|article|column|piece)\b.{0,60}\bwas (?:first|originally) published\b"
    r"|Est[ea] (?:nota|texto|artículo|columna)\b.{0,60}\b(?:se publicó|fue publicad[oa]) (?:originalmente|inicialmente|por primera vez)\b"
    r"|C(?:e|et|ette) (?:dépêche|texte|article|chronique)\b.{0,60}\ba (?:d'abord |été )?(?:initialement |d'abord )?(?:publiée?|paru)\b)"
)
"""Where else a text stood: "This report by … was first published …"."""
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]{2,20}")
_BYLINE = re.compile(
    r"(?:by|por|par|un texte de|texte de|redacci[oó]n|edici[oó]n|avec|con|story by|words by)\b",
    re.IGNORECASE,
)
_FRAME = re.compile(r"[\[(–—*•|].{0,300}[\])–—*•|]")
_FRAMES = "[(–—*•|"
_RULE = re.compile(r"[–—|]|-[-– ]")
"""What ends a dateline."""
_LABEL = re.compile(
    r"\((?:video|foto|fotos|photo|photos|audio|galer[ií]a|graphic|watch)\)|\W{0,3}(?:photo|foto|vid[eé]o|image|graphic|chart|infograf[ií]a|related|also|tags|source|fuente|cr[eé]dito?s?|correction|contacto?|edici[oó]n|[àa] lire aussi|lea tambi[eé]n|lee tambi[eé]n)\b[^.]{0,30} ?:",
    re.IGNORECASE,
)
"""What labels something beside the text: ``(Video)``, ``Photo:``, ``Lea también:``."""
_NOTICE = re.compile(
    r"(?:FOR FURTHER INFORMATION|ADDRESSES|AGENC(?:Y|IES):|ACTION:|BILLING CODE|Billing [Cc]ode)"
)
"""What a notice of the Federal Register says of itself, all in one paragraph in some feeds."""
_DASH = re.compile(r"[–—-] (?=[A-ZÀ-Ý«“])")
"""What is left of a dateline that ends like a sentence: ``MACKENZIE, B.C. – The …``."""
_HEADING = re.compile(r"(?:SUMMARY|SUPPLEMENTARY INFORMATION|BACKGROUND): ?(?=[A-Z])")
"""Its headings before what they head."""
_STOPS = (".", "!", "?", "…", '."', ".”", ".»", "?”", "!”", '?"', '!"', "»", "”", '"', ":", ";")
_DATELINE = re.compile(
    r"(?:[A-ZÀ-Ý][A-ZÀ-Ý.’' -]{2,40}|[A-ZÀ-Ý][\w’'-]{2,20}(?: (?:de |del |of )?[A-ZÀ-Ý][\w’'-]{2,20}){0,2})?"
    r"(?:, [\w. ]{2,25}){0,2} ?(?:\([\w /.&-]{2,30}\))? ?(?:[–—|]|\.[-–—]|-(?= )|--) ?"
)
_TOWN = re.compile(r"\([A-ZÀ-Ý][\w’'. -]{2,30}\) (?=[A-ZÀ-Ý«“])")
"""The dateline of French papers: ``(Montréal) Les …``."""


@cache
def _automaton() -> Automaton:
    return Automaton(_PHRASES)


def prose(prepared: Prepared, sentences: Sequence[Sentence]) -> list[Sentence]:
    """Return those of a text's sentences that are its own words, without their datelines.

    A line of which one sentence is an offer or a notice is dropped whole. Where nothing is left,
    nothing is returned.
    """
    flagged = _flagged(prepared, sentences)
    finished = [sentence.text.endswith(_STOPS) for sentence in sentences]
    some_finished = any(finished)
    kept: list[Sentence] = []
    for place, sentence in enumerate(sentences):
        if place in flagged or _is_furniture(sentence.text):
            continue
        if some_finished and not finished[place] and len(sentence.text) < SHORT:
            continue
        kept.append(without_dateline(sentence))
    return kept


def without_dateline(sentence: Sentence) -> Sentence:
    """Return the sentence from its first word after ``OTTAWA, 10 nov (AN).-`` and the like."""
    text = sentence.text
    if not (text[0].isupper() or text[0] in "(–—|-"):
        return sentence
    match = _TOWN.match(text) if text[0] == "(" else _HEADING.match(text) or _DASH.match(text)
    if match is not None:
        rest = text[match.end() :]
        return Sentence(sentence.end - len(rest), sentence.end, rest)
    head = text[:100]
    if not ("-" in head or "–" in head or "—" in head or "|" in head):
        return sentence
    match = _DATELINE.match(text) if _RULE.search(head) else None
    if match is None or match.end() < 3 or match.end() > len(text) - 20:
        return sentence
    place = match[0]
    if not (place.isupper() or "(" in place or ".-" in place or place[:8].isupper()):
        return sentence
    rest = text[match.end() :]
    return Sentence(sentence.end - len(rest), sentence.end, rest)


def _is_furniture(text: str) -> bool:
    if (text[0] in "([" or ":" in text[:45]) and _LABEL.match(text):
        return True
    if _opens(text, "FAB", _NOTICE) or _opens(text, "TEC", _FIRST_PUBLISHED):
        return True
    if ("@" in text and _MAIL.search(text)) or (" covers " in text and _COVERS.match(text)):
        return True
    if text[0] in _FRAMES and len(text) < 320 and _FRAME.fullmatch(text):
        return True
    if "|" in text and text.count(" | ") >= 2:
        return True
    return len(text) < SHORT and text[-1] not in ".!?" and _BYLINE.match(text) is not None


def _opens(text: str, initials: str, words: re.Pattern[str]) -> bool:
    """Whether a text opens with words that begin with one of some letters."""
    return text[0] in initials and words.match(text) is not None


def _flagged(prepared: Prepared, sentences: Sequence[Sentence]) -> set[int]:
    """Return the places of sentences with a phrase of notices, and of those on their line."""
    places = sorted(
        prepared.span(hit.start, hit.end)[0]
        for hit in _automaton().find(prepared)
        if not hit.miscased
    )
    flagged: set[int] = set()
    cursor = 0
    for start in places:
        while cursor < len(sentences) and sentences[cursor].end <= start:
            cursor += 1
        if cursor < len(sentences) and sentences[cursor].start <= start:
            flagged.add(cursor)
    for place in sorted(flagged):
        flagged.update(_neighbours(prepared.original, sentences, place))
    return flagged


def _neighbours(text: str, sentences: Sequence[Sentence], place: int) -> set[int]:
    """Return the other sentences of a short line, so that an offer goes whole."""
    first = last = place
    while first > 0 and "\n" not in text[sentences[first - 1].end : sentences[first].start]:
        first -= 1
        if place - first > 3:
            break
    while (
        last + 1 < len(sentences)
        and "\n" not in text[sentences[last].end : sentences[last + 1].start]
    ):
        last += 1
        if last - place > 3:
            break
    if sentences[last].end - sentences[first].start > 260 or first == 0:
        return set()
    return set(range(first, last + 1))

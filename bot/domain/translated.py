"""Our own words in the languages beside English that somebody wrote them in."""

from dataclasses import dataclass

from bot.domain.locales import language_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Translated:
    """The same in Spanish and French; empty where nobody wrote it."""

    es: str = ""
    fr: str = ""

    def of(self, text: str, locale: str) -> str:
        """Return an English text in a language, as it is where it was not written in that."""
        return {"es": self.es, "fr": self.fr}.get(language_of(locale), "") or text


UNTRANSLATED = Translated()

Names = tuple[tuple[str, Translated], ...]
"""Names of goods, authorities and exemptions with what they are called elsewhere."""

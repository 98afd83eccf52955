"""The texts of an entry, folded once for all who read them.

Topics, countries, the language and the summary all look for words in folded text. Folding costs more
than finding, so an entry's title, summary and content are folded here as one text; each reader gets
the pieces of it as it wants them.
"""

from typing import NamedTuple

from bot.domain.entry import Entry
from bot.reading.automaton import Prepared
from bot.reading.text import Folded, fold, runs_of, spaced

MAX_CHARACTERS = 60_000
"""Characters of each text that are read; no entry about one thing is longer."""
GAP = "\n\n"
"""What stands between two texts of a page."""


class Passage(NamedTuple):
    """A text, its folded form, and the same with a blank for every sign."""

    text: str
    folded: Folded
    words: str


def passage(text: str) -> Passage:
    """Fold a text."""
    folded = fold(text)
    return Passage(text, folded, spaced(folded.text))


class Passages:
    """The texts of an entry, each up to MAX_CHARACTERS.

    A piece of the folded page is the piece folded; only where its characters stood is found anew, and
    only where some do not fold to one.
    """

    def __init__(self, entry: Entry) -> None:
        self._title = entry.title[:MAX_CHARACTERS]
        self._summary = entry.summary[:MAX_CHARACTERS]
        self.repeated = entry.content == entry.summary
        """Whether the content is the summary again: a page tells it once."""
        self._content = entry.content[:MAX_CHARACTERS]
        self.starts: tuple[int, ...] = (0, len(self._title) + len(GAP))
        """Where the fields begin on the page; the content only where it is no repetition."""
        if self.repeated:
            self.page = Prepared(f"{self._title}{GAP}{self._summary}")
        else:
            self.starts += (self.starts[1] + len(self._summary) + len(GAP),)
            self.page = Prepared(f"{self._title}{GAP}{self._summary}{GAP}{self._content}")

    @property
    def title(self) -> Passage:
        """The title by itself."""
        return self._piece(self._title, 0)

    @property
    def summary(self) -> Passage:
        """The summary by itself."""
        return self._piece(self._summary, self.starts[1])

    @property
    def content(self) -> Passage:
        """The content by itself."""
        return self.summary if self.repeated else self._piece(self._content, self.starts[2])

    @property
    def whole(self) -> Prepared:
        """Title, summary and content, a line each; up to MAX_CHARACTERS in all."""
        original = f"{self._title}\n{self._summary}\n{self._content}"
        if len(original) > MAX_CHARACTERS:
            return Prepared(original[:MAX_CHARACTERS])
        page = self.page
        runs = None if page.folded.runs is None else runs_of(original)
        folded = Folded(self._lines(page.folded.text, 0, "\n"), len(original), runs)
        return Prepared(original, folded, self._lines(page.words, 1, " "))

    def _lines(self, page: str, margin: int, gap: str) -> str:
        """Take the texts out of the page, which has them behind a margin, and join them anew."""
        place = self.page.folded.length_of
        summary = self.starts[1]
        content = summary if self.repeated else self.starts[2]
        title = page[margin : margin + place(len(self._title))]
        end = margin + place(summary + len(self._summary))
        rest = page[margin + place(content) : margin + place(content + len(self._content))]
        return f"{title}{gap}{page[margin + place(summary) : end]}{gap}{rest}"

    def _piece(self, text: str, start: int) -> Passage:
        page = self.page
        first, end = page.folded.length_of(start), page.folded.length_of(start + len(text))
        runs = None if page.folded.runs is None else runs_of(text)
        folded = Folded(page.folded.text[first:end], len(text), runs)
        return Passage(text, folded, page.words[first + 1 : end + 1])


def passages(entry: Entry) -> Passages:
    """Fold the texts of an entry."""
    return Passages(entry)

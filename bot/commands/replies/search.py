"""The reply to ``search``."""

from bot.alerts.truncate import clip
from bot.commands.exchange import Choice, Line, Reply, Section
from bot.commands.reader import Reader
from bot.commands.replies.lines import HEADLINE, Row, behind_last, dotted
from bot.commands.wording import count
from bot.services.search import Hit, SearchPage

_TITLE = 60


def reply(page: SearchPage, reader: Reader) -> Reply:
    """Show a page of hits; an empty one says what was searched."""
    words = reader.words.search
    lines = tuple(_line(hit, reader) for hit in page.hits)
    title = words.title.format(query=clip(page.query, _TITLE))
    if not lines and page.entries:
        return behind_last(
            "search", title, f"search {page.query}", reader, footer=_footer(page, reader)
        )
    following = Choice(label=words.next_page, command=f"search {page.query} page:{page.page + 1}")
    return Reply(
        command="search",
        title=title,
        sections=(Section(lines=lines or _nothing(page, reader)),),
        footer=_footer(page, reader),
        rows=tuple(row(hit) for hit in page.hits),
        actions=(following,) if page.more else (),
    )


def _line(hit: Hit, reader: Reader) -> Line:
    words, entry = reader.words, hit.entry
    number = "" if hit.story_id is None else words.story.number.format(id=hit.story_id)
    published = (entry.published or hit.first_seen).astimezone(reader.zone).date()
    return Line(
        text=clip(entry.title or hit.snippet or entry.source, HEADLINE),
        url=entry.url,
        note=dotted(
            entry.source,
            reader.day(published),
            number,
            count(hit.others, words.search.also) if hit.others else "",
        ),
        quote=hit.snippet if entry.title else "",
    )


def _nothing(page: SearchPage, reader: Reader) -> tuple[Line, ...]:
    words = reader.words.search
    return (
        Line(text=words.none),
        Line(text=words.searched.format(query=clip(page.query, HEADLINE))),
        Line(text=words.judged.format(n=page.looked_at)),
    )


def _footer(page: SearchPage, reader: Reader) -> str:
    words = reader.words.search
    found = count(page.entries, words.found) if page.entries else ""
    if page.complete:
        return found
    rest = words.enough if page.more else words.unseen
    return f"{found}. {rest}" if found else rest


def row(hit: Hit) -> Row:
    """Return a hit as data."""
    entry = hit.entry
    return {
        "kind": "entry",
        "id": hit.entry_id,
        "title": entry.title,
        "url": entry.url,
        "source": entry.source,
        "published": None if entry.published is None else entry.published.isoformat(),
        "first_seen": hit.first_seen.isoformat(),
        "story": hit.story_id,
        "snippet": hit.snippet,
        "others": hit.others,
    }

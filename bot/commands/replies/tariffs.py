"""The reply to ``tariffs``: what is in force on a day, what is coming, what is only said."""

import datetime as dt
from dataclasses import replace

from bot.alerts.facts import percent, statute
from bot.alerts.products import goods
from bot.alerts.truncate import clip
from bot.commands.exchange import Choice, Line, Reply, Section
from bot.commands.reader import Reader
from bot.commands.replies.lines import QUOTE, Row, dotted
from bot.domain.ledger import LedgerRow, Trust
from bot.record.ledger import Applied, Ledger
from bot.services.tariffs import TariffAct

PAGE = 8
FEW = 5
"""Rows of the smaller sections; the pages and the export have all."""


def reply(
    found: Ledger, reader: Reader, *, narrowed: str = "", what: str = "", page: int = 1
) -> Reply:
    """Show the ledger on a day. `narrowed` is what was asked, `what` the same as people say it.

    What is coming and what is reported stand on the first page; a page behind the last is the last.
    """
    words = reader.words.tariff
    day = reader.day(found.on)
    page = min(page, max(1, -(-len(found.in_force) // PAGE)))
    begin = (page - 1) * PAGE
    applied = found.in_force[begin : begin + PAGE]
    coming, reported = (found.coming[:FEW], found.reported[:FEW]) if page == 1 else ((), ())
    sections = [
        _section(words.in_force, [applied_line(each, reader) for each in applied]),
        _section(words.coming, [row_line(row, reader) for row in coming]),
        _section(words.reported, [row_line(row, reader) for row in reported]),
    ]
    shown = tuple(section for section in sections if section.lines)
    actions = [_act(row, TariffAct.CONFIRM, reader) for row in reported if row.id]
    if len(found.in_force) > begin + PAGE:
        again = f"tariffs {narrowed} on:{found.on} page:{page + 1}"
        actions.insert(0, Choice(label=words.more_of_it, command=" ".join(again.split())))
    return Reply(
        command="tariffs",
        title=words.title_on.format(what=what, day=day) if what else words.title.format(day=day),
        sections=shown or (Section(lines=(Line(text=words.none),)),),
        footer=words.settle_means if any(row.id for row in reported) else "",
        rows=tuple(rows_of(found)),
        actions=tuple(actions),
    )


def one(row: LedgerRow, reader: Reader) -> Reply:
    """Show one stored row, and what can be said of it."""
    words = reader.words.tariff
    settled = row.dismissed or row.trust is Trust.CONFIRMED
    acts = (TariffAct.REOPEN,) if settled else (TariffAct.CONFIRM, TariffAct.DISMISS)
    return Reply(
        command="tariffs",
        sections=(Section(lines=(row_line(row, reader),)),),
        footer=words.settle_means,
        rows=(row_of(row, "row"),),
        actions=tuple(_act(row, act, reader) for act in acts),
    )


def applied_line(applied: Applied, reader: Reader) -> Line:
    """A row in force, with rows of its weight that say another rate."""
    words = reader.words.tariff
    line = row_line(applied.row, reader)
    if not applied.conflicts:
        return line
    rates = ", ".join(f"{_rate(row)} ({row.source.text})" for row in applied.conflicts)
    said = words.other_rate.format(rates=rates)
    return replace(line, note=dotted(line.note, said))


def row_line(row: LedgerRow, reader: Reader) -> Line:
    """A row as one line: who, on whom, how much, on what; then since when and who says so."""
    words, locale = reader.words.tariff, reader.words.locale
    exempt = ", ".join(row.called(name, locale) for name in row.exemptions)
    before = row.previous_rate
    note = dotted(
        statute(row.called(row.authority or "", locale), locale),
        _when(row, reader),
        words.until.format(day=reader.day(row.ended)) if row.ended else "",
        "" if before is None else words.before.format(rate=percent(before)),
        words.except_for.format(what=exempt) if exempt else "",
        row.source.text if row.source.url else "",
        words.dismissed if row.dismissed else words.trust[row.trust],
        words.sources.format(n=row.told_by) if row.told_by > 1 else "",
        words.number.format(id=row.id) if row.id else "",
    )
    text = said(row, reader)
    quote = clip(row.translated.of(row.text, locale), QUOTE)
    return Line(text=text, url=row.source.url, note=note, quote=quote)


def said(row: LedgerRow, reader: Reader) -> str:
    """Who, on whom, how much, on what."""
    words = reader.words.tariff
    targets = ", ".join(row.targets) or words.all_countries
    products = ", ".join(goods(row, reader.words.locale)) or words.goods
    return dotted(f"{row.imposer} → {targets}", f"{_rate(row)} {products}".strip())


def rows_of(found: Ledger) -> list[Row]:
    """Return the whole ledger of a day as data."""
    return [
        *(row_of(each.row, "in_force", found.on) for each in found.in_force),
        *(row_of(row, "coming", found.on) for row in found.coming),
        *(row_of(row, "reported", found.on) for row in found.reported),
    ]


def row_of(row: LedgerRow, state: str, on: dt.date | None = None) -> Row:
    """Return a row as data; `state` is in_force, coming or reported on that day."""
    return {
        "kind": "tariff",
        "state": state,
        "on": None if on is None else on.isoformat(),
        "id": row.id,
        "trust": str(row.trust),
        "action": str(row.action),
        "imposer": row.imposer,
        "targets": list(row.targets),
        "products": list(row.products),
        "hts": list(row.hts),
        "authority": row.authority,
        "rate_pct": row.rate,
        "previous_rate_pct": row.previous_rate,
        "exemptions": list(row.exemptions),
        "said_on": row.said_on.isoformat(),
        "effective_date": row.starts.isoformat() if row.starts else None,
        "ended": row.ended.isoformat() if row.ended else None,
        "text": row.text,
        "source": row.source.text,
        "url": row.source.url,
    }


def _section(heading: str, lines: list[Line]) -> Section:
    return Section(heading=heading, lines=tuple(lines))


def _rate(row: LedgerRow) -> str:
    return "" if row.rate is None else percent(row.rate)


def _when(row: LedgerRow, reader: Reader) -> str:
    words = reader.words.tariff
    if row.starts is None:
        return reader.day(row.said_on)
    begun = row.starts <= reader.today
    return (words.since if begun else words.starts).format(day=reader.day(row.starts))


def _act(row: LedgerRow, act: TariffAct, reader: Reader) -> Choice:
    label = reader.words.tariff.act[act].format(id=row.id)
    return Choice(label=label, command=f"tariffs {row.id} {act}")

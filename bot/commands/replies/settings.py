"""The reply to ``settings``, and the forms that ask for subscriptions and settings in a window."""

from collections.abc import Sequence

from bot.commands.exchange import Choice, Field, FieldKind, Form, Line, Option, Reply, Section
from bot.commands.reader import Reader
from bot.commands.replies.lines import dotted
from bot.commands.timing_words import TimingWords, timing_words
from bot.domain.destination import Destination, Level, Subscription, Wish
from bot.domain.manners import INSTANT, MORNING, USUAL, Manners, Rhythm, When
from bot.domain.reading import Lang
from bot.services.subscriptions import Place

_LOCALES = {"en": "English", "es": "Español", "fr": "Français"}
_RHYTHMS = (
    INSTANT,
    When(rhythm=Rhythm.HOURLY),
    When(rhythm=Rhythm.DAILY, at=MORNING),
    When(rhythm=Rhythm.WEEKLY, at=MORNING, day=0),
)
"""The rhythms a form offers; any other is written."""


def choose(place: Place, reader: Reader) -> Reply:
    """Answer ``subscribe`` without a word: a form, and the same in words."""
    words = timing_words(reader.words.locale)
    named = sorted(reader.catalog.ids, key=lambda topic: reader.topic(topic).casefold())
    lines = tuple(Line(text=reader.topic(topic), note=topic) for topic in named)
    return Reply(
        command="subscribe",
        title=words.form_title,
        sections=(
            Section(lines=(Line(text=words.form_intro), Line(text=words.said_how))),
            Section(heading=words.topics, lines=lines),
        ),
        footer=" ".join(reader.words.subscription.level_means.values()),
        actions=(Choice(label=reader.words.subscription.topics, command="topics"),),
        form=_subscribe_form(place, named, reader),
    )


def settings(place: Place, reader: Reader, *, changed: bool) -> Reply:
    """Show how a place is told, with the form that changes it."""
    words = timing_words(reader.words.locale)
    here = place.destination
    zone = reader.zone.key if here is None else here.zone
    locale = reader.words.locale if here is None else here.locale
    manners = USUAL if here is None else here.manners
    clock = f"{reader.now.astimezone(reader.zone):%H:%M}"
    lines = (
        Line(text=words.zone.format(zone=zone, time=clock)),
        Line(text=words.locale.format(locale=_LOCALES.get(locale, locale))),
        *_quiet(manners, words),
        Line(text=_storm(manners, words)),
        Line(text=_reminders(manners, words)),
        Line(text=words.empty_said if manners.say_empty else words.empty_skipped),
        Line(
            text=words.repeats_off if here is not None and here.at_most_once else words.repeats_on
        ),
    )
    return Reply(
        command="settings",
        title=words.settled if changed else words.settings,
        sections=(Section(lines=(*lines, *_pause(here, reader, words))),),
        footer="" if changed else words.how,
        rows=(_row(place, zone, locale, manners),),
        form=_settings_form(zone, locale, manners, words),
    )


def told(wish: Wish, reader: Reader) -> str:
    """When and how a wish is told, where that is not the usual: for the note beside it."""
    words = timing_words(reader.words.locale)
    langs = ", ".join(words.langs[lang] for lang in wish.langs)
    return dotted(
        "" if wish.when.instant else rhythm(wish.when, reader),
        words.only_langs.format(langs=langs) if langs else "",
        words.sources.format(n=wish.sources) if wish.sources > 1 else "",
        words.mentions.format(who=wish.mention) if wish.mention is not None else "",
    )


def options_of(wish: Wish) -> str:
    """The options of ``subscribe`` as they are written, those that are so anyway left out."""
    said = [
        "" if wish.when.instant else f"when:{wish.when}",
        f"langs:{','.join(wish.langs)}" if wish.langs else "",
        f"sources:{wish.sources}" if wish.sources > 1 else "",
        f"mention:{wish.mention}" if wish.mention is not None else "",
    ]
    return "".join(f" {each}" for each in said if each)


def rhythm(when: When, reader: Reader) -> str:
    """Say when a wish is told: ``digest every Monday at 08:00``."""
    words = timing_words(reader.words.locale)
    day = "" if when.day is None else words.days[when.day]
    at = "" if when.at is None else f"{when.at:%H:%M}"
    return words.rhythms[when.rhythm].format(day=day, at=at)


def _quiet(manners: Manners, words: TimingWords) -> tuple[Line, ...]:
    if manners.quiet is None:
        return (Line(text=words.no_quiet),)
    flash = words.flash_through if manners.flash_through else words.flash_held
    note = dotted(words.quiet_held, flash)
    return (Line(text=words.quiet.format(quiet=manners.quiet), note=note),)


def _storm(manners: Manners, words: TimingWords) -> str:
    return words.storm.format(n=manners.storm) if manners.storm else words.no_storm


def _reminders(manners: Manners, words: TimingWords) -> str:
    if not manners.reminders:
        return words.no_reminders
    early = ", ".join(str(days) for days in manners.reminders if days)
    said = [words.days_before.format(days=early)] if early else []
    said += [words.day_of] if 0 in manners.reminders else []
    return words.reminders.format(days=", ".join(said), at=f"{manners.remind_at:%H:%M}")


def _pause(here: Destination | None, reader: Reader, words: TimingWords) -> tuple[Line, ...]:
    if here is None or here.paused_until is None:
        return ()
    return (Line(text=words.paused_until.format(moment=reader.moment(here.paused_until))),)


def _subscribe_form(place: Place, topics: Sequence[str], reader: Reader) -> Form:
    words = timing_words(reader.words.locale)
    held = [each for each in place.subscriptions if each.wish.topic is not None]
    manners = USUAL if place.destination is None else place.destination.manners
    return Form(
        verb="subscribe",
        title=words.form_title,
        submit=words.form_submit,
        fields=(
            _topics_field(topics, held, reader),
            _level_field(held, reader),
            _when_field(held, reader),
            _langs_field(held, words),
            _text("quiet", words.quiet_label, str(manners.quiet or ""), words.quiet_hint),
            _text("mention", words.mention, _mention(held), words.mention_hint),
        ),
    )


def _topics_field(topics: Sequence[str], held: Sequence[Subscription], reader: Reader) -> Field:
    asked = {each.wish.topic for each in held}
    return Field(
        name="topics",
        label=timing_words(reader.words.locale).topics,
        kind=FieldKind.MANY,
        options=tuple(Option(value=each, label=reader.topic(each)) for each in topics),
        chosen=tuple(topic for topic in topics if topic in asked),
        required=True,
    )


def _level_field(held: Sequence[Subscription], reader: Reader) -> Field:
    levels = reader.words.subscription.levels
    return Field(
        name="level",
        label=timing_words(reader.words.locale).level,
        kind=FieldKind.ONE,
        options=tuple(Option(value=str(each), label=levels[each]) for each in Level),
        chosen=_shared([str(each.wish.level) for each in held]),
    )


def _when_field(held: Sequence[Subscription], reader: Reader) -> Field:
    whens = {str(when): when for when in (*_RHYTHMS, *(each.wish.when for each in held))}
    return Field(
        name="when",
        label=timing_words(reader.words.locale).when,
        kind=FieldKind.ONE,
        options=tuple(
            Option(value=said, label=rhythm(when, reader)) for said, when in whens.items()
        ),
        chosen=_shared([str(each.wish.when) for each in held]),
    )


def _langs_field(held: Sequence[Subscription], words: TimingWords) -> Field:
    langs = (Lang.EN, Lang.ES, Lang.FR)
    return Field(
        name="langs",
        label=words.langs_label,
        kind=FieldKind.MANY,
        options=(
            *(Option(value=str(lang), label=words.langs[lang]) for lang in langs),
            Option(value="any", label=words.any_lang),
        ),
        chosen=_langs(held),
    )


def _settings_form(zone: str, locale: str, manners: Manners, words: TimingWords) -> Form:
    locales = tuple(Option(value=value, label=label) for value, label in _LOCALES.items())
    days = ",".join(map(str, manners.reminders)) or "off"
    return Form(
        verb="settings",
        title=words.settings,
        submit=words.settings_submit,
        fields=(
            _text("zone", words.zone.partition(":")[0].strip(), zone, words.zone_hint),
            Field(
                name="locale",
                label=words.locale.partition(":")[0].strip(),
                kind=FieldKind.ONE,
                options=locales,
                chosen=(locale,) if locale in _LOCALES else (),
            ),
            _text("quiet", words.quiet_label, str(manners.quiet or "off"), words.quiet_hint),
            _text("reminders", words.reminders_label, days, "14,7,1,0"),
            _text("storm", words.storm_label, str(manners.storm or "off"), "8"),
        ),
    )


def _text(name: str, label: str, value: str, hint: str) -> Field:
    chosen = (value,) if value else ()
    return Field(name=name, label=label, kind=FieldKind.TEXT, chosen=chosen, hint=hint)


def _shared(values: Sequence[str]) -> tuple[str, ...]:
    """The value that all have in common; none where they differ, so that each keeps its own."""
    return (values[0],) if values and len(set(values)) == 1 else ()


def _langs(held: Sequence[Subscription]) -> tuple[str, ...]:
    said = _shared([",".join(each.wish.langs) or "any" for each in held])
    return tuple(said[0].split(",")) if said else ()


def _mention(held: Sequence[Subscription]) -> str:
    said = _shared([str(each.wish.mention or "") for each in held])
    return said[0] if said else ""


def _row(place: Place, zone: str, locale: str, manners: Manners) -> dict[str, object]:
    here = place.destination
    return {
        "kind": "settings",
        "to": None if here is None else str(here.address),
        "zone": zone,
        "locale": locale,
        "quiet": None if manners.quiet is None else str(manners.quiet),
        "flash": "through" if manners.flash_through else "hold",
        "storm": manners.storm,
        "reminders": list(manners.reminders),
        "hour": f"{manners.remind_at:%H:%M}",
        "empty": "say" if manners.say_empty else "skip",
        "repeats": "off" if here is not None and here.at_most_once else "on",
        "paused_until": (
            None if here is None or here.paused_until is None else here.paused_until.isoformat()
        ),
    }

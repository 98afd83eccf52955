"""Reads the environment and the four files, checks them together, and gives frozen settings.

    environment ─┐
    feeds.yaml  ─┤
    topics.yaml ─┼─► each against its model ─► what spans two of them ─► Settings | ConfigError
    timeline.yaml┤
    bot.yaml    ─┘

Every problem is found before anything is said, so that one start-up shows them all.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from yarl import URL

from bot.domain.feed import FeedSpec
from bot.errors import BlockedAddressError, ConfigError
from bot.net.guard import AllowedHosts, Guard, pair_of
from bot.reading.rules import Rules
from bot.record.timeline import Timeline
from bot.settings import defaults, environment, files, places
from bot.settings.behaviour import Behaviour, BotFile
from bot.settings.environment import Environment, passwords
from bot.settings.feeds import FeedsFile
from bot.settings.files import Document, Loc, Problem
from bot.settings.outside import Understands
from bot.settings.timeline import TimelineFile
from bot.settings.topics import TopicsFile, unknown_contexts, without_terms, wrong_terms
from bot.settings.validation import Model, check, duplicates, one_of

_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Everything that people decided."""

    env: Environment
    directory: Path
    """The folder that was read."""
    feeds: tuple[FeedSpec, ...]
    """The feeds to poll, in the order of the file."""
    disabled_feeds: tuple[FeedSpec, ...]
    topics: Rules
    timeline: Timeline
    behaviour: Behaviour
    shadow: Rules | None = None
    """Topics that read beside the live ones and tell nothing."""
    warnings: tuple[str, ...] = ()
    """What works, but is probably not what was meant. Holds no secret."""

    def doubts(self, today: date) -> Iterator[str]:
        """Yield the warnings, with those that depend on the day. They hold no secret."""
        yield from self.warnings
        if self.timeline.as_of > today + _A_DAY:  # somewhere the next day has begun
            yield (
                f"timeline.yaml: as_of is {self.timeline.as_of}, a day to come: "
                "write the day on which the rows were last checked"
            )

    def secrets(self) -> Iterator[str]:
        """Yield every secret value, for the logs to hide."""
        yield from self.env.secrets()
        yield from passwords(self.behaviour.polling.proxy or "")
        for service in self.behaviour.outside:
            yield from filter(None, (service.url, service.secret))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Files:
    """The four files, read and found to be right."""

    feeds: FeedsFile
    topics: Rules
    timeline: TimelineFile
    bot: BotFile
    shadow: Rules | None
    warnings: tuple[str, ...]


def _taken_on_trust(_address: str) -> bool:
    return True


def load(directory: Path | None, environ: Mapping[str, str], here: Path = Path()) -> Settings:
    """Return the settings of a folder (None: `config/` in `here`, else the packaged defaults).

    Raises ConfigError that lists every problem, one in each line.
    """
    report: list[Problem] = []
    env = environment.read(environ, report)
    folder = defaults.directory(directory, here)
    found = _files(folder, report, environ)
    if env is None or found is None:
        raise ConfigError("\n".join(str(problem) for problem in report))
    rows = found.feeds.feeds
    return Settings(
        env=env,
        directory=folder,
        feeds=tuple(row.spec() for row in rows if row.enabled),
        disabled_feeds=tuple(row.spec() for row in rows if not row.enabled),
        topics=found.topics,
        timeline=found.timeline.noun(),
        behaviour=found.bot.value(environ),
        shadow=found.shadow,
        warnings=(
            *found.warnings,
            *env.warnings(),
            *environment.unknown(environ, found.bot.variables()),
            *found.bot.warnings(environ),
            *places.unreached(found.bot, env.platforms_off),
            *_private_feeds(found.feeds, env.allow_hosts),
        ),
    )


def problems(
    directory: Path | None,
    environ: Mapping[str, str] | None = None,
    here: Path = Path(),
    *,
    understands: Understands | None = None,
) -> list[str]:
    """Return what is wrong with a folder, and with the environment where one is given.

    `understands` says whether Apprise can use an address. With it, a service that nothing can be sent
    to is a problem too; a start only warns of it, since the other places are told all the same.
    """
    report: list[Problem] = []
    if environ is not None:
        environment.read(environ, report)
    try:
        _files(defaults.directory(directory, here), report, environ, understands)
    except ConfigError as error:
        return [*map(str, report), str(error)]
    return [str(problem) for problem in report]


def _files(
    folder: Path,
    report: list[Problem],
    environ: Mapping[str, str] | None,
    understands: Understands | None = None,
) -> _Files | None:
    """Read and check the four files; None where any of them got into the report."""
    before = len(report)
    warned: list[str] = []
    documents = {name: files.read(place(folder, name), report) for name in defaults.FILES}
    shared = _feeds(documents["feeds.yaml"], report)
    rules = _topics(documents["topics.yaml"], report)
    timeline = _checked(documents["timeline.yaml"], TimelineFile, report)
    bot = _checked(documents["bot.yaml"], BotFile, report)
    document = documents["bot.yaml"]
    if document is not None and bot is not None:
        if rules is not None:
            report.extend(places.problems(document, bot, [topic.id for topic in rules.topics]))
        if environ is not None:
            report.extend(_located(document, bot.polling.problems(environ)))
            lost = _located(document, bot.lost_services(environ, understands or _taken_on_trust))
            if understands is None:
                warned.extend(map(str, lost))
            else:
                report.extend(lost)
    shadow = _shadow(folder, bot, document, report)
    if shared is None or rules is None or timeline is None or bot is None or report[before:]:
        return None
    return _Files(
        feeds=shared,
        topics=rules,
        timeline=timeline,
        bot=bot,
        shadow=shadow,
        warnings=(*_folder_warnings(folder, bot.shadow_topics), *warned),
    )


def _located(document: Document, found: Iterable[tuple[Loc, str]]) -> list[Problem]:
    return [document.problem(loc, f"{'.'.join(map(str, loc))}: {text}") for loc, text in found]


def _shadow(
    folder: Path, bot: BotFile | None, document: Document | None, report: list[Problem]
) -> Rules | None:
    """Read the topics that bot.yaml lets read beside the live ones, where it names any."""
    if bot is None or bot.shadow_topics is None or document is None:
        return None
    path = folder / bot.shadow_topics
    if not path.exists():
        text = f"shadow_topics: there is no {path}: copy topics.yaml there, or leave the key out"
        report.append(document.problem(("shadow_topics",), text))
        return None
    return _topics(files.read(path, report), report)


def place(folder: Path, name: str) -> Path:
    """Return where a file of the configuration is: in the folder, else as it comes with the program."""
    own = folder / name
    return own if own.exists() else defaults.packaged() / name


def _folder_warnings(folder: Path, shadow: str | None) -> Iterator[str]:
    for name in defaults.FILES:
        if not (folder / name).exists():
            yield f"{folder} has no {name}: the one that comes with the program is used"
    for path in sorted((*folder.glob("*.yaml"), *folder.glob("*.yml"))):
        if path.name not in {*defaults.FILES, shadow}:
            yield f"{path} is not read; {one_of(path.name, defaults.FILES)}"


def _checked(document: Document | None, model: type[Model], report: list[Problem]) -> Model | None:
    return check(document, model, report) if document is not None else None


def _feeds(document: Document | None, report: list[Problem]) -> FeedsFile | None:
    file = _checked(document, FeedsFile, report)
    if document is not None:
        report.extend(duplicates(document, "feeds", ("id", "url")))
    return file


def _private_feeds(file: FeedsFile, allowed: AllowedHosts) -> Iterator[str]:
    """Yield which feeds are at addresses that the bot refuses: they cost nothing, and bring nothing."""
    guard = Guard(allowed)
    for row in file.feeds:
        try:
            guard.check(URL(row.url))
        except BlockedAddressError as error:
            if row.enabled:
                yield (
                    f"feeds.yaml: feed '{row.id}' is never fetched: {error} If it is yours, open it: "
                    f"BOT_ALLOW_HOSTS={pair_of(row.url)}"
                )
        except ValueError:  # an address that only a fetch would refuse
            continue


def _topics(document: Document | None, report: list[Problem]) -> Rules | None:
    file = _checked(document, TopicsFile, report)
    if document is not None:
        report.extend(duplicates(document, "topics", ("id",)))
    if document is None or file is None:
        return None
    report.extend(unknown_contexts(document, file))
    report.extend(without_terms(document, file))
    report.extend(wrong_terms(document))
    return file.rules()


def rules_of(document: Document, report: list[Problem]) -> Rules | None:
    """Return the topics of a file that was read; what is wrong goes into `report`."""
    return _topics(document, report)


def topics_of(file: Path) -> Rules:
    """Return the topics of one file, as a folder's topics.yaml would give them. Raises ConfigError."""
    report: list[Problem] = []
    rules = _topics(files.read(file, report), report)
    if rules is None or report:
        raise ConfigError("\n".join(str(problem) for problem in report))
    return rules

"""The options of `subscriptions add`: what is wanted, when and how it is told, and of the place."""

from typing import Annotated

import typer

from bot.domain.destination import Grouping, Level

To = Annotated[
    str,
    typer.Option(
        "--to", metavar="PLACE", help="slack:C1, discord:111, apprise:NAME, webhook:NAME or console"
    ),
]

# What is wanted.
Topics = Annotated[
    list[str] | None,
    typer.Option("--topic", metavar="TOPIC", help="A topic; may be said several times"),
]
Query = Annotated[
    str | None, typer.Option("--query", metavar="QUERY", help="A search; '*' is everything")
]
AtLevel = Annotated[
    Level | None, typer.Option("--level", help="[default for a new one: everything]")
]
Group = Annotated[Grouping, typer.Option("--group")]
Langs = Annotated[
    str | None,
    typer.Option("--langs", metavar="LANGS", help="Languages of entries: en,es,fr or any"),
]
Sources = Annotated[
    str | None,
    typer.Option(
        "--sources", metavar="NUMBER", help="Sources a story must have before its first message"
    ),
]

# When and how it is told.
When = Annotated[
    str | None,
    typer.Option("--when", metavar="WHEN", help="instant, hourly, daily@08:00 or weekly:mon@08:00"),
]
Mentioned = Annotated[
    str | None, typer.Option("--mention", metavar="WHO", help="user:ID, role:ID, here or off")
]

# What holds for the whole place.
Zone = Annotated[
    str | None,
    typer.Option("--zone", metavar="ZONE", help="The place's time zone, such as America/Toronto"),
]
Locale = Annotated[
    str | None,
    typer.Option(
        "--locale", metavar="LANG", help="The language of the bot's own words there: en, es or fr"
    ),
]
Quiet = Annotated[
    str | None,
    typer.Option("--quiet", metavar="HOURS", help="Quiet hours such as 22:00-07:00, or off"),
]
Flash = Annotated[
    str | None,
    typer.Option(
        "--flash", metavar="HOW", help="through or hold: official flash alerts in quiet hours"
    ),
]
Storm = Annotated[
    str | None,
    typer.Option(
        "--storm",
        metavar="NUMBER",
        help="Alerts in ten minutes above which they become one bulletin, or off",
    ),
]
Reminders = Annotated[
    str | None,
    typer.Option(
        "--reminders", metavar="DAYS", help="Days before a deadline, such as 14,7,1,0, or off"
    ),
]
Hour = Annotated[
    str | None, typer.Option("--hour", metavar="TIME", help="When reminders come, such as 09:00")
]
Empty = Annotated[
    str | None,
    typer.Option("--empty", metavar="HOW", help="say or skip: a digest with nothing in it"),
]
Repeats = Annotated[
    str | None,
    typer.Option(
        "--repeats",
        metavar="ON|OFF",
        help="off: an alert that may have arrived is named, not sent again",
    ),
]

"""The options of `subscriptions add`: what is wanted, when and how it is told, and of the place."""

from typing import Annotated

import typer

from bot.domain.destination import Grouping, Level

To = Annotated[
    str, typer.Option("--to", help="slack:C1, discord:111, apprise:NAME, webhook:NAME or console")
]

# What is wanted.
Topics = Annotated[
    list[str] | None, typer.Option("--topic", help="A topic; may be said several times")
]
Query = Annotated[str | None, typer.Option("--query", help="A search; '*' is everything")]
AtLevel = Annotated[
    Level | None, typer.Option("--level", help="[default for a new one: everything]")
]
Group = Annotated[Grouping, typer.Option("--group")]
Langs = Annotated[str | None, typer.Option("--langs", help="Languages of entries: en,es,fr or any")]
Sources = Annotated[
    str | None,
    typer.Option("--sources", help="Sources a story must have before its first message"),
]

# When and how it is told.
When = Annotated[
    str | None, typer.Option("--when", help="instant, hourly, daily@08:00 or weekly:mon@08:00")
]
Mentioned = Annotated[str | None, typer.Option("--mention", help="user:ID, role:ID, here or off")]

# What holds for the whole place.
Zone = Annotated[
    str | None, typer.Option("--zone", help="The place's time zone, such as America/Toronto")
]
Locale = Annotated[
    str | None,
    typer.Option("--locale", help="The language of the bot's own words there: en, es or fr"),
]
Quiet = Annotated[
    str | None, typer.Option("--quiet", help="Quiet hours such as 22:00-07:00, or off")
]
Flash = Annotated[
    str | None,
    typer.Option("--flash", help="through or hold: official flash alerts in quiet hours"),
]
Storm = Annotated[
    str | None,
    typer.Option(
        "--storm", help="Alerts in ten minutes above which they become one bulletin, or off"
    ),
]
Reminders = Annotated[
    str | None, typer.Option("--reminders", help="Days before a deadline, such as 14,7,1,0, or off")
]
Hour = Annotated[str | None, typer.Option("--hour", help="When reminders come, such as 09:00")]
Empty = Annotated[
    str | None, typer.Option("--empty", help="say or skip: a digest with nothing in it")
]

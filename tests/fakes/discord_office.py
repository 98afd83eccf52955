"""A stand-in for the commands, for tests of Discord's side: remembers what was asked."""

import asyncio

from bot.commands.exchange import (
    Choice,
    Field,
    FieldKind,
    Form,
    Line,
    Option,
    Reply,
    Section,
)
from bot.errors import InvalidInputError

TOPICS = [("autos", "Autos and parts"), ("steel", "Steel and aluminum"), ("digital", "Digital")]


def form(*, topics: int = 30) -> Form:
    """The form of ``subscribe``: more topics than one menu holds, a level, and two lines to write."""
    many = tuple(Option(value=f"topic-{n}", label=f"Topic {n}") for n in range(topics))
    levels = tuple(Option(value=one, label=one.title()) for one in ("everything", "flash"))
    text = FieldKind.TEXT
    return Form(
        verb="subscribe",
        title="Subscribe this channel",
        submit="Subscribe",
        fields=(
            Field(
                name="topics",
                label="Topics",
                kind=FieldKind.MANY,
                options=many,
                chosen=("topic-1",),
                required=True,
            ),
            Field(name="level", label="Level", kind=FieldKind.ONE, options=levels),
            Field(name="quiet", label="Quiet hours", kind=text, hint="22:00-07:00"),
            Field(name="mention", label="Mention", kind=text),
        ),
    )


class Office:
    """Answers commands; ``subscribe`` alone is answered with `form`."""

    def __init__(self) -> None:
        self.asked: list = []
        self.typed: list = []
        self.waits = asyncio.Event()
        self.waits.set()
        self.form = form()

    async def answer(self, request: object) -> Reply:
        """Return a reply that repeats the words; some words fail on purpose."""
        self.asked.append(request)
        await self.waits.wait()
        if request.text.startswith("search boom"):
            raise RuntimeError("secret detail")
        if request.text.startswith("search odd"):
            raise InvalidInputError("I cannot read @everyone here.")
        verb = request.text.split()[0]
        shown = self.form if request.text == "subscribe" else None
        if request.text.startswith("latest"):
            actions = (Choice(label="Older", command="latest page:3"),)
        else:
            actions = (Choice(label="Newest", command="latest autos"),)
        return Reply(
            command=verb,
            title=f"You said {request.text}",
            sections=(Section(lines=(Line(text="one line"),)),),
            actions=actions,
            form=shown,
        )

    @property
    def texts(self) -> list[str]:
        """What was asked, in order."""
        return [one.text for one in self.asked]

    def complete(self, prefix: str, locale: str | None = None, limit: int = 25) -> list:
        """Topics that begin with the letters."""
        self.typed.append((prefix, locale))
        return [(one, label) for one, label in TOPICS if one.startswith(prefix.lower())][:limit]

    async def complete_stories(self, actor: object, text: str, limit: int = 25) -> list:
        """Forty stories, of which Discord takes 25."""
        self.typed.append((actor.channel, text))
        return [(str(n), f"{n} · {text} @everyone") for n in range(1, 41)][: limit + 15]

    async def complete_feeds(self, actor: object, text: str, limit: int = 25) -> list:
        """One feed."""
        self.typed.append((actor.channel, text))
        return [("ledger", "Border Ledger")][:limit]

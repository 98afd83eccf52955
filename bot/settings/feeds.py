"""The model of `feeds.yaml`: the feeds everybody shares."""

from typing import Annotated

from pydantic import AfterValidator, Field, WithJsonSchema

from bot.domain.feed import FeedKind, FeedSpec, Origin, Tier
from bot.domain.reading import Lang
from bot.settings.values import Duration, Identifier, Strict, WebAddress, seconds


def _speakable(value: Lang) -> Lang:
    if value is Lang.OTHER:
        raise ValueError("must be one of en, es, fr")
    return value


Spoken = Annotated[
    Lang,
    AfterValidator(_speakable),
    WithJsonSchema({"type": "string", "enum": ["en", "es", "fr"]}),
]


class FeedRow(Strict):
    """One feed."""

    id: Identifier
    """Its stable name: renaming it makes a new feed."""
    name: Annotated[str, Field(min_length=1, max_length=200)]
    """The publisher, as people should see it."""
    url: WebAddress
    lang: Spoken = Lang.EN
    """The language most of its entries are in."""
    tier: Tier = Tier.GENERAL
    kind: FeedKind = FeedKind.FEED
    """`feed` for any RSS, Atom or JSON Feed; the others know the traps of one source."""
    interval: Duration | None = None
    """How long to wait between polls; left out, the feed's own rhythm decides."""
    enabled: bool = True

    def spec(self) -> FeedSpec:
        """Return the feed as the rest of the bot knows it."""
        return FeedSpec(
            key=self.id,
            name=self.name,
            url=self.url,
            lang=self.lang.value,
            tier=self.tier,
            kind=self.kind,
            interval=seconds(self.interval) if self.interval is not None else None,
            origin=Origin.CONFIG,
        )


class FeedsFile(Strict):
    """The feeds everybody shares."""

    feeds: tuple[FeedRow, ...]

"""The ``web`` part of `bot.yaml`: how the pages are reached."""

import re
from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator

from bot.settings.values import Strict

_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|[0-9a-f:.]{2,45}")


@dataclass(frozen=True, slots=True, kw_only=True)
class OnTheWeb:
    """How the pages are reached."""

    hosts: tuple[str, ...] = ()
    """Names besides those of this machine, in small letters, without a port."""


def _host(value: str) -> str:
    name = value.strip().lower().removeprefix("[").removesuffix("]")
    if _HOST.fullmatch(name) is None:
        raise ValueError(
            "must be a host's name without https:// and port, such as trade.example.com"
        )
    return name


class WebPart(Strict):
    """The pages people look at in a browser."""

    hosts: tuple[Annotated[str, AfterValidator(_host)], ...] = ()
    """Further names the pages may be asked for by, without a port. A page on another site that
    points its own name at this machine is refused; those named here are not."""

    def value(self) -> OnTheWeb:
        """Return it in the words of the rooms that obey it."""
        return OnTheWeb(hosts=self.hosts)

"""discord.py, loaded without its warnings, and pointed at another address where one is set.

Only what listens on the gateway needs it: sending goes by `rest.py` and starts faster without.
"""

import warnings

import yarl

with warnings.catch_warnings():
    # discord.py imports the standard library's audioop, which warns of its end in Python 3.13.
    warnings.simplefilter("ignore", DeprecationWarning)
    import discord

__all__ = ["discord", "gateway_is_elsewhere", "point_at"]

_OWN_API = discord.http.Route.BASE
_OWN_GATEWAY = discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY


def point_at(api_url: str | None, gateway_url: str | None) -> None:
    """Point discord.py at other addresses, for the whole process; the composition root calls it once.

    `api_url` is the address of API version 10, with or without a slash at its end; None leaves an
    address as it is. An API elsewhere without a `gateway_url` is asked for its gateway.
    """
    if api_url is not None:
        discord.http.Route.BASE = api_url.rstrip("/")
    if gateway_url is not None:
        discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway_url)


def gateway_is_elsewhere() -> bool:
    """Whether the API was pointed elsewhere but the gateway was not: that API has to be asked."""
    gateway = discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY
    return discord.http.Route.BASE != _OWN_API and gateway == _OWN_GATEWAY

"""The services of `bot.yaml` outside chat: the models, the addresses, and what is wrong with them."""

import base64
import binascii
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr

from bot.domain.destination import Address
from bot.domain.feed import Origin
from bot.domain.outside import OutsideKind, OutsideService
from bot.settings import variables
from bot.settings.files import Loc
from bot.settings.values import Strict, web_address

_NAME = re.compile(r"[A-Za-z0-9_.-]{1,64}", re.ASCII)

_WHSEC = "whsec_"

Understands = Callable[[str], bool]
"""Whether Apprise can use an address. To ask it takes most of a second."""


def _service_name(value: str) -> str:
    if _NAME.fullmatch(value) is None:
        raise ValueError("a service's name has only letters, digits, '-', '_' and '.'")
    return value


ServiceName = Annotated[str, AfterValidator(_service_name)]


class ServicePart(Strict):
    """A service that Apprise reaches: Teams, e-mail, Telegram, Matrix, a webhook."""

    url: Annotated[SecretStr, Field(min_length=1)]
    """Its Apprise address. It holds secrets: write ${NAME} and set that variable."""


class WebhookPart(Strict):
    """Who gets every alert as signed JSON."""

    url: Annotated[SecretStr, Field(min_length=1)]
    """Its address, http:// or https://. May hold secrets: write ${NAME} and set that variable."""
    secret: Annotated[SecretStr, Field(min_length=1)]
    """What signs the body, such as whsec_… : write ${NAME} and set that variable."""


Services = Mapping[str, ServicePart]
Webhooks = Mapping[str, WebhookPart]


def services(
    apprise: Services, webhooks: Webhooks, environ: Mapping[str, str]
) -> Iterator[OutsideService]:
    """Yield the services whose variables are set."""
    for name, part in apprise.items():
        url = variables.expanded(part.url, environ)
        if url is not None:
            yield OutsideService(kind=OutsideKind.APPRISE, name=name, url=url, origin=Origin.CONFIG)
    for name, hook in webhooks.items():
        url = variables.expanded(hook.url, environ)
        secret = variables.expanded(hook.secret, environ)
        if url is not None and secret is not None:
            yield OutsideService(
                kind=OutsideKind.WEBHOOK, name=name, url=url, secret=secret, origin=Origin.CONFIG
            )


def addresses(apprise: Services, webhooks: Webhooks) -> Iterator[Address]:
    """Yield what the services are called in subscriptions, whether their variables are set or not."""
    for kind, names in ((OutsideKind.APPRISE, apprise), (OutsideKind.WEBHOOK, webhooks)):
        for name in names:
            yield OutsideService(kind=kind, name=name, url="").address


def problems(
    apprise: Services,
    webhooks: Webhooks,
    environ: Mapping[str, str],
    understands: Understands,
) -> Iterator[tuple[Loc, str]]:
    """Yield the place of each address that nothing can be sent to, and why; never the address."""
    for name, part in apprise.items():
        url = variables.expanded(part.url, environ)
        if url is not None and (wrong := _no_service(url, understands)) is not None:
            yield ("apprise", name, "url"), f"{wrong}{variables.place_of(part.url)}"
    for name, hook in webhooks.items():
        url = variables.expanded(hook.url, environ)
        try:
            web_address(url) if url is not None else None
        except ValueError as error:
            yield ("webhooks", name, "url"), f"{error}{variables.place_of(hook.url)}"
        if not _is_secret(variables.expanded(hook.secret, environ) or ""):
            wrong = "is not Base64 after whsec_, so that receivers cannot check what it signs"
            yield ("webhooks", name, "secret"), f"{wrong}{variables.place_of(hook.secret)}"


def _is_secret(secret: str) -> bool:
    """Whether a receiver that follows the Standard Webhooks can read it: ``whsec_`` means Base64."""
    if not secret.startswith(_WHSEC):
        return True
    try:
        return bool(base64.b64decode(secret.removeprefix(_WHSEC), validate=True))
    except (binascii.Error, ValueError):
        return False


def _no_service(url: str, understands: Understands) -> str | None:
    if not url.partition("://")[1]:
        return "must begin with the service, such as mailto:// or json://"
    if not understands(url):
        return (
            "is no address that Apprise can use: compare it with the form its documentation gives"
        )
    return None


def warnings(apprise: Services, webhooks: Webhooks, environ: Mapping[str, str]) -> Iterator[str]:
    """Yield which services are off, and whose secrets stand in the file."""
    for name, part in apprise.items():
        yield from variables.unsafe(f"apprise.{name}.url", part.url, f"{name.upper()}_URL")
        yield from _off(f"apprise service '{name}'", (part.url,), environ)
    for name, hook in webhooks.items():
        key = f"webhooks.{name}.secret"
        yield from variables.unsafe(key, hook.secret, f"{name.upper()}_SECRET")
        yield from _off(f"webhook '{name}'", (hook.url, hook.secret), environ)


def _off(what: str, values: Iterable[SecretStr], environ: Mapping[str, str]) -> Iterator[str]:
    for value in values:
        for variable in variables.unset(value, environ):
            yield f"{what} is off: set {variable} to turn it on"

"""The words about the tariff ledger, in three languages."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.ledger import Trust
from bot.services.tariffs import TariffAct


@dataclass(frozen=True, slots=True, kw_only=True)
class TariffWords:
    """The answers to ``tariffs``, and what ``status`` says of them."""

    usage: str
    gives: str
    more: str
    title: str
    """``{day}``"""
    title_on: str
    """``{what} {day}``"""
    in_force: str
    between: str
    """What ``status`` calls those between the three parties: ``{n}``"""
    coming: str
    reported: str
    none: str
    all_countries: str
    goods: str
    since: str
    """``{day}``"""
    starts: str
    until: str
    before: str
    """``{rate}``"""
    except_for: str
    other_rate: str
    """Two sources of one weight disagree: ``{rates}``"""
    sources: str
    """``{n}``"""
    number: str
    trust: Mapping[Trust, str]
    dismissed: str
    act: Mapping[TariffAct, str]
    """What a button says: ``{id}`` is the row's number."""
    settle_means: str
    more_of_it: str
    all_tariffs: str
    no_row: str
    no_act: str
    no_day: str


ENGLISH = TariffWords(
    usage="tariffs [country] [topic] [on:2026-07-01]",
    gives="tariffs in force, coming and reported",
    more=(
        "Only official sources, the record and what your team confirmed count as in force. "
        "`tariffs 31 confirm` says that a reported one is right, `tariffs 31 dismiss` that it is wrong, `tariffs 31 reopen` takes that back."
    ),
    title="Tariffs on {day}",
    title_on="Tariffs on {day}: {what}",
    in_force="In force",
    between="Tariffs between the three ({n}, newest first)",
    coming="Decided, not yet in force",
    reported="Reported, not counted",
    none="The ledger knows of none.",
    all_countries="all countries",
    goods="goods in general",
    since="since {day}",
    starts="from {day}",
    until="until {day}",
    before="before: {rate}",
    except_for="except {what}",
    other_rate="sources disagree: {rates}",
    sources="{n} sources",
    number="tariff {id}",
    trust={
        Trust.RECORD: "on record",
        Trust.OFFICIAL: "official source",
        Trust.CONFIRMED: "confirmed by your team",
        Trust.REPORTED: "reported",
        Trust.UNCONFIRMED: "unconfirmed: no public source",
    },
    dismissed="dismissed by your team",
    act={
        TariffAct.CONFIRM: "{id} is right",
        TariffAct.DISMISS: "{id} is wrong",
        TariffAct.REOPEN: "Reopen {id}",
    },
    settle_means="What you say counts for the whole team.",
    more_of_it="More",
    all_tariffs="All tariffs",
    no_row="There is no tariff {id}. `tariffs` shows the numbers of those that were reported.",
    no_act="“{word}” is nothing to do with a tariff: confirm, dismiss or reopen.",
    no_day="“{word}” is no day: write on:2026-07-01 or on:1 Jul 2026.",
)

SPANISH = TariffWords(
    usage="aranceles [país] [tema] [on:2026-07-01]",
    gives="aranceles vigentes, por venir e informados",
    more=(
        "Solo cuentan como vigentes las fuentes oficiales, el registro y lo que confirmó su equipo. "
        "`aranceles 31 confirmar` dice que uno informado es correcto, `aranceles 31 descartar` que es erróneo, `aranceles 31 reabrir` se desdice."
    ),
    title="Aranceles al {day}",
    title_on="Aranceles al {day}: {what}",
    in_force="Vigentes",
    between="Aranceles entre los tres ({n}, los más nuevos primero)",
    coming="Decididos, aún no vigentes",
    reported="Informados, no se cuentan",
    none="El registro no conoce ninguno.",
    all_countries="todos los países",
    goods="mercancías en general",
    since="desde el {day}",
    starts="a partir del {day}",
    until="hasta el {day}",
    before="antes: {rate}",
    except_for="salvo {what}",
    other_rate="las fuentes no coinciden: {rates}",
    sources="{n} fuentes",
    number="arancel {id}",
    trust={
        Trust.RECORD: "en el registro",
        Trust.OFFICIAL: "fuente oficial",
        Trust.CONFIRMED: "confirmado por su equipo",
        Trust.REPORTED: "informado",
        Trust.UNCONFIRMED: "sin confirmar: sin fuente pública",
    },
    dismissed="descartado por su equipo",
    act={
        TariffAct.CONFIRM: "{id} es correcto",
        TariffAct.DISMISS: "{id} es erróneo",
        TariffAct.REOPEN: "Reabrir {id}",
    },
    settle_means="Lo que diga vale para todo el equipo.",
    more_of_it="Más",
    all_tariffs="Todos los aranceles",
    no_row="No hay arancel {id}. `aranceles` muestra los números de los informados.",
    no_act="«{word}» no es nada que hacer con un arancel: confirmar, descartar o reabrir.",
    no_day="«{word}» no es un día: escriba on:2026-07-01 o el:1 jul 2026.",
)

FRENCH = TariffWords(
    usage="tarifs [pays] [sujet] [on:2026-07-01]",
    gives="les droits en vigueur, à venir et rapportés",
    more=(
        "Seuls comptent en vigueur les sources officielles, le registre et ce que votre équipe a "
        "confirmé. `tarifs 31 confirmer` dit qu’un droit rapporté est juste, `tarifs 31 écarter` qu’il est faux, `tarifs 31 rouvrir` revient dessus."
    ),
    title="Droits de douane au {day}",
    title_on="Droits de douane au {day} : {what}",
    in_force="En vigueur",
    between="Droits entre les trois ({n}, les plus récents d’abord)",
    coming="Décidés, pas encore en vigueur",
    reported="Rapportés, non comptés",
    none="Le registre n’en connaît aucun.",
    all_countries="tous les pays",
    goods="marchandises en général",
    since="depuis le {day}",
    starts="à partir du {day}",
    until="jusqu’au {day}",
    before="avant : {rate}",
    except_for="sauf {what}",
    other_rate="les sources divergent : {rates}",
    sources="{n} sources",
    number="droit {id}",
    trust={
        Trust.RECORD: "au registre",
        Trust.OFFICIAL: "source officielle",
        Trust.CONFIRMED: "confirmé par votre équipe",
        Trust.REPORTED: "rapporté",
        Trust.UNCONFIRMED: "non confirmé : aucune source publique",
    },
    dismissed="écarté par votre équipe",
    act={
        TariffAct.CONFIRM: "{id} est juste",
        TariffAct.DISMISS: "{id} est faux",
        TariffAct.REOPEN: "Rouvrir {id}",
    },
    settle_means="Ce que vous dites vaut pour toute l’équipe.",
    more_of_it="Suite",
    all_tariffs="Tous les droits",
    no_row="Il n’y a pas de droit {id}. `tarifs` montre les numéros de ceux rapportés.",
    no_act="« {word} » n’est rien à faire d’un droit : confirmer, écarter ou rouvrir.",
    no_day="« {word} » n’est pas un jour : écrivez on:2026-07-01 ou le:1er juil. 2026.",
)

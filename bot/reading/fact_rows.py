"""Facts as JSON-ready rows: the one shape that `read --json`, replies and webhooks show."""

from bot.domain.reading import DeadlineFact, TariffFact


def deadline_row(fact: DeadlineFact) -> dict[str, object]:
    """Return a deadline; its date as ``YYYY-MM-DD``, its time as ``HH:MM`` in `zone`."""
    return {
        "kind": str(fact.kind),
        "date": fact.date.isoformat(),
        "time": fact.time.strftime("%H:%M") if fact.time else None,
        "zone": fact.zone,
        "text": fact.text,
        "confidence": round(fact.confidence, 3),
        "computed": fact.computed,
    }


def tariff_row(fact: TariffFact) -> dict[str, object]:
    """Return a tariff action; rates in percent, countries as ISO 3166 alpha-2."""
    return {
        "action": str(fact.action),
        "rate_pct": fact.rate_pct,
        "previous_rate_pct": fact.previous_rate_pct,
        "imposer": fact.imposer,
        "targets": list(fact.targets),
        "products": list(fact.products),
        "hts": list(fact.hts),
        "authority": fact.authority,
        "exemptions": list(fact.exemptions),
        "effective_date": fact.effective_date.isoformat() if fact.effective_date else None,
        "text": fact.text,
    }

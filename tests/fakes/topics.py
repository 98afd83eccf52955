"""A few topics with names in three languages."""

from bot.reading.catalog import TopicCatalog
from bot.reading.rules import Rules, TopicRule

_NAMES = {
    "usmca": ("USMCA", "T-MEC", "ACEUM"),
    "tariffs": ("Tariffs", "Aranceles", "Droits de douane"),
    "autos": ("Autos", "Autos", "Automobile"),
    "customs": ("Customs", "Aduanas", "Douanes"),
    "critical_minerals": ("Critical minerals", "Minerales críticos", "Minéraux critiques"),
    "dairy": ("Dairy", "Lácteos", "Produits laitiers"),
}


def catalog(*without: str) -> TopicCatalog:
    """The sample topics, but those left out."""
    return TopicCatalog(
        Rules(
            topics=tuple(
                TopicRule(id=topic, label={"en": english, "es": spanish, "fr": french})
                for topic, (english, spanish, french) in _NAMES.items()
                if topic not in without
            )
        )
    )

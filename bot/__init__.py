"""usmca-bot: reads trade news and tells channels, once and with sources, what changed."""

__version__ = "0.1.0"

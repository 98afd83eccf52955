"""The composition root: the only room that names concrete classes.

`assembly` puts one process's parts together; `service` runs them until somebody says stop.
"""

from bot.app.assembly import App, open_app

__all__ = ["App", "open_app"]

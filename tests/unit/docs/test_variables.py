from pathlib import Path

from bot.settings import environment

README = Path(__file__).parents[3] / "README.md"


def test_every_variable_that_is_read_stands_in_the_readme() -> None:
    """Those for tests too: somebody who finds one set must learn what it does."""
    text = README.read_text(encoding="utf-8").replace(
        "`…_TRACES_HEADERS`", "`OTEL_EXPORTER_OTLP_TRACES_HEADERS`"
    )
    assert [name for name in sorted(environment.names()) if f"`{name}" not in text] == []

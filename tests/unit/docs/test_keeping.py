import re
from datetime import timedelta
from pathlib import Path

from bot.pipeline.retention import Keeping
from bot.settings.behaviour import BotFile
from bot.settings.files import Problem, parse
from bot.settings.validation import check

PAGE = Path(__file__).parents[3] / "docs" / "how-to" / "keep-and-restore.md"


def test_the_retention_on_the_page_is_right() -> None:
    """What "Keep it, restore it, prove it" shows passes the model."""
    block = re.search(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert block is not None
    report: list[Problem] = []
    document = parse(block[1].encode(), "page", report)
    assert document is not None
    file = check(document, BotFile, report)
    assert file is not None
    assert file.value({}).retention == Keeping(entries=timedelta(days=400), audit=None)

from bot.platforms.slack.limits import MESSAGE_BLOCKS, TOTAL, Ranked, fit, weight


def _block(text: str) -> dict[str, object]:
    return {"type": "rich_text", "elements": [text]}


def test_everything_stays_where_there_is_room():
    """The order is kept."""
    blocks = [_block(str(n)) for n in range(5)]
    assert fit(Ranked(rank=1, block=block) for block in blocks) == blocks


def test_the_least_important_goes_first():
    """A block of a high rank gives way to a later one of a lower rank."""
    wide = _block("x" * (TOTAL // 2))
    ranked = [
        Ranked(rank=0, block=_block("head")),
        Ranked(rank=3, block=wide),
        Ranked(rank=1, block=wide),
        Ranked(rank=5, block=_block("tail")),
    ]
    assert fit(ranked) == [_block("head"), wide, _block("tail")]
    assert sum(map(weight, fit(ranked))) <= TOTAL


def test_there_are_never_too_many():
    """Not even of small ones."""
    ranked = [Ranked(rank=1, block=_block("")) for _ in range(70)]
    assert len(fit(ranked)) <= MESSAGE_BLOCKS

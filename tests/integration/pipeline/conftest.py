import pytest

from bot.storage.unit_of_work import SqlStore
from tests.conftest import HandClock
from tests.integration.pipeline.house import House


@pytest.fixture
def house(store: SqlStore, clock: HandClock) -> House:
    return House(store=store, clock=clock)

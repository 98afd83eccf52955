import pytest

from bot.errors import PermanentDeliveryError, TemporaryDeliveryError, UnclearDeliveryError
from bot.platforms.slack.api import RefusedError, UnansweredError
from bot.platforms.slack.outcomes import failure, token_refused


@pytest.mark.parametrize("code", ["ratelimited", "rate_limited", "message_limit_exceeded"])
def test_a_rate_limit_keeps_its_wait(code):
    """The seconds Slack asks for reach the retry policy."""
    error = failure(RefusedError(code, retry_after=7))
    assert isinstance(error, TemporaryDeliveryError)
    assert error.retry_after == 7


@pytest.mark.parametrize("code", ["fatal_error", "internal_error"])
def test_an_error_in_the_middle_is_unclear(code):
    """Slack says that part of the work may have been done."""
    assert isinstance(failure(RefusedError(code)), UnclearDeliveryError)


@pytest.mark.parametrize(
    ("code", "lost"),
    [
        ("channel_not_found", True),
        ("is_archived", True),
        ("not_in_channel", True),
        ("account_inactive", True),
        ("token_revoked", True),
        ("missing_scope", True),
        ("no_token", True),
        ("user_not_found", True),
        ("msg_too_long", False),
        ("invalid_blocks_format", False),
        ("metadata_too_large", False),
        ("thread_not_found", False),
        ("message_not_found", False),
    ],
)
def test_a_permanent_refusal_loses_the_destination_or_the_message(code, lost):
    """What would fail again for every message is told apart from what fails for this one."""
    error = failure(RefusedError(code, needed="chat:write"))
    assert isinstance(error, PermanentDeliveryError)
    assert error.destination_lost is lost
    assert str(error).endswith(".")


@pytest.mark.parametrize("code", ["service_unavailable", "http_403", "new_word"])
def test_anything_else_is_tried_again(code):
    """A refusal that is not understood drops nothing."""
    assert isinstance(failure(RefusedError(code)), TemporaryDeliveryError)


def test_no_answer_is_unclear_only_after_something_was_sent():
    """A refused connection sent nothing."""
    assert isinstance(failure(UnansweredError("x", sent=True)), UnclearDeliveryError)
    assert isinstance(failure(UnansweredError("x", sent=False)), TemporaryDeliveryError)


@pytest.mark.parametrize(
    ("code", "refused"),
    [
        ("invalid_auth", True),
        ("missing_scope", True),
        ("no_token", True),
        ("ratelimited", False),
        ("internal_error", False),
        ("http_403", False),
        ("new_word", False),
    ],
)
def test_only_a_refused_token_ends_the_start(code, refused):
    """What a proxy or an outage says is asked again; a token that is refused stays so."""
    assert token_refused(RefusedError(code)) is refused


@pytest.mark.parametrize("code", ["account_inactive", "token_revoked", "no_token"])
def test_a_workspace_that_installed_the_app_is_not_told_of_variables(code):
    """There an admin installs the app again; SLACK_BOT_TOKEN is another house's business."""
    said = str(failure(RefusedError(code), installed=True))
    assert "installs the app" in said
    assert "SLACK_BOT_TOKEN" not in said
    assert "SLACK_BOT_TOKEN" in str(failure(RefusedError(code)))

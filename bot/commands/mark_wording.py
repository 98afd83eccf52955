"""The words about what people do with alerts and deadlines: one field for each sentence."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.commands.verbs import Verb
from bot.domain.marks import Mark
from bot.services.deadline_marks import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpPart:
    """What `HelpWords` says of these verbs."""

    usage: Mapping[Verb, str]
    gives: Mapping[Verb, str]
    more: Mapping[Verb, str]
    examples: Mapping[Verb, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkWords:
    """The answers to what is done with an alert or a deadline."""

    follows: str
    followed_already: str
    follow_means: str
    unfollowed: str
    not_followed: str
    unfollow: str
    follow: str
    followed_stories: str
    judged: Mapping[Mark, str]
    judged_as: Mapping[Mark, str]
    before: str
    brought_by: str
    change: Mapping[Mark, str]
    feedback: str
    feedback_on: str
    no_feedback: str
    all: str
    by_topic: str
    by_rule: str
    by_month: str
    reasons: str
    tally: str
    """``{precision} {useful} {noise} {wrong}``"""
    masks: str
    mask_effect: str
    mask_how: str
    muted: str
    muted_forever: str
    muted_until: str
    mute_means: str
    unmuted: str
    not_muted: str
    unmute: str
    mute_again: str
    muted_here: str
    check: str
    no_deadlines: str
    confirmed: str
    dismissed: str
    handled: str
    gone: str
    number: str
    check_wrong: str
    follow_story: str
    disputed: str
    also: str
    act: Mapping[Act, str]
    """What a button says: ``{id}`` is the deadline's number."""
    settle_means: str
    later: str
    no_deadline: str
    too_many_follows: str

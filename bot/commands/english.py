"""The bot's own words in English."""

from bot.commands import backtest_words, feed_words, tariff_words, trace_words
from bot.commands import marks_english as marks
from bot.commands import timing_help as timing
from bot.commands.asked import Problem
from bot.commands.verbs import Verb
from bot.commands.wording import (
    DeadlineWords,
    HelpWords,
    ProblemWords,
    SearchWords,
    StatusWords,
    StoryWords,
    SubscriptionWords,
    TimeWords,
    TrialWords,
    Wording,
)
from bot.domain.alert import DeliveryState
from bot.domain.destination import Level
from bot.record.treaty import Phase
from bot.services.permissions import Who
from bot.services.trial import Hindrance

_TIME = TimeWords(
    today="today",
    tomorrow="tomorrow",
    yesterday="yesterday",
    in_days="in {n} days",
    days_ago="{n} days ago",
    just_now="just now",
    minutes_ago="{n} min ago",
    hours_ago="{n} h ago",
    in_minutes="in {n} min",
    in_hours="in {n} h",
    at_once="now",
)

_STATUS = StatusWords(
    title="Where the USMCA stands",
    title_on="Where things stand: {topic}",
    phases={
        Phase.NOT_IN_FORCE: "Not in force before {start}",
        Phase.BEFORE_FIRST_REVIEW: "In force since {start}, before its first joint review",
        Phase.ANNUAL_REVIEWS: "In force; annual reviews run since {since}, without extension",
        Phase.EXTENDED: "In force; the joint review of {since} extended it to {ends}",
        Phase.OUTCOME_UNKNOWN: "In force; how the joint review of {since} ended is not on record",
        Phase.ENDED: "The term ended on {ends}",
    },
    next_review="Next joint review: {date}",
    term_ends="The term runs to {date}",
    facts_as_of="Treaty facts as of {date}; stories are told as they come.",
    week="Last 7 days: {entries} in {stories}",
    quiet="Last 7 days: no stories",
    deadlines="Next deadlines",
    no_deadlines="None known in the next twelve months",
    feeds="Feeds",
    feeds_down=("1 of {all} feeds is down: {names}", "{n} of {all} feeds are down: {names}"),
    no_feeds="No feeds are set up: feeds.yaml names none",
    all_deadlines="All deadlines",
    latest="Latest stories",
)

_STORY = StoryWords(
    latest="Latest stories",
    latest_on="Latest on {topic}",
    none="No stories yet: they appear here as soon as a feed brings one.",
    none_on="No stories on {topic} yet.",
    number="story {id}",
    entries=("1 entry", "{n} entries"),
    stories=("1 story", "{n} stories"),
    timeline="How it was told",
    tariffs="Tariffs",
    deadlines="Deadlines",
    sources="Sources",
    conflicts="Sources disagree",
    changed="changed here {when}",
    topics="Topics: {topics}",
    first="opened the story",
    joined="joined by: {why}",
    evidence=("same link", "same text", "nearly the same text", "{what} in common"),
    more="… and {n} more",
    older="Older",
    why="Why did we get this?",
    why_title="Why story {id} was told here",
    why_not_title="Story {id} was not told here",
    not_asked="No subscription matched when it came, or its level held it back.",
    asked_for="This place asks for: {wishes}",
    asked_nothing="Nothing is subscribed here: `subscribe <topic>` starts it.",
    story_topics="The story is on: {topics}",
    states={
        DeliveryState.PENDING: "about to be sent",
        DeliveryState.SENDING: "being sent",
        DeliveryState.SENT: "sent {when}",
        DeliveryState.RETRY: "will be tried again",
        DeliveryState.UNKNOWN: "sent, without an answer from the platform yet",
        DeliveryState.DEAD: "given up",
    },
)

_SEARCH = SearchWords(
    title="Search: {query}",
    found=("1 entry matches", "{n} entries match"),
    none="Nothing in the archive matches.",
    searched="Searched for: {query}",
    judged="Entries of the archive that hold its words: {n}",
    enough="More match: older ones are on the next pages.",
    unseen="Older entries were not looked at: a narrower query reaches further back.",
    also=("1 more of this story", "{n} more of this story"),
    next_page="More",
    no_more="That was the last page.",
)

_DEADLINE = DeadlineWords(
    title="Deadlines until {date}",
    title_on="Deadlines on {topic} until {date}",
    none="None known until {date}.",
    computed="worked out",
    no_source="no public source: unconfirmed",
    unconfirmed="unconfirmed",
    more="Later ones",
)

_SUBSCRIPTION = SubscriptionWords(
    done="This channel now gets:",
    done_direct="You now get, here:",
    nothing_new="It was so already:",
    added="new",
    changed="was: {before}",
    kept="as before",
    removed="Ended here:",
    nothing_removed="Nothing of that was subscribed here.",
    configured="Stays, because bot.yaml asks for it: {wishes}",
    listed="This channel gets:",
    listed_direct="You get, here:",
    none="Nothing is subscribed here. `subscribe autos` starts it; `topics` lists what there is.",
    more="… and {n} more",
    levels={
        Level.EVERYTHING: "everything",
        Level.IMPORTANT: "important",
        Level.FLASH: "flash",
    },
    level_means={
        Level.EVERYTHING: "Everything: every story.",
        Level.IMPORTANT: "Important: stories with a tariff fact, a deadline or a new stage.",
        Level.FLASH: "Flash: official or signed steps with a tariff or deadline, for the US, Mexico or Canada.",
    },
    each_entry="each entry by itself",
    query="query: {query}",
    undo="Stop {wish}",
    again="Back: {wish}",
    sample="Send a sample",
    stop_all="Stop all",
    paused="Paused: what comes waits here until `resume`.",
    resumed="Alerts go out here again.",
    nothing_to_pause="Nothing is subscribed here, so there is nothing to hold back.",
    resume="Resume",
    state_paused="Paused: alerts wait until `resume`.",
    state_broken="The platform refuses what is sent here: {reason}. Mend it, then `resume`.",
    topics="Topics",
    topics_hint="`subscribe <topic>` sends it here; names in English, Spanish and French work.",
)

_TRIAL = TrialWords(
    sent="A sample alert is on its way here.",
    waits="A sample alert is written, and waits for what is said below.",
    again="A sample of this minute is on its way already.",
    nothing_stops="Nothing would stop a real one.",
    would_stop="What would stop a real one",
    hindrances={
        Hindrance.PLATFORM_OFF: "This platform is not connected: {detail}",
        Hindrance.BROKEN: "The platform refuses what is sent here: {detail}. Mend it, then `resume`",
        Hindrance.PAUSED: "Alerts are paused here ({detail}); `resume` lets them go",
        Hindrance.NO_SUBSCRIPTION: "Nothing is subscribed here: `subscribe <topic>` starts it",
        Hindrance.UNKNOWN_TOPIC: "These topics are no longer in topics.yaml: {detail}",
        Hindrance.LAST_SEND_FAILED: "The last send here failed: {detail}",
        Hindrance.NO_FEEDS: "No feeds are set up: feeds.yaml names none",
        Hindrance.FEEDS_DOWN: "Feeds are down: {detail}",
    },
)

_PROBLEM = ProblemWords(
    unknown="I do not know “{word}”.",
    nearest="Did you mean:",
    no_topic="There is no topic “{word}”.",
    see_topics="`topics` lists them all.",
    is_topic="“{topic}” is a topic. Ask for:",
    usage="Write it as: {usage}",
    no_story="There is no story {id}. `latest` shows the newest with their numbers.",
    query=None,
    locked={
        Who.EVERYONE: "You may not change what this channel gets.",
        Who.MEMBERS: (
            "What this channel gets may be changed only by people who are in it. Join it first, or "
            "write to me directly: there you subscribe yourself."
        ),
        Who.ADMINS: (
            "What this channel gets may be changed only by people who manage it. Ask one of them, "
            "or write to me directly: there you subscribe yourself."
        ),
        Who.LISTED: (
            "What this channel gets may be changed only by the people named in the bot's settings. "
            "Ask one of them, or write to me directly: there you subscribe yourself."
        ),
    },
    feeds_hidden="How the feeds are is shown only to the people the bot's settings name.",
    too_many=(
        "This place has {n} subscriptions, the most that can be made from a chat. End some of "
        "them first, or join several queries with OR."
    ),
    problems={
        Problem.TOO_LONG: "That is too long for me.",
        Problem.NEEDS_WORDS: "Tell me what to search for.",
        Problem.NEEDS_TOPIC: "Name at least one topic.",
        Problem.NEEDS_NUMBER: "“{word}” is no number of a story.",
        Problem.NO_NUMBER: "Name the number of a story.",
        Problem.NEEDS_QUERY: "The query is empty.",
        Problem.NO_LEVEL: "“{word}” is no level: everything, important or flash.",
        Problem.NO_GROUP: "“{word}” is no grouping: story or entry.",
        **timing.ENGLISH.problems,
        Problem.NO_PAGE: "“{word}” is no page: write page:2.",
        Problem.NO_WINDOW: "“{word}” is no time I can look ahead: 1d to 10y, such as 90d.",
        Problem.NO_PAST: "A query cannot be tried on “{word}” of the archive: 1d to 10y, such as 180d.",
        Problem.NO_TARIFF_ACT: tariff_words.ENGLISH.no_act,
        Problem.NO_DAY: tariff_words.ENGLISH.no_day,
        Problem.NO_ADDRESS: "Give the feed's address, or that of a page that names it.",
        Problem.NO_FEED: "Name the feed; `feeds` shows what each is called.",
        Problem.NO_FEED_ACT: "“{word}” is nothing I can do with a feed: add, check, remove, pause or resume.",
        Problem.NO_UNTIL: "“{word}” is no time to mute for: 7d, 12h, until 2026-12-01 or until 1 Dec 2026.",
        Problem.NO_SETTLING: "“{word}” is nothing to do with a deadline: confirm, dismiss, handled or reopen.",
    },
)

_HELP = HelpWords(
    title="What you can ask",
    intro="Verbs work in English, Spanish and French.",
    also="Also: {aliases}",
    example="For example: {example}",
    usage={
        **marks.HELP.usage,
        **trace_words.HELP_ENGLISH.usage,
        Verb.TARIFFS: tariff_words.ENGLISH.usage,
        Verb.BACKTEST: backtest_words.ENGLISH.usage,
        **timing.ENGLISH.usage,
        Verb.STATUS: "status [topic]",
        Verb.LATEST: "latest [topic]",
        Verb.SEARCH: "search <words or query>",
        Verb.STORY: "story <number>",
        Verb.WHY: "why <story number>",
        Verb.DEADLINES: "deadlines [topic] [country] [90d]",
        Verb.TOPICS: "topics",
        Verb.UNSUBSCRIBE: "unsubscribe <topic …|all>",
        Verb.SUBSCRIPTIONS: "subscriptions",
        Verb.RESUME: "resume",
        Verb.FEEDS: "feeds [add <address> | check <address> | remove|pause|resume <feed>]",
        Verb.TEST: "test",
        Verb.HELP: "help [command]",
    },
    gives={
        **marks.HELP.gives,
        **trace_words.HELP_ENGLISH.gives,
        Verb.TARIFFS: tariff_words.ENGLISH.gives,
        Verb.BACKTEST: backtest_words.ENGLISH.gives,
        **timing.ENGLISH.gives,
        Verb.STATUS: "where the agreement stands, the last 7 days, what is due",
        Verb.LATEST: "the newest stories",
        Verb.SEARCH: "entries of the archive",
        Verb.STORY: "one story whole: facts, deadlines, sources",
        Verb.WHY: "why this place was told of a story",
        Verb.DEADLINES: "dates that bind somebody, soonest first",
        Verb.TOPICS: "what can be subscribed",
        Verb.SUBSCRIBE: "sends a topic here; in a direct message, to you",
        Verb.UNSUBSCRIBE: "ends it",
        Verb.SUBSCRIPTIONS: "what this place gets",
        Verb.RESUME: "ends the pause: what waited comes",
        Verb.FEEDS: "how the feeds are; adds, checks, pauses them",
        Verb.TEST: "sends a sample here and says what would stop a real alert",
        Verb.HELP: "this, or more about one command",
    },
    more={
        **marks.HELP.more,
        **trace_words.HELP_ENGLISH.more,
        Verb.TARIFFS: tariff_words.ENGLISH.more,
        Verb.BACKTEST: backtest_words.ENGLISH.more,
        **timing.ENGLISH.more,
        Verb.STATUS: "With a topic, everything but the treaty's own dates is narrowed to it.",
        Verb.SEARCH: (
            "Words must all occur. “…” is a phrase; AND, OR, NOT, -word, (…) and auto* work, and "
            "fields such as title:, source:, topic:, country:, lang:, since:2026-07-01, "
            "rate:[25 TO *]."
        ),
        Verb.DEADLINES: "The time ahead is written 30d, 12w, 6m or 1y; without it, twelve months.",
        Verb.UNSUBSCRIBE: "A query is ended by its number in `subscriptions`.",
        Verb.FEEDS: (
            "A feed you add belongs to this workspace and is shown only here. An address may also be that of "
            "a page that names its feed. `feeds <name>` shows one feed."
        ),
        Verb.TEST: "The sample goes the way of every alert, and says that nothing happened.",
    },
    examples={
        **marks.HELP.examples,
        **trace_words.HELP_ENGLISH.examples,
        Verb.TARIFFS: "tariffs canada steel",
        Verb.BACKTEST: "backtest steel (canada OR mexico) 90d",
        **timing.ENGLISH.examples,
        Verb.STATUS: "status autos",
        Verb.LATEST: "latest critical minerals",
        Verb.SEARCH: "search steel (canada OR mexico)",
        Verb.STORY: "story 7",
        Verb.WHY: "why 7",
        Verb.DEADLINES: "deadlines autos 90d",
        Verb.UNSUBSCRIBE: "unsubscribe autos",
        Verb.FEEDS: "feeds add https://example.com/rss",
        Verb.HELP: "help search",
    },
)

ENGLISH = Wording(
    locale="en",
    time=_TIME,
    status=_STATUS,
    story=_STORY,
    search=_SEARCH,
    deadline=_DEADLINE,
    subscription=_SUBSCRIPTION,
    feed=feed_words.ENGLISH,
    trial=_TRIAL,
    problem=_PROBLEM,
    mark=marks.WORDS,
    trace=trace_words.ENGLISH,
    tariff=tariff_words.ENGLISH,
    backtest=backtest_words.ENGLISH,
    help=_HELP,
)

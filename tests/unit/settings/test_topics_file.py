from bot.reading.rules import ANOTHER_TOPIC, TopicRule, Veto, WeakTerms
from bot.settings.files import Document, Problem, parse
from bot.settings.topics import TopicsFile, unknown_contexts, wrong_terms
from bot.settings.validation import check

FILE = """\
anchors: [treaty]
contexts:
  treaty: [usmca]
  trade: {en: [imports], es: [importaciones]}
masks: [new mexico]
vetoes:
  - name: sports
    several: [goalie, playoffs]
    unless: [treaty]
topics:
  - id: dairy
    label: {en: Dairy, es: Lacteos, fr: Produits laitiers}
    aliases: {en: [milk]}
    strong: {en: [dairy quota*], fr: [lait*]}
    weak:
      - terms: [milk]
        near: [trade, another topic]
        unless: [treaty]
        within: 100
"""


def read(text: str) -> tuple[Document, TopicsFile | None, list[str]]:
    report: list[Problem] = []
    document = parse(text.encode(), "topics.yaml", report)
    assert document is not None
    file = check(document, TopicsFile, report)
    return document, file, [str(problem) for problem in report]


def test_the_file_becomes_the_rules_of_the_reading_room() -> None:
    """Lists by language are joined; nothing is lost on the way."""
    document, file, problems = read(FILE)
    assert problems == []
    assert file is not None
    rules = file.rules()
    assert rules.topics == (
        TopicRule(
            id="dairy",
            label={"en": "Dairy", "es": "Lacteos", "fr": "Produits laitiers"},
            aliases={"en": ("milk",), "es": (), "fr": ()},
            strong=("dairy quota*", "lait*"),
            weak=(
                WeakTerms(
                    terms=("milk",),
                    near=("trade", ANOTHER_TOPIC),
                    unless=("treaty",),
                    within=100,
                ),
            ),
        ),
    )
    assert rules.contexts == {"treaty": ("usmca",), "trade": ("imports", "importaciones")}
    assert (rules.anchors, rules.masks) == (("treaty",), ("new mexico",))
    assert rules.vetoes == (
        Veto(name="sports", any=(), several=("goalie", "playoffs"), unless=("treaty",)),
    )
    assert wrong_terms(document) == []
    assert unknown_contexts(document, file) == []


def test_a_context_nobody_defines_names_its_line_and_the_nearest() -> None:
    """In a topic, a veto and the anchors alike."""
    text = FILE.replace("near: [trade", "near: [trad").replace("unless: [treaty]\n        w", "w")
    document, file, _ = read(text.replace("anchors: [treaty]", "anchors: [treat]"))
    assert file is not None
    assert [str(problem) for problem in unknown_contexts(document, file)] == [
        "topics.yaml:1: the context 'treat' is not defined; did you mean 'treaty'?",
        "topics.yaml:17: the context 'trad' is not defined; did you mean 'trade'?",
    ]


def test_a_term_that_cannot_be_compiled_names_its_line() -> None:
    """Wherever terms stand: contexts, masks, vetoes, strong and weak, by language or not."""
    text = FILE.replace("importaciones", "(importa").replace("dairy quota*", "da*iry")
    document, _, problems = read(text.replace("new mexico", "x"))
    assert problems == []
    found = [str(problem) for problem in wrong_terms(document)]
    assert [line.split(":")[1] for line in found] == ["4", "5", "14"]


def test_terms_that_are_neither_a_list_nor_lists_by_language_are_said_plainly() -> None:
    """A value that may be a list or a map is never answered with the names of types."""
    _, _, problems = read(FILE.replace("masks: [new mexico]", "masks: new mexico"))
    assert problems == ["topics.yaml:5: masks: must be a list, not 'new mexico'"]
    _, _, problems = read(FILE.replace("{en: [imports]", "{en: [5]"))
    assert problems == [
        "topics.yaml:4: contexts.trade.en.0: must be text (a number or a date needs quotes)"
    ]
    _, _, problems = read(FILE.replace("terms: [milk]", "terms: [7]"))
    assert problems == [
        "topics.yaml:16: topic 'dairy': weak.0.terms.0: must be text (a number or a date needs "
        "quotes)"
    ]
    _, _, problems = read(FILE.replace("{en: [imports]", "{de: [x]"))
    assert len(problems) == 1
    assert "must be one of any, en, es, fr, not 'de'" in problems[0]


def test_a_file_without_topics_is_an_error() -> None:
    """An empty list is a slip, and said once."""
    _, _, problems = read("topics: []\n")
    assert problems == ["topics.yaml:1: topics: must not be empty"]

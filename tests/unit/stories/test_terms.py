import pytest

from bot.stories.terms import stem, summed


def keys(text, *, names=False):
    ranked, named = summed("", text)
    return named if names else {key for _, key in ranked}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("a tariff of 35 percent", "35%"),
        ("un arancel de 35 por ciento", "35%"),
        ("un tarif de 17,09 %", "17.09%"),
        ("a duty of 17.090%", "17.09%"),
        ("1,200 workers", "1200"),
        ("1 200 débardeurs", "1200"),
        ("on October 5", "10-05"),
        ("le 5 octobre", "10-05"),
        ("el 5 de octubre", "10-05"),
        ("magnitude 6 . 1 quake", "6.1"),
        ("el acero canadiense", "=steel"),
        ("l'acier canadien", "=steel"),
    ],
)
def test_figures_days_and_goods_are_one_term_in_three_languages(text, key):
    """What is written in several ways, or languages, becomes the same term."""
    assert key in keys(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the suspension was lifted", "levantaron la suspensión"),
        ("herds of Chihuahua wait", "esperan becerros chihuahuenses"),
        ("two negotiators left", "deux négociateurs sont partis"),
        ("labor agreements", "labour agreement"),
    ],
)
def test_words_of_one_root_are_one_term_in_three_languages(one, other):
    """Seven letters, and the lexicon in either number."""
    assert keys(one) & keys(other)


@pytest.mark.parametrize("text", ["until April 30", "hasta el 30 de abril", "avant le 30 avril"])
def test_a_day_is_one_term_and_its_month_no_second(text):
    """Two events that share a date share one thing."""
    assert keys(text) == {"04-30"}


def test_the_name_of_the_united_states_is_no_word():
    """Two short letters in every Spanish headline say nothing of what happened."""
    assert keys("los EU y EE. UU. de los Estados Unidos, les États-Unis") == set()


def test_names_are_told_by_their_capitals():
    """A capital inside a sentence is a name, in a heading or at its start it may be none."""
    assert "saltill" in keys("The plant is in Saltillo and has few workers there now", names=True)
    assert "saltill" not in keys("Union Wins Vote At Saltillo Plant After Long Fight", names=True)
    assert "plant" not in keys("The plant closed. Plant managers said nothing about it", names=True)


def test_grammar_weighs_nothing_and_common_words_little():
    """Words of any report are left out or come last."""
    ranked, _ = summed("", "the officials said this week that Lakehead closes")
    assert ranked[0][1] == stem("lakehead")
    assert "the" not in [key for _, key in ranked]


def test_a_title_counts_more_than_the_body():
    """The same word weighs more where it stands in the title."""
    ranked, _ = summed("headstone", "gravel")
    assert [key for _, key in ranked] == [stem("headstone"), "gravel"]


@pytest.mark.parametrize(
    ("word", "stemmed"), [("talks", "talk"), ("closing", "clos"), ("uses", "uses")]
)
def test_stems_are_never_shorter_than_four_letters(word, stemmed):
    """Endings go where enough of the word stays."""
    assert stem(word) == stemmed

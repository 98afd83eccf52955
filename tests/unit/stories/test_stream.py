from bot.domain.reading import Lang, Reading
from bot.stories.stream import cluster_stream


def read(_entry, _now):
    return Reading(lang=Lang.EN)


def test_documents_keep_their_ids_and_order():
    """Each document gets its answer in turn, its id as given; one without an id gets its number."""
    text = "Longshore workers strike the Port of Montreal and close all container terminals"
    documents = [{"id": "a", "text": text}, {"title": "Sawmill closes"}, {"id": 7, "content": text}]
    assert list(cluster_stream(documents, read)) == [("a", "s1"), (2, "s2"), (7, "s1")]


def test_an_answer_comes_before_the_next_document_is_asked_for():
    """An entry is placed knowing only those before it."""

    def documents():
        yield {"id": "a", "text": "one"}
        raise AssertionError("asked for too early")

    assert next(cluster_stream(documents(), read)) == ("a", "s1")

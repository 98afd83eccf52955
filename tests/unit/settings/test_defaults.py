import pytest

from bot.errors import ConfigError
from bot.settings import defaults, schemas


def test_the_defaults_are_copied_once_and_never_over_something(tmp_path) -> None:
    """`init` writes the four files and their schemas; a second time it writes nothing and says why."""
    target = tmp_path / "new" / "config"
    written = defaults.copy_defaults(target)
    assert {path.name for path in written} == {*defaults.FILES, *schemas.texts()}
    assert (target / "feeds.yaml").read_bytes() == (defaults.packaged() / "feeds.yaml").read_bytes()
    (target / "bot.yaml").unlink()
    with pytest.raises(ConfigError, match=r"feeds\.yaml.* is there already; nothing was written"):
        defaults.copy_defaults(target)
    assert not (target / "bot.yaml").exists()


def test_a_place_that_cannot_be_written_is_an_error_with_its_reason(tmp_path) -> None:
    """A file where a folder is wanted."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(ConfigError, match="cannot be written: File exists"):
        defaults.copy_defaults(tmp_path / "file")


def test_the_schemas_in_the_repository_are_current(tmp_path) -> None:
    """`config/schema/` holds what the models say today; `usmca-bot` writes it anew on request."""
    folder = defaults.packaged() / "schema"
    kept = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.json")}
    assert kept == schemas.texts()
    assert {path.name for path in schemas.write(tmp_path / "schema")} == set(kept)


def test_every_key_of_a_schema_is_described_or_speaks_for_itself() -> None:
    """Editors show the docstrings, and mark unknown keys."""
    text = schemas.texts()["bot.json"]
    assert "No feed is polled more often; down to 1 s." in text
    assert '"additionalProperties": false' in text

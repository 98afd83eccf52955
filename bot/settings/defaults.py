"""Where the configuration is looked for, and the copy of it that the program carries."""

from pathlib import Path
from shutil import copyfile

import bot
from bot.errors import ConfigError

FILES = ("feeds.yaml", "topics.yaml", "timeline.yaml", "bot.yaml")


def packaged() -> Path:
    """Return the folder of the configuration that comes with the program.

    In a wheel it lies inside the package, in a checkout beside it.
    """
    package = Path(bot.__file__).parent
    inside = package / "config"
    return inside if inside.is_dir() else package.parent / "config"


def directory(given: Path | None, here: Path) -> Path:
    """Return the folder to read: the one given, else `config/` in `here`, else the packaged one.

    Raises ConfigError where a folder was given and is none.
    """
    if given is None:
        own = here / "config"
        return own if own.is_dir() else packaged()
    if given.is_file():
        raise ConfigError(f"{given} is a file: --config names the folder that holds it")
    if not given.is_dir():
        raise ConfigError(
            f"{given} is not a folder: 'usmca-bot init {given}' makes it with the default files"
        )
    return given


def copy_defaults(target: Path) -> list[Path]:
    """Copy the packaged files, with their schemas, into a folder, and return what was written.

    Raises ConfigError, before anything is written, where one of them is there already.
    """
    source = packaged()
    pairs = [(source / name, target / name) for name in FILES]
    pairs += [
        (path, target / "schema" / path.name) for path in sorted(source.glob("schema/*.json"))
    ]
    taken = [str(to) for _, to in pairs if to.exists()]
    if taken:
        raise ConfigError(
            f"{', '.join(taken)} is there already; nothing was written: name another folder"
        )
    try:
        for _, to in pairs:
            to.parent.mkdir(parents=True, exist_ok=True)
        return [Path(copyfile(path, to)) for path, to in pairs]
    except OSError as error:
        raise ConfigError(f"{target} cannot be written: {error.strerror}") from error

"""``python -m bot`` and ``usmca-bot``.

Nothing is imported until it runs: each child process that parses feeds loads this module again, and
would pay a second and 60 MB for a command line that it never uses.
"""

from bot import garbage


def main() -> None:
    """Run the command line."""
    garbage.loading()
    from bot.cli import main as run

    run()


if __name__ == "__main__":
    main()

"""``python -m bot`` and ``usmca-bot``.

Nothing is imported until it runs: each child process that parses feeds loads this module again, and
would pay a second and 60 MB for a command line that it never uses.
"""

import gc


def main() -> None:
    """Run the command line."""
    # a module's things stay: looking for garbage among them takes a twentieth of a command's time
    gc.disable()
    from bot.cli import main as run

    run()


if __name__ == "__main__":
    main()

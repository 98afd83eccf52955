"""``python -m bot`` and ``usmca-bot``."""

from bot.cli import main

if __name__ == "__main__":
    main()

"""Feeds: fetching them politely, parsing them safely, and one module for each odd source."""

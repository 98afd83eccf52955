"""EDGE: the HTTP server: pages, API, calendars, health, metrics, and the platforms' own calls."""

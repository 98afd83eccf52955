"""EDGE: the HTTP server: health, metrics, and the platforms' own calls."""

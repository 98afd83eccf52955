"""The way out to the web: which addresses are refused, and how a session is set up."""

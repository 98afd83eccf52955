"""EDGE: what is run when. A job is only a nudge; the tables say what is due."""

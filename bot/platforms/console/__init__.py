"""The terminal: alerts as panels, answers to commands."""

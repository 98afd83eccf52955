"""Slack: alerts in Block Kit, commands over Socket Mode or signed HTTP requests."""

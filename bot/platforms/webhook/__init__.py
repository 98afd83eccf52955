"""Outgoing webhooks: every alert as signed JSON, for people who build on it."""

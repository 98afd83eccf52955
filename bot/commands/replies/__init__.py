"""Composers: what a service found becomes a reply, in the reader's words. Pure."""

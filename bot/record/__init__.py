"""The record: what is known about the treaty and its tariffs, dated, with sources."""

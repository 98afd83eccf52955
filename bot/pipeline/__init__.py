"""The order of calls and the transactions around them; every decision is made in a pure room.

ingest ──► (alert rows) ──► fanout ──► (delivery rows) ──► deliver ──► (receipts)
"""

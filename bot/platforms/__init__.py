"""The places where people read and ask: one room for each platform."""

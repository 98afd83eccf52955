"""When a feed is polled next, what of a poll is told, and the arithmetic of politeness. Pure."""

"""Discord: embeds out by REST, `/usmca` in by the gateway or by signed HTTP requests."""

"""Everything else (Teams, e-mail, Telegram, Matrix, webhooks …) through Apprise."""

"""Stories: which entries tell of one event, what the story says, and what is new about it. Pure."""

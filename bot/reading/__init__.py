"""Reading: what an entry says, in pure functions. Text in, facts with their sentences out."""

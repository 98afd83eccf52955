"""What the people who run the bot decided: the environment and the files of `config/`.

A package rather than one module, because it holds a model for each of four files. `load.load` is
the one way in: it reads everything, checks everything, and gives a frozen `Settings` or stops with
a ConfigError that lists every problem with its file, its line and what would be right. No other
room reads the environment or these files; edges are handed plain values.
"""

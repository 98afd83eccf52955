"""When Python looks for garbage: never among what the program loaded, seldom among what a poll makes.

Most of what a program loads stays until it ends, and a poll makes thousands of values that are freed
without a search. What a search finds is what holds on to itself: exceptions, closed connections.
"""

import gc

_YOUNG = 10_000
"""New things before garbage is looked for among them (Python's own measure is 700)."""
_MIDDLE, _OLD = 20, 50
"""How many searches among younger things come before one among older ones."""


def loading() -> None:
    """Stop looking while modules are loaded: it would take a twentieth of a command's time."""
    gc.disable()


def loaded() -> None:
    """Look from now on, but not among what is there already. Calling it twice does no harm."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
    gc.set_threshold(_YOUNG, _MIDDLE, _OLD)

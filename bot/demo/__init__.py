"""The demonstration: sample feeds, invented for it, and a local server that plays them."""

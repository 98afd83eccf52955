"""EDGE: the only room that speaks SQL. One module for each aggregate, the same on both databases."""

"""The nouns: frozen values that every room speaks of. They import nothing but each other."""

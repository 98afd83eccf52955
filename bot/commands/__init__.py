"""One grammar for every platform: words in, a neutral reply out."""

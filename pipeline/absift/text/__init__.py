"""Text to tokens, numbers, sentences and sections: pure functions, no spaCy."""

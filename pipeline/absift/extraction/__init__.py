"""What is done with one abstract, from its text to its record; knows nothing of spaCy."""

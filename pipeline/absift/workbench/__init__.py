"""Looking at rules and making them: what they do to texts, gold sets and each other."""

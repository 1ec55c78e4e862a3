"""Names of adverse events: the lexicon, its spelling rules and the look-up."""

"""The spaCy factories, one a step of the pipeline."""

"""The rule model, its pattern notation and the matcher that runs it."""

"""Gold corpora: checking them, counting them, and moving them between annotation formats."""

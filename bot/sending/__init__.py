"""From a committed turn to Telegram: the outbox, the pace it keeps, and the way out."""

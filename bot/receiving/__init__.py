"""From Telegram to a turn: updates arrive, are kept, read, and taken in order."""

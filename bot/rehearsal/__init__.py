"""The bot against the local Telegram: the demo, and recorded conversations played."""

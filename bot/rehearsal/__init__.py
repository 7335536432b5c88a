"""The bot against the local Telegram: the demo, its sample, and recorded conversations."""

"""A local Telegram: a Bot API server with a chat page, for the demo, for training staff, and for tests."""

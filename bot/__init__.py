"""The shell: Telegram, the durable turn, reminders, access and the command line."""

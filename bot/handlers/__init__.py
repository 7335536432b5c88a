"""What the bot does for each command, button and message: one topic a file."""

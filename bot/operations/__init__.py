"""What whoever runs the bot watches: health, numbers, alerts, the record of deeds, retention."""

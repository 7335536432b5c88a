"""The commands of `groundwork` that are more than a call."""

"""The shell: Telegram, the durable turn, reminders, access and the command line."""

import os

# python-telegram-bot tells how long to wait as a timedelta, its future way, only where the environment says so.
os.environ.setdefault("PTB_TIMEDELTA", "true")

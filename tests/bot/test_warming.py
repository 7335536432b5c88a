"""What the bot loads before it begins."""

from __future__ import annotations

import subprocess
import sys

LOADED = """
import gc, sys
from bot.operations import warming
warming.up()
assert gc.get_freeze_count(), "what was loaded is spared"
import datetime as dt
from bot.people import working_hours
from flows import nouns
before = set(sys.modules)
for country in ("NP", "KE", "BO"):
    here = nouns.Institution("Jitegemea", country, "KES", "Africa/Nairobi")
    working_hours.Calendar(here).works(dt.date(2027, 1, 4))
print(sorted(set(sys.modules) - before))
"""


def test_no_countrys_calendar_is_left_to_load() -> None:
    done = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("[]", "")

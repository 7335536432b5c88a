"""Every limit of the shell, each with its reason."""

from __future__ import annotations

import datetime as dt

MESSAGE_UNITS = 4096
"""UTF-16 units in a message; Telegram refuses more."""

SHORT_MESSAGE_UNITS = 3500
"""Where our own long lists are cut, so that escaping never pushes them over MESSAGE_UNITS."""

BUTTON_TEXT = 64
"""Characters on a button; phones cut longer ones."""

SHARED_CHARACTERS = 150
"""Of a question that is sent to a colleague: each may take twelve in the address, and Telegram takes some 2,000."""

CHOICES_A_PAGE = 12
"""Choices shown at once; more would push the question off a small phone's screen."""

LINES_A_PAGE = 10
"""Answers a page of the review: each has a button."""

MESSAGES_A_SECOND = 28
"""Telegram allows a bot about 30 messages a second over all chats; two are left for the unforeseen."""

BURST = 2
"""Messages to all chats that may go at once: with MESSAGES_A_SECOND 30 a second, but for what the network bunches."""

MESSAGES_WITHIN_A_SECOND = 30
"""Messages of one worker of which Telegram may have taken each within the same second, bunched or not."""

ARRIVING_SECONDS = 2.0
"""How long a message counts as on its way to Telegram; most are there in a tenth of that, a plan over a slow line is not."""

MEMBERS_IN_A_ROW = 3
"""Messages to those who take part before one to a stranger, while both wait: a flood costs them a quarter of the pace."""

CHAT_BURST = 6
"""Messages that one chat may get at once before the pace binds; Telegram tolerates short bursts."""

INVITATION_LIFE = dt.timedelta(days=14)
"""Branch staff may see the link days later; an old one is replaced by a press."""

INVITATION_TRIES_AN_HOUR = 5
"""Wrong links that one person may try; 128-bit tokens cannot be guessed at that pace."""

DELIVERY_ATTEMPTS = 20
"""Tries before a message may be given up; they take a quarter of an hour, so that no jump of the clock ends it."""

DELIVERY_LIFE = dt.timedelta(days=2)
"""How old a message must be to be given up; Telegram was never away for so long."""

LONGEST_WAIT = dt.timedelta(minutes=1)
"""The longest pause between two tries of one call: so soon after an outage everybody hears of the bot again."""

STORAGE_WAIT = dt.timedelta(seconds=5)
"""The longest pause between two tries to write: so soon after somebody made room the bot goes on."""

CONFLICTS = 6
"""Refusals in a row, over a quarter of a minute, that show another poller; one may be our own call before a cut."""

START_TRIES = 3
"""Of the first call, over two seconds: a gateway that stumbles once is no reason to end. What started us comes later."""

FETCH_TRIES = 3
"""Of a file that was sent: who sent it waits, and after so many knows best whether to send it once more."""

FETCH_WAIT = dt.timedelta(seconds=10)
"""The longest wait that Telegram may ask for before a file: nobody watches a silent chat for longer."""

POLL_SECONDS = 30
"""How long one getUpdates call waits for something new."""

STOP_SECONDS = 10
"""How long a graceful stop may take: to finish what is under way, and to close."""

CLOSE_SECONDS = 1
"""How much of that is for closing; what is not finished by then is left, and done at the next start."""

REMINDER_TICK_SECONDS = 5
"""How often due reminders are looked for; cheap, and no reminder needs more precision."""

MOVED_CLOCK_TICK_SECONDS = 1
"""The same where a demo or a recording moves the clock: somebody waits for what a day later brings."""

REMINDER_LEASE = dt.timedelta(minutes=5)
"""How long a claimed reminder is held; after a crash it is due again."""

ALERT_SECONDS = 60
"""How often the bot looks whether something needs a person who runs it."""

ALERT_AGAIN = dt.timedelta(days=1)
"""When a trouble that goes on is told again."""

ALERTS_APART = dt.timedelta(hours=1)
"""Between two messages that count faults: a storm of them is one message, not hundreds."""

REMINDERS_GATHERED = dt.timedelta(hours=8)
"""What falls due so soon comes with what is due now: one message a person, not one an hour."""

REMINDED_AT_ONCE = (8, 4, 2, 1)
"""Lines of one part of a reminder; fewer where all parts together would not fit into a message."""

REMINDER_BUTTONS = 6
"""Ways on under a reminder, beside putting it off."""

AGENDA_LINES = 12
"""Open questions on the agenda of a meeting; nobody talks through more."""

PEOPLE_NAMED = 8
"""People named in a sentence on who is late; the rest is counted."""

CAPTION_UNITS = 1024
"""UTF-16 units under a picture; Telegram refuses more."""

PEOPLE_WAITING = 1_000_000
"""People of whom the library is told that updates wait: it would hold back others behind those who wait for a file."""

PEOPLE_AT_ONCE = 256
"""People whose turns are begun: most wait for a place to be worked out; who waits for a file is not among them."""

TURNS_AT_ONCE = 48
"""Turns that are worked out at once: enough that they share reads and commits; of more, each takes longer."""

REMINDERS_A_TICK = 200
"""Reminders claimed at once, so that a storm does not hold the event loop."""

BRANCHES = 200
"""Branches in one assessment."""

NAME_CHARACTERS = 80
"""In a name of an institution or a branch."""

PROPERTIES = 40
"""That surveys may keep of one branch: all branches are read with every turn."""

PROPERTY_CHARACTERS = 500
"""In one of them; a longer text stays with the answers."""

COMMENT_CHARACTERS = 600
"""In a reviewer's comment."""

OUTBOX_READ = 100_000
"""Undelivered messages looked through for those of somebody who cannot be reached."""

FILES_AT_ONCE = 16
"""Turns whose files are fetched or read at once: with the largest files, 160 MB."""

FETCHED_BYTES = 10 * 1024 * 1024
"""Of a table, a form or a photo that somebody sends; Telegram hands bots at most 20 MB, and real ones have a tenth of one."""

FAULTS_SHOWN = 12
"""Wrong cells of a table that one message names; who mends them sees the rest next time."""

SURVEYS = 20
"""Surveys of one assessment; each is a section a branch, and nobody answers that many."""

SURVEY_FILES = 10
"""Files with data that one questionnaire may name."""

SURVEY_KEPT_BYTES = 3_000_000
"""Of a survey as it is kept and read for every answer; ten thousand questions have two million."""

SURVEY_COMPUTED_CHARACTERS = 400_000
"""Of all conditions and calculations of a survey: reading so many holds everybody up for half a second, and forms of hundreds of questions have a tenth of them."""

SURVEYS_REMEMBERED = 128
"""Surveys kept ready in memory; half of what the forms of all flows may take."""

COMPLAINTS_SHOWN = 8
"""Things wrong with a file that are told at once: enough to go and mend it."""

COMPLAINTS_COUNTED = 1_000
"""Things wrong with a file that are counted; whoever has as many begins anew."""

COMPLAINT_CHARACTERS = 350
"""Of one of them, so that all together fit into a message."""

VERSION_CHARACTERS = 40
"""Of a survey's version; the longest in use are a date, a time and a name."""

QUESTIONS_A_PAGE = 15
"""Questions a page of a survey's preview."""

CHANGES_NAMED = 3
"""Questions that a sentence on a new version names of each kind; the rest is counted."""

BRANCHES_NAMED = 10
"""Branches that a sentence on what a survey added or changed names; the rest is counted."""

FIGURES_A_PAGE = 20
"""Figures listed at once: a screen of a phone, and far from Telegram's 100 buttons."""

NUMBERS_A_ROW = 4
"""Buttons with a figure's number beside each other; more would cut 7.12.24."""

NUMBERS_ASSUMED = 4
"""Buttons to the numbers assumed under a figure; the text names all."""

LABEL_CHARACTERS = 80
"""Of what a figure is called in a list, where somebody else may have worded it."""

TRACE_CHARACTERS = 240
"""Of one line of a figure's trace: an answer may be a page of text."""

CHANGES_A_TOPIC = 3
"""Changes of one topic that /changes says: with ten topics about what a message holds; the plan lists more."""

CHANGE_CHARACTERS = 200
"""Of one of them: questions and answers may be long."""

SENT_BYTES = 50_000_000
"""Of a file; Telegram takes no larger one from a bot."""

SEATS_SHOWN = 90
"""Seats with a button in the list of people; Telegram takes 100 buttons a message."""

WIDE_BUTTON = 40
"""Letters of our own words on a button that has a row for itself: about the width of a small phone."""

CROWDED_BUTTON = 22
"""Letters on a button that shares its row with one or two others."""

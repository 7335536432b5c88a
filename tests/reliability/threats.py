"""The register of threats: each with its tests, the number to beat, and how the number is measured."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import msgspec

from tests.reliability import (
    disks,
    figures,
    hostile_files,
    kills,
    malice,
    refusals,
    restoring,
    soak,
    stops,
    storms,
    strangers,
    unrun,
)

ROWS = "tests/reliability/test_rows.py::test_the_numbers_are_met"
"""Measures every row that has a measurement of its own, at a small size."""

Measure = Callable[..., Awaitable[list[figures.Figure]]]
"""Given a folder and `full`: what was measured."""


class Threat(msgspec.Struct, frozen=True):
    """Something that may go wrong, or somebody who may try to get in."""

    number: int
    threat: str
    beat: str
    how: str
    """What is done to find out."""
    tests: tuple[str, ...] = ()
    """Files of tests, beside the measurement itself."""
    measure: Measure | None = None
    """What `python -m tests.reliability` runs; None where the tests named are what is counted."""
    missed: str = ""
    """Where the number is missed at full size: why, and what would be needed."""

    @property
    def names(self) -> tuple[str, ...]:
        """The tests that hold the number."""
        own = (f"{ROWS}[{self.number}: {self.threat}]",) if self.measure is not None else ()
        return own + self.tests

    @property
    def command(self) -> str:
        """What repeats it at full size."""
        return f"python -m tests.reliability {self.number} --full" if self.measure or self.tests else ""


THREATS: tuple[Threat, ...] = (
    Threat(
        1,
        "The power goes, or the process is killed, at any write",
        "0 lost, 0 doubled, database whole, at least 1,000 kills; a message sent and not yet noted comes twice at most",
        "The whole bot, forked so that it starts quickly, ends itself with SIGKILL before each statement that writes and "
        "before and after each call of Telegram, one step after the other; three restarts in ten "
        "are to be killed as well. Then Telegram hands out every update once more, shuffled, and answers, messages and how many rows each "
        "table has are compared with an undisturbed life. Seven scenes: a conversation of four people; somebody "
        "joins, hands a question on, is erased; an assessment is made, a section handed in; a colleague answers, a template is "
        "taken; a survey is added; the last signature, with the plan made of it; reminders, overview and the end of the record "
        "of deeds on a Monday. Only the last word to somebody who was erased may be lost: nothing of them is kept, not that it is "
        "still to be said either. After that the conversation with SIGTERM. "
        "Loss of power is played by SIGKILL only: what the system had not yet written to the disk is not lost by it "
        "([0051](decisions/0051-kills-at-every-step.md)).",
        ("tests/bot/test_restart.py",),
        stops.measure,
    ),
    Threat(
        2,
        "Updates come twice, or in another order",
        "the same answers, places and messages as in order",
        "Every update of four people’s conversation comes three times at once, shuffled.",
        ("tests/bot/test_restart.py", "tests/storage/test_port.py"),
        kills.measure_shuffles,
    ),
    Threat(
        3,
        "Telegram refuses, is slow, or the line is cut",
        "everything delivered, in order in each chat, never before retry_after; at most one double a cut",
        "Four people’s conversation while three calls in ten fail: asked to wait a second, 500, 502, cut before and after "
        "Telegram took it, slow; then each method that they make the bot call fails once in each way, and those that it calls where a file is sent, "
        "where one is made, and where Telegram calls it. A bot that says what is wrong and ends, as where getMe is refused, "
        "is started again, as by its service manager.",
        ("tests/bot/test_faults.py",),
        refusals.measure,
    ),
    Threat(
        4,
        "The disk is full, or may only be read",
        "no answer acknowledged that is not kept; goes on by itself within 10 s of space",
        "A disk of 16 MB is filled but for so many bytes, each time another page’s worth, while four people write; then "
        "there is room again. Then an ext4 disk is turned read-only by the kernel, as after an error of the disk, while the bot has its "
        "files open and some of what waits is handled. As the kernel lets nobody write to that mount again, the bot is "
        "ended, the disk checked and mounted anew, and the bot started: what was shown before is compared with what that "
        "disk then holds. It takes root to mount them.",
        ("tests/storage/test_opening.py",),
        disks.measure_full,
    ),
    Threat(
        5,
        "The database is locked, or damaged",
        "no loss; damage found at the start, nothing written, the restore command named",
        "Another program holds the database while four people write. Then one bit of the file is turned at a time, "
        "and the database opened and read whole; then a damaged one is restored. The start opens every sealed body "
        "([0089](decisions/0089-every-body-opened.md)); most of the file are pages and space that hold nothing. The tests named "
        "turn a bit in each table, and empty the file.",
        (
            "tests/storage/test_opening.py",
            "tests/storage/test_bodies.py",
            "tests/storage/test_first_start.py",
        ),
        disks.measure_damage,
    ),
    Threat(
        6,
        "The clock jumps; summer time, leap days, every branch’s own zone",
        "each reminder once, never at night, none left out",
        "Two months in ten time zones, with a restart each night; every change of clocks in two years, in every zone there is; "
        "leap days; the machine’s clock a year ahead for days, and a year behind; and nothing is erased by it. "
        "`python -m tests.reminding` lives through half a year in thirty zones.",
        ("tests/reminding/test_reminding.py", "tests/reminding/test_clock.py", "tests/bot/test_archiving.py"),
    ),
    Threat(
        7,
        "Three days away, and 10,000 reminders are due",
        "one message a person, at most 30 a second and one a second a chat, no 429, in about 334 s",
        "Each of 10,000 people has two reminders that fell due while the bot was away for three days; it starts on a "
        "working day at ten, against a Telegram that refuses what comes too fast.",
        ("tests/bot/test_reminders.py",),
        storms.measure_reminders,
    ),
    Threat(
        8,
        "10,000 people write at once",
        "p95 of a turn under 300 ms, at least 500 updates a second, under 500 MB, 0 lost",
        "10,000 people’s twenty answers each wait when the bot starts; bot and local Telegram share the machine. The time of "
        "a turn is the bot’s own histogram’s, from when it has a place. Then one person’s thousand messages and ten thousand "
        "strangers. That no update is lost is told by the answers, one for each.",
        ("tests/bot/test_turnstile.py",),
        storms.measure_everybody,
        "A turn takes one core two to three milliseconds, a third of them for keeping it and a fifth for calls of Telegram, and "
        "Python works on one core; 48 are worked out at a time ([0083](decisions/0083-many-at-once.md)). More a second take "
        "several workers on PostgreSQL.",
    ),
    Threat(
        9,
        "Hostile text: directions, marks, control characters, too long",
        "no exception, no refused message, every file opens",
        "The tests named: a corpus as names and answers, in chat, Word and tables.",
        ("tests/bot/test_hostile_text.py", "tests/document_templates/test_hostile.py"),
    ),
    Threat(
        10,
        "Markup in what people write",
        "no entity that was not ours, no “can't parse entities”",
        "The tests named; the local Telegram parses as strictly as Telegram.",
        ("tests/bot/test_hostile_text.py",),
    ),
    Threat(
        11,
        "Jinja in answers",
        "printed as typed, nothing evaluated",
        "The tests named.",
        ("tests/document_templates/test_hostile.py", "tests/document_templates/test_any_answer.py"),
    ),
    Threat(
        12,
        "A malicious template",
        "nothing executed, ended within 5 s and 1 GB",
        "Every template of the corpus, two that know no end, and ten whose code would leave a file, are checked by the process "
        "that the bot starts for one that was sent: seconds with its start, and the most memory that it ever held. Those with "
        "code and those without end are then filled as well, as a preview is, as if no check had refused them: the kernel "
        "ends one after fifteen seconds of computing and not after five, for an honest one takes more ([0041](decisions/0041-computing-apart.md)); nobody waits for "
        "it in chat. The tests named say with which sentence each is refused.",
        ("tests/document_templates/test_bad_templates.py", "tests/document_templates/test_sandbox.py"),
        malice.measure,
    ),
    Threat(
        13,
        "Formulas in tables",
        "no cell that computes what somebody typed",
        "The tests named: leads of formulas in answers and names, in the export, in tables sent out, and in the plan’s annex.",
        (
            "tests/flows/test_responses.py",
            "tests/flows/worksheets/test_worksheets.py",
            "tests/planning/exports/test_annex.py",
        ),
    ),
    Threat(
        14,
        "Zip bombs, oversized and mistyped files, XXE, links to the outside",
        "refused within 1 s and 50 MB, before unpacking",
        "Every file of the corpora of Word templates, spreadsheets, forms and photos, and of those that are sent at every door in "
        "chat, goes through the code of the door that it belongs to, in a fork of a warm process: the time until it is "
        "refused, and how far the most memory that the fork ever held lies above what it held before, with the file at hand. "
        "For templates, forms and photos the bot starts a process of its own, whose start is not in the time. A form that is "
        "no bomb and yet takes long may take that process 20 seconds and 800 MB "
        "([0090](decisions/0090-forms-read-apart.md)). The tests named say "
        "with which words each is refused, and try pictures that lie by chance.",
        (
            "tests/document_templates/test_archive.py",
            "tests/document_templates/test_bad_templates.py",
            "tests/flows/xlsform/test_hostile.py",
            "tests/flows/worksheets/test_worksheets.py",
            "tests/document_templates/test_shrinking.py",
            "tests/fuzzing/test_photos.py",
            "tests/flows/test_archives.py",
            "tests/bot/test_hostile_files.py",
        ),
        hostile_files.measure,
    ),
    Threat(
        15,
        "Forged buttons, old ones, other people’s",
        "0 changes; at most 64 bytes, opaque, checked against who presses and what stands",
        "Every button that six people of two institutions see, pressed by each of the others; the tests named forge what "
        "no button says.",
        ("tests/bot/test_buttons.py",),
        strangers.measure_buttons,
    ),
    Threat(
        16,
        "Guessed ids of another institution",
        "0 reads, 0 writes, the same reply as to what does not exist",
        "Every command, by three roles of another institution and by a stranger, with every kind of id of the first; the "
        "reply is compared with that which a twin, in an institution that is alike, gets to an id that nobody has.",
        ("tests/bot/test_access.py",),
        strangers.measure_ids,
    ),
    Threat(
        17,
        "Links guessed, used twice, or too old",
        "128 random bits, one person, 5 tries an hour; 0 of 10⁶ guesses, 0 replays",
        "Guesses of the right shape against the database, without the limit of five an hour; the tests named hold the "
        "limit, replay used links, and let them grow old, which they are after 14 days and not after three "
        "([0080](decisions/0080-life-of-links.md)).",
        ("tests/bot/test_invitations.py",),
        strangers.measure_guesses,
    ),
    Threat(
        18,
        "A webhook call without its secret",
        "all refused, compared in constant time, nothing parsed",
        "The tests named: no secret, nearly the secret, other methods, bodies that are too long, squeezed, cut off, late, or "
        "no update; then updates with a value or two of another kind, with the secret.",
        ("tests/bot/test_webhook.py",),
    ),
    Threat(
        19,
        "The disk is lost: backup and restore",
        "equal after the restore, under 5 minutes, database whole; older schemas too; at most a second lost where Litestream "
        "copies, else what came since the last backup; who is erased is gone from the machine within a minute beside Litestream",
        "A thousand people in twenty institutions have answered twelve questions each, and answer eight more while "
        "`groundwork backup` runs; then the machine is lost, and `groundwork restore` and the bot are started where there is "
        "nothing but the backup and the key. The hash, of the restored database and of the backup, is that of all records, "
        "sessions and answers, opened; the backup itself is held against the running bot's database row by row, as it was before "
        "and after. Of each schema that there ever was a database with something of every kind is backed up, restored and "
        "opened. Litestream, with what is deployed but a folder in the place of S3, copies a process that commits some sixty times "
        "a second; both are killed at a random moment, and the time is that from the oldest commit which is not in the replica to the end. It needs a "
        "release 0.3 of [Litestream](https://litestream.io) as `litestream` on the path, or named by `GROUNDWORK_LITESTREAM`. "
        "The way to S3 is not measured: it adds as long as one upload takes. Then eight people are erased, each on a quiet "
        "machine with Litestream, and every file beside the replica is searched for their sealed row until none holds it.",
        (
            "tests/storage/test_opening.py",
            "tests/storage/test_backup.py",
            "tests/storage/test_moving.py",
            "tests/storage/test_rotating.py",
        ),
        restoring.measure,
    ),
    Threat(
        20,
        "Somebody asks what is kept of them, or to be forgotten",
        "nothing left in live data; beside Litestream within a minute",
        "The tests named; how long it takes beside Litestream, and at most, is measured in 19.",
        ("tests/bot/test_privacy.py", "tests/bot/test_residue.py", "tests/bot/test_erasing.py"),
    ),
    Threat(
        21,
        "Somebody changes the audit log",
        "every single change found",
        "The tests named: each field of each line changed, lines taken out, exchanged and cut off. What is cut off at the end "
        "the owner sees by the head, which comes each week and not each day ([0055](decisions/0055-record-of-deeds.md)).",
        ("tests/storage/test_chain.py", "tests/bot/test_deeds.py"),
    ),
    Threat(
        22,
        "Secrets in logs",
        "0",
        "After every test whatever it and its processes logged is searched for tokens and the names of the sample institution, "
        "and after every one with a running bot also for names, typed words and links of its own people; "
        "the tests named are two of them, beside those of the lines themselves, of processes that end and of a database’s refusals.",
        (
            "tests/bot/test_privacy.py",
            "tests/bot/test_faults.py",
            "tests/bot/test_logs.py",
            "tests/document_templates/test_apart.py",
            "tests/storage/test_postgresql.py",
        ),
    ),
    Threat(
        23,
        "Code that no test runs, or whose faults none notices",
        "95 % of the branches of flows, planning, document templates, storage and bot run; of small faults put into flows, access control and "
        "storage 85 % noticed, and of each other it is written down why not",
        "Each package’s branches are counted while its own tests run, in the processes that they start too. Then small faults "
        "are put in one at a time: a comparison, a condition or a number changed, a statement left out, nothing returned; each "
        "is tried against the tests that run it. Which are tried is drawn with a fixed seed; small size takes a corner of each.",
        ("tests/mutating/test_planting.py",),
        unrun.measure,
    ),
    Threat(
        24,
        "Hours of use with kills every minute",
        "0 lost, memory growth under 5 %",
        "Twenty people type, tap and command at random for an hour and five answer one question after the other, while "
        "the bot is killed every minute; its memory just before each kill, the median of the first twenty lives beside "
        "that of the last. Then one life without a kill, warm after five minutes: its memory for twenty more, the median "
        "of the first five beside that of the last five.",
        (),
        soak.measure,
    ),
)

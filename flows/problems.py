"""Every reason for which an act is not taken: the code that a catalogue says, and the values it may name.

Where a flow's author wrote a message of their own, `Problem.text` carries it and is shown instead.
"""

from __future__ import annotations

from collections.abc import Mapping

CODES: Mapping[str, tuple[str, ...]] = {
    # the act does not fit what stands
    "stale": (),
    "not_applicable": (),
    "nothing_ticked": (),
    "none_stands_alone": (),
    "list_wants_buttons": (),
    "review_wants_buttons": (),
    "too_many_entries": ("limit",),
    "too_many_in_all": ("limit",),
    "too_many_counted": ("label", "n"),
    "review_first": (),
    "too_heavy": (),
    # words that cannot be read as this answer
    "empty": (),
    "too_long": ("length", "limit"),
    "not_a_number": ("given",),
    "one_number": ("given",),
    "too_many_numbers": ("n", "given"),
    "several_numbers": ("given", "n", "example"),
    "not_whole": ("given",),
    "rounded": ("given", "amount"),
    "number_too_large": (),
    "other_unit": ("given", "unit"),
    "not_a_date": ("given",),
    "no_such_date": ("given",),
    "date_too_far": ("given",),
    "not_a_time": ("given",),
    "not_a_moment": ("given",),
    "not_in_range": ("start", "end", "step"),
    "rank_all": ("n",),
    "acknowledge": (),
    "no_such_choice": ("given",),
    "not_a_place": ("given",),
    "no_such_place": (),
    "no_fix": (),
    "too_few_places": ("least",),
    "send_image": (),
    "send_file": (),
    "send_audio": (),
    "send_video": (),
    # a table that was sent back, and its rows and cells
    "table_unreadable": (),
    "table_too_large": (),
    "table_macros": (),
    "table_locked": (),
    "table_other": (),
    "table_merged": ("cells",),
    "table_all_merged": ("n",),
    "table_too_long": ("limit",),
    "table_too_far": ("row",),
    "table_formula": (),
    "table_unclear": ("given",),
    "table_not_asked": (),
    "table_no_such_choice": ("given",),
    "table_none_alone": (),
    "table_row_unknown": ("given",),
    "table_row_twice": ("given",),
    "table_branch_unknown": ("given",),
    "table_branch_other": ("given", "name"),
    "table_branch_twice": ("given",),
    "table_branch_none": (),
    # what was sent is not welcome here
    "wants_number": (),
    "wants_date": (),
    "wants_choice": (),
    "wants_place": (),
    "given_by_another": (),
    "attachment_not_asked": (),
    "attachment_unusable": (),
    "too_many_attachments": ("limit",),
    "location_not_asked": (),
    # the answer is not accepted
    "required": (),
    "constraint": (),
    "required_missing": ("label", "n"),
    # what a reviewer proposes
    "same_answer": (),
}

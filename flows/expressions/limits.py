"""How much one expression may ask for: forms come from outside, and none may hold up the bot."""

from __future__ import annotations

MAX_EXPRESSION_LENGTH = 32_767
"""Characters in one expression: what one cell of a spreadsheet can hold, the longest XLSForm there is."""

MAX_NESTING = 64
"""Brackets inside brackets: real forms stay under 20; each level costs Python's stack about five frames."""

MAX_HEIGHT = 150
"""Levels of the syntax tree, so that a chain such as `1 - 1 + 1 - 1 …` cannot exhaust Python's stack."""

MAX_VISITS = 1_000_000
"""Nodes, and states of regular expressions, that one evaluation may look at: under a second's work, and a
hundred times what a large form needs; an address in a text of a page takes a few thousand."""

MAX_VISITS_A_TURN = 3_000_000
"""What all evaluations of one act may look at together: some seconds' work, in which nobody else is answered."""

MAX_VISITS_AT_FIRST = 10_000_000
"""The same where a whole form is computed from its answers: the largest known take a hundredth of it."""

MAX_STRING_LENGTH = 1_000_000
"""Characters in one result: far over any answer, far under what would fill the memory."""

MAX_PATTERN_LENGTH = 1_000
"""Characters in a regular expression: an address pattern has about 100."""

MAX_PATTERN_STATES = 3_000
"""States of a compiled regular expression: `{n,m}` is unrolled, so `(a{99}){99}` would have 10,000."""

MAX_RANDOM_CHARACTERS = 10_000
"""Characters that `uuid(n)` may be asked for."""

MAX_DECIMALS = 30
"""Decimals that `round` may keep: a double holds 17 significant digits, and under 1e-30 nothing is measured."""

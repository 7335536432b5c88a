"""What only SurveyCTO has: its forms look like XLSForms, and nobody else can run these parts of them."""

from __future__ import annotations

from collections.abc import Mapping

FUNCTIONS: Mapping[str, str] = {
    "index": "Write position(..) in its place.",
    "rank-value": "Name the choice with selected-at(), or remove the row.",
    "count-if": "Write count() with a condition in square brackets.",
    "sum-if": "Write sum() with a condition in square brackets.",
    "rank-index": "Compute the rank with count() and a condition in square brackets.",
    "choice-label": "Write jr:choice-name() in its place.",
    "item-at": "Write selected-at() in its place.",
    "item-index": "Write selected() in its place.",
    "item-count": "Write count-selected() in its place.",
    "item-present": "Write selected() in its place.",
    "format-number": "Remove it.",
    "linebreak": "Write the text in several lines.",
    "duration": "Ask for start and end with rows of these types, and subtract.",
    "device-info": "Remove the row.",
    "phone-call-duration": "Remove the row.",
    "phone-call-log": "Remove the row.",
    "collect-is-phone-app": "Remove the row.",
    "relevant": "Repeat the condition itself.",
    "short-geopoint": "Remove it.",
    "hash": "Write digest() in its place.",
    "version": "Remove the row.",
    "username": "Add a row of the type username, and name it.",
    "plug-in-metadata": "Remove the row.",
    "distance-between": "Write distance() in its place.",
    "min-if": "Write min() with a condition in square brackets.",
    "max-if": "Write max() with a condition in square brackets.",
    "join-if": "Write join() with a condition in square brackets.",
}
"""Functions -> what to do in their place."""

TYPES = frozenset({
    "caseid", "comments", "text audit", "audio audit", "speed violations count", "speed violations list",
    "speed violations audit", "sensor_statistic", "sensor_stream", "calculate_here",
})  # fmt: skip
"""Types of questions."""

"""Digests of text."""

from __future__ import annotations

import base64
import hashlib

from flows.expressions import context, errors, values
from flows.expressions.functions.registry import Function, between

ALGORITHMS = {"MD5": "md5", "SHA-1": "sha1", "SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512"}
"""Those of XForms 1.1, by the names used there."""


def digest(_at: context.Context, text: values.Value, algorithm: values.Value, *encoding: values.Value) -> str:
    """The digest of the text in UTF-8, as base64, or as `hex`."""
    name = values.to_string(algorithm).upper()
    form = values.to_string(encoding[0]).lower() if encoding else "base64"
    if name not in ALGORITHMS:
        message = f"digest() knows {', '.join(ALGORITHMS)}, not “{name}”."
        raise errors.EvaluationError(message)
    if form not in {"base64", "hex"}:
        message = f"digest() writes base64 or hex, not “{form}”."
        raise errors.EvaluationError(message)
    content = values.to_string(text).encode("utf-8", "surrogatepass")
    made = hashlib.new(ALGORITHMS[name], content, usedforsecurity=False)
    return made.hexdigest() if form == "hex" else base64.b64encode(made.digest()).decode()


FUNCTIONS = (
    Function(
        name="digest",
        implementation=digest,
        counts=between(2, 3),
        example="digest(text, 'SHA-256', 'base64')",
    ),
)

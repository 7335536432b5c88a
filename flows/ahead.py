"""How many questions may still come, so that a count of questions shrinks on the way and does not grow.

A condition that looks at something not yet answered can still turn true. Questions inside the entries of a
list are not looked ahead at: how many entries there will be is anybody's guess.
"""

from __future__ import annotations

from flows import form, instance, keys, kinds


def count(living: instance.Instance, within: str = "") -> int:
    """Questions that do not apply yet but still may, with those of one entry of each list that stands empty.

    Those of one part alone where its key is given.
    """
    return sum(_coming(part, within) for part in living.root.parts)


def _coming(part: instance.Part, within: str) -> int:
    if isinstance(part, instance.Group):
        return sum(_coming(inner, within) for inner in part.parts)
    if not keys.is_in(part.key, within):
        return 0
    if isinstance(part, instance.Series):
        if part.relevant:
            return 0 if _is_said(part) else _questions(part.place)
        return 1 + _questions(part.place) if _may_apply(part) else 0
    if part.relevant:
        return int(not part.asked and _waits_for_choices(part))
    return int(part.place.kind not in kinds.SILENT and _may_apply(part))


def _waits_for_choices(question: instance.Question) -> bool:
    """Whether its choices come with an answer that is still open."""
    narrowed = question.place.formulas.get("choice_filter")
    living = question.instance
    return narrowed is not None and any(_is_open(living, place) for place in narrowed.behind)


def _is_said(series: instance.Series) -> bool:
    """Whether the list has entries, or its respondent said that it has none."""
    return series.complete or bool(series.numbers) or series.key in series.instance.session.answers


def _questions(place: form.Place) -> int:
    """Questions of one entry that are asked whatever the answers."""
    return sum(
        _questions(child) if child.children else int(child.kind not in kinds.SILENT)
        for child in place.children
        if "relevant" not in child.formulas
    )


def _may_apply(node: instance.Part) -> bool:
    """Whether every condition that keeps it away, its own or one around it, still hangs on something open."""
    around: instance.Part | instance.Holder = node
    while not isinstance(around, instance.Root):
        if not around.instance.holds(around, "relevant", otherwise=True):
            behind = around.place.formulas["relevant"].behind
            if not any(_is_open(node.instance, place) for place in behind):
                return False
        around = around.parent
    return True


def _is_open(living: instance.Instance, place: form.Place) -> bool:
    """Whether the value of what stands there is still to come."""
    node = living.find(place.path)
    if node is None or isinstance(node, instance.Entry):
        return False
    if not node.relevant:
        return _may_apply(node)
    if isinstance(node, instance.Series):
        return not _is_said(node)
    if isinstance(node, instance.Question) and node.asked:
        return node.answer is None
    formula = place.formulas.get("calculation")
    return formula is not None and any(_is_open(living, behind) for behind in formula.behind)

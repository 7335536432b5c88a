"""A whole XForm: model, body, texts, tables and actions together."""

from __future__ import annotations

from collections.abc import Mapping

from flows import dead_ends, errors, form, nouns, tables, xml
from flows.expressions import nodes
from flows.xforms import body, elements, entities, model, placing, remarking, texts
from flows.xlsform import remarks

NO_FILES: Mapping[str, bytes] = {}


class Read(nouns.Noun, frozen=True):
    """A form that runs here, and what is worth knowing about it."""

    flow: nouns.Flow
    remarks: tuple[remarks.Remark, ...] = ()


def load(text: str, *, files: Mapping[str, bytes] = NO_FILES, file: str = "") -> nouns.Flow:
    """The flow that an XForm describes; `files` are its attached tables by name. Raises FlowErrors."""
    return read(text, files=files, file=file).flow


def read(text: str, *, files: Mapping[str, bytes] = NO_FILES, file: str = "") -> Read:
    """The flow that an XForm describes, with remarks. Raises FlowErrors."""
    top = xml.parse(text, file=file)
    html = next(elements.inside(top), None)
    found = next(elements.below(html, "model"), None) if html is not None else None
    root = _root(found) if found is not None else None
    if html is None or found is None or root is None:
        what = "The form has no <model> with an <instance> that holds its questions."
        raise errors.FlowErrors([errors.FlowError(file, 0, what, "Give a form in ODK's XForms format.")])
    words = texts.Texts(found)
    identified = {
        elements.attribute(bind, "id"): elements.attribute(bind, "nodeset")
        for bind in elements.inside(found, "bind")
    }
    controls = body.Body(next(elements.below(html, "body"), None), words, identified, root.name)
    binds = {
        elements.absolute(elements.reference(bind, {}), f"/{root.name}"): bind
        for bind in elements.inside(found, "bind")
    }
    reader = model.Model(binds, controls.controls, words, file)
    made = reader.read(root)
    paths = _paths(made.items)
    for path, control in controls.controls.items():
        if body.own(path) not in paths and control.kind != "group":
            reader.wrong(
                control.element,
                f"The body's <{control.kind}> stands at {path}, which the primary instance does not have.",
                "Correct its ref, or add the element to the instance.",
            )
    if reader.errors:
        raise errors.FlowErrors(reader.errors)
    events = [*(body.Event(one, "") for one in elements.inside(found, *body.ACTIONS)), *controls.events]
    title = next(elements.below(html, "title"), None)
    spaces = _namespaces(top)
    prefix = next((f"{name}:" for name, uri in spaces.items() if uri == model.META), "")
    flow = nouns.Flow(
        id=elements.attribute(root, "id") or root.name,
        version=elements.attribute(root, "version") or "1",
        title=title.text.strip() if title is not None else "",
        children=model.with_identifier(made.items, prefix),
        language=words.default or "en",
        translations=words.by_language,
        tables=_tables(found, files),
        actions=tuple(_action(event, identified, root.name, paths) for event in events),
        entities=entities.read(found, root, binds),
        root=root.name,
        namespaces=spaces,
        entries=made.entries,
        values=made.values,
        file=file,
    )
    try:
        dead_ends.refuse(form.of(flow))
    except errors.FlowErrors as problem:
        places = placing.Places(root.name, binds, controls.controls)
        raise errors.FlowErrors(places.placed(problem.errors)) from None
    return Read(flow, remarking.of(html, found, controls.controls, words))


def _root(found: nodes.PlainNode) -> nodes.PlainNode | None:
    """The root element of the primary instance, which is the first."""
    for instance in elements.inside(found, "instance"):
        return next(elements.inside(instance), None)
    return None


def _paths(items: tuple[nouns.Item, ...]) -> set[str]:
    found: set[str] = set()
    for item in items:
        found.add(item.path)
        if not isinstance(item, nouns.Question):
            found |= _paths(item.children)
    return found


def _tables(found: nodes.PlainNode, files: Mapping[str, bytes]) -> dict[str, nouns.Table]:
    """The secondary instances, those from files read."""
    made: dict[str, nouns.Table] = {}
    for number, instance in enumerate(elements.inside(found, "instance")):
        name = elements.attribute(instance, "id")
        source = elements.attribute(instance, "src")
        if not name or number == 0:
            continue
        if source.endswith(remarking.LAST_SAVED):
            made[name] = nouns.Table()
        elif source:
            file = source.rpartition("/")[2]
            made[name] = tables.attached(file, files[file]) if file in files else nouns.Table(file)
        elif (content := next(elements.inside(instance), None)) is not None:
            made[name] = nouns.Table(xml=xml.written(content))
    return made


def _action(event: body.Event, binds: dict[str, str], root: str, paths: set[str]) -> nouns.Action:
    element = event.element
    value = elements.attribute(element, "value").strip()
    text = texts.words(element)
    target = elements.absolute(elements.reference(element, binds), event.source or f"/{root}")
    return nouns.Action(
        events=tuple(elements.attribute(element, "event").split()),
        target=body.own(target) if body.own(target) in paths else target,
        value=value or (elements.literal(text) if text else ""),
        source=body.own(event.source),
    )


def _namespaces(top: nodes.PlainNode) -> dict[str, str]:
    return {
        declared.name: declared.text
        for element in nodes.descendants(top)
        for declared in element.attributes
        if declared.kind is nodes.Kind.NAMESPACE and declared.name
    }

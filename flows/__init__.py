"""What to ask, what an answer means, and where a respondent stands: pure functions over frozen values.

    flow = loading.load(text, file="03_branch_power.yaml")
    session = engine.start(flow)
    turn = engine.advance(flow, session, nouns.Begin(), now=now, by="p1")
    turn.session, turn.effects        # the next session, and what to show, keep and tell

Begin with `nouns`, then `engine`; `form` and `instance` are how a flow is compiled and brought to life.
"""

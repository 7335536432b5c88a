"""Forms for measuring: XForms of any size in which every answer has equally many dependants."""

from __future__ import annotations

GROUP = 30
"""Questions of one group; its calculations look at these only."""

SHARE = 3
"""Each so-manieth node is a calculation."""


def made(nodes: int) -> str:
    """An XForm of so many questions and calculations, a third of them calculations of two neighbours."""
    data, binds, body = [], [], []
    for start in range(0, nodes, GROUP):
        names = [f"n{number}" for number in range(start, min(start + GROUP, nodes))]
        asked = [name for place, name in enumerate(names) if place % SHARE != SHARE - 1]
        computed = [name for place, name in enumerate(names) if place % SHARE == SHARE - 1]
        group = f"g{start // GROUP}"
        data.append(f"<{group}>{''.join(f'<{name}/>' for name in names)}</{group}>")
        for name in asked:
            binds.append(f'<bind nodeset="/data/{group}/{name}" type="int"/>')
            body.append(f'<input ref="/data/{group}/{name}"><label>{name}</label></input>')
        for place, name in enumerate(computed):
            one, other = asked[place], asked[(place + 1) % len(computed)]
            formula = f"/data/{group}/{one} * 2 + /data/{group}/{other}"
            binds.append(f'<bind nodeset="/data/{group}/{name}" type="int" calculate="{formula}"/>')
    return (
        '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head>'
        f'<h:title>Measured</h:title><model><instance><data id="measured">{"".join(data)}</data></instance>'
        f"{''.join(binds)}</model></h:head><h:body>{''.join(body)}</h:body></h:html>"
    )


def answers(nodes: int, count: int) -> list[tuple[str, int]]:
    """Paths of questions across the form, each with a number that it did not hold before."""
    made = []
    for turn in range(count):
        number = (turn * 37 % (nodes // GROUP)) * GROUP
        made.append((f"g{number // GROUP}/n{number}", turn + 1))
    return made


EXPRESSIONS = (
    "/data/g3/n90 * 2 + /data/g3/n91",
    "/data/g2/n60 > 3 and /data/g2/n61 < 9",
    "count(/data/g4/*)",
    "sum(/data/g4/n120 | /data/g4/n121)",
    "concat('a', /data/g1/n30, '-', /data/g1/n31)",
    "string-length(normalize-space(/data/g1/n33)) > 2",
    "not(/data/g5/n150 = 4)",
    "substring-before(/data/g0/n0, '.')",
    "/data/g6/n180 = '7' or /data/g6/n181 = ''",
    "round(/data/g7/n210 div 7)",
    "/data/g8/n240[. > 1]",
    "/data/g9/n270 != /data/g9/n271",
)
"""What forms say, in plain XPath 1.0: a calculation, conditions, a sum, a text."""

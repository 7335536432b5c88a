"""Small faults planted into a module: each lies dormant until it is called by its number.

All faults are in the code at once, each behind a question whether it is the one: the module is compiled a single
time, and what a test runs is known by what was asked.
"""

from __future__ import annotations

import ast
import copy

import msgspec

ASKED = "_fault_is_on_"
"""The name under which a module asks whether a fault is the one."""

COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip

COMPUTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult, ast.Mod: ast.Mult,
}  # fmt: skip

LOGS = frozenset({"log", "_log"})
"""What is called by these is for whoever runs the bot; tests of its words would only copy them."""

UNCHANGED = frozenset({"strict"})
"""Arguments that only say what we believe anyway."""


class Fault(msgspec.Struct, frozen=True):
    """One small change of the code."""

    number: int
    path: str
    place: str
    """The function or class in which it is."""
    line: int
    what: str

    @property
    def name(self) -> str:
        """What it is called as long as the code there stays as it is."""
        return f"{self.path} {self.place}: {self.what}"


def planted(source: str, path: str, first: int) -> tuple[ast.Module, list[Fault]]:
    """The module with its faults, numbered from `first`."""
    planter = _Planter(path, first)
    tree = planter.visit(ast.parse(source))
    ast.fix_missing_locations(tree)
    return tree, planter.faults


class _Planter(ast.NodeTransformer):
    def __init__(self, path: str, first: int) -> None:
        self.faults: list[Fault] = []
        self._path, self._first = path, first
        self._place: list[str] = []

    # --- how a fault is planted ----------------------------------------------------------------------

    def _asked(self, node: ast.AST, what: str) -> ast.Call:
        number = self._first + len(self.faults)
        place = ".".join(self._place) or "module"
        self.faults.append(Fault(number, self._path, place, getattr(node, "lineno", 0), what))
        return ast.Call(ast.Name(ASKED, ast.Load()), [ast.Constant(number)], [])

    def _either(self, node: ast.expr, wrong: ast.expr) -> ast.expr:
        """The wrong expression when its fault is on, else the node with the faults inside it."""
        asked = self._asked(node, f"{ast.unparse(node)} -> {ast.unparse(wrong)}")
        wrong = copy.deepcopy(wrong)
        return ast.copy_location(ast.IfExp(asked, wrong, self._inside(node)), node)

    def _inside(self, node: ast.expr) -> ast.expr:
        self.generic_visit(node)
        return node

    def _left_out(self, node: ast.stmt, what: str) -> ast.stmt:
        asked = self._asked(node, what)
        self.generic_visit(node)
        return ast.copy_location(ast.If(ast.UnaryOp(ast.Not(), asked), [node], []), node)

    # --- expressions ---------------------------------------------------------------------------------

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        other = COMPARED[type(node.ops[0])]
        return self._either(node, ast.Compare(node.left, [other(), *node.ops[1:]], node.comparators))

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.expr:
        other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        return self._either(node, ast.BoolOp(other, node.values))

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.expr:
        return self._either(node, node.operand) if isinstance(node.op, ast.Not) else self._inside(node)

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        other = COMPUTED.get(type(node.op))
        words = any(_is_text(side) for side in (node.left, node.right))
        return (
            self._inside(node)
            if other is None or words
            else self._either(node, ast.BinOp(node.left, other(), node.right))
        )

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        match node.value:
            case bool():
                return self._either(node, ast.Constant(not node.value))
            case int() | float():
                return self._either(node, ast.Constant(node.value + 1))
        return node

    def visit_IfExp(self, node: ast.IfExp) -> ast.expr:
        node.test = self._turned(node.test)
        node.body, node.orelse = self.visit(node.body), self.visit(node.orelse)
        return node

    def visit_comprehension(self, node: ast.comprehension) -> ast.comprehension:
        node.iter = self.visit(node.iter)
        node.ifs = [self._turned(one) for one in node.ifs]
        return node

    def _turned(self, test: ast.expr) -> ast.expr:
        """A condition that may be the other way round; those that have faults of their own are turned by these."""
        if isinstance(test, ast.Compare | ast.BoolOp | ast.UnaryOp):
            return self.visit(test)
        return self._either(test, ast.UnaryOp(ast.Not(), test))

    # --- statements ----------------------------------------------------------------------------------

    def visit_If(self, node: ast.If) -> ast.stmt:
        node.test = self._turned(node.test)
        node.body = self._block(node.body)
        node.orelse = self._block(node.orelse)
        return node

    def _block(self, statements: list[ast.stmt]) -> list[ast.stmt]:
        return [self.visit(one) for one in statements]

    def visit_Expr(self, node: ast.Expr) -> ast.stmt:
        call = node.value.value if isinstance(node.value, ast.Await) else node.value
        if not isinstance(call, ast.Call) or _is_log(call):
            return node
        return self._left_out(node, f"without {ast.unparse(node)}")

    def visit_Raise(self, node: ast.Raise) -> ast.stmt:
        return self._left_out(node, f"without {ast.unparse(node)}")

    def visit_Delete(self, node: ast.Delete) -> ast.stmt:
        return self._left_out(node, f"without {ast.unparse(node)}")

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.stmt:
        return self._left_out(node, f"without {ast.unparse(node)}")

    def visit_Assign(self, node: ast.Assign) -> ast.stmt:
        if all(isinstance(target, ast.Attribute | ast.Subscript) for target in node.targets):
            return self._left_out(node, f"without {ast.unparse(node)}")
        node.value = self.visit(node.value)
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.stmt:
        if node.value is not None:
            node.value = self.visit(node.value)
        return node

    def visit_Return(self, node: ast.Return) -> ast.stmt:
        if node.value is None or isinstance(node.value, ast.Constant):
            return self._visited(node)
        asked = self._asked(node, f"{ast.unparse(node)} -> return None")
        return ast.copy_location(ast.If(asked, [ast.Return(ast.Constant(None))], [self._visited(node)]), node)

    def visit_Continue(self, node: ast.Continue) -> ast.stmt:
        asked = self._asked(node, "continue -> break")
        return ast.copy_location(ast.If(asked, [ast.Break()], [node]), node)

    def _visited(self, node: ast.stmt) -> ast.stmt:
        self.generic_visit(node)
        return node

    # --- what is left as it is -----------------------------------------------------------------------

    def visit_Call(self, node: ast.Call) -> ast.expr:
        if _is_log(node):
            return node
        node.func = self.visit(node.func)
        node.args = [self.visit(one) for one in node.args]
        for one in node.keywords:
            if one.arg not in UNCHANGED:
                one.value = self.visit(one.value)
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.stmt:
        return self._named(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.stmt:
        return self._named(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.stmt:
        return self._named(node)

    def _named(self, node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) -> ast.stmt:
        """Its body; neither bases, decorators nor types say what is done."""
        self._place.append(node.name)
        if not isinstance(node, ast.ClassDef):
            node.args.defaults = [self.visit(one) for one in node.args.defaults]
            node.args.kw_defaults = [one and self.visit(one) for one in node.args.kw_defaults]
        node.body = self._block(node.body)
        self._place.pop()
        return node

    def visit_match_case(self, node: ast.match_case) -> ast.match_case:
        """A pattern holds no expressions."""
        if node.guard is not None:
            node.guard = self._turned(node.guard)
        node.body = self._block(node.body)
        return node

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.expr:
        """Words; how a number is written within them is tested where they are read."""
        return node


def _is_log(call: ast.Call) -> bool:
    made = call.func
    return isinstance(made, ast.Attribute) and isinstance(made.value, ast.Name) and made.value.id in LOGS


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str | bytes)
    )

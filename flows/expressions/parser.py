"""From text to syntax tree: XPath 1.0's grammar, with `${name}` as one more thing to begin with."""

from __future__ import annotations

from flows.expressions import checks, errors, limits, tokens, tree

FOREIGN_OPERATORS = {"==": "=", "||": "or", "=<": "<=", "=>": ">=", "<>": "!="}
"""Pairs of signs that other languages have, and what stands for them here."""


def parse(text: str, *, known: frozenset[str] = frozenset(), checked: bool = True) -> tree.Expression:
    """The tree of `text`; raises `ExpressionError` for what is no expression.

    Unknown functions and wrong numbers of arguments are errors too, unless `checked` is False: then only
    evaluating that call fails, as XPath's lazy `and`, `or` and `if` allow. `known` names the host's own functions.
    """
    parser = Parser(text)
    expression = parser.whole()
    measure(text, expression)
    if checked:
        checks.check_calls(text, parser.calls, known)
    return expression


def measure(text: str, expression: tree.Expression) -> None:
    """Refuses a tree higher than `MAX_HEIGHT`, level by level so that no depth can hurt the measuring."""
    level = [expression]
    height = 0
    while level:
        height += 1
        if height > limits.MAX_HEIGHT:
            problem = f"The expression is more than {limits.MAX_HEIGHT} levels deep"
            raise errors.ExpressionError(text, 0, problem, "Split it into several calculations.")
        level = [part for one in level for part in tree.parts(one)]


class Parser:
    """One pass over the tokens of one text; `calls` collects each call with the position of its name."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = tokens.tokens(text)
        self.index = 0
        self.nesting = 0
        self.calls: list[tuple[int, tree.Call]] = []

    # --- the token at hand ---

    @property
    def token(self) -> tokens.Token:
        """The token that is next."""
        return self.tokens[self.index]

    def ahead(self) -> tokens.Token:
        """The token after the next."""
        return self.tokens[min(self.index + 1, len(self.tokens) - 1)]

    def at(self, symbol: str) -> bool:
        """Whether the next token is this symbol."""
        token = self.token
        return token.kind == "symbol" and token.text == symbol

    def take(self, symbol: str) -> bool:
        """Steps over the symbol if it is next."""
        if self.at(symbol):
            self.index += 1
            return True
        return False

    def need(self, symbol: str, opened: tokens.Token) -> None:
        """Steps over the symbol, which closes what `opened`."""
        if not self.take(symbol):
            if self.token.kind == "end":
                problem = f"“{opened.text}” is opened and never closed"
                raise errors.ExpressionError(self.text, opened.position, problem, f"Add “{symbol}”.")
            raise self.unexpected(f"“{symbol}” or an operator is expected here.")

    def unexpected(self, advice: str) -> errors.ExpressionError:
        """The error that the next token does not fit."""
        token = self.token
        if token.kind == "end":
            return errors.ExpressionError(self.text, token.position, "The expression ends too early", advice)
        pair = self.tokens[self.index - 1].text + token.text
        if pair in FOREIGN_OPERATORS:
            advice = f"Write “{FOREIGN_OPERATORS[pair]}”."
        elif token.text.lower() in {"and", "or", "div", "mod"} and token.kind == "name":
            advice = f"Operators are written small: “{token.text.lower()}”."
        return errors.ExpressionError(self.text, token.position, f"“{token.text}” does not fit here", advice)

    # --- the grammar ---

    def whole(self) -> tree.Expression:
        """An expression and nothing after it."""
        if self.token.kind == "end":
            raise errors.ExpressionError(
                self.text, 0, "The expression is empty", "Write an expression or remove it."
            )
        expression = self.expression(1)
        if self.token.kind != "end":
            raise self.unexpected("An operator is expected here.")
        return expression

    def expression(self, tightest: int) -> tree.Expression:
        """Operands joined by operators that bind at least as tightly as `tightest`."""
        left = self.operand()
        flat = ""
        while True:
            token = self.token
            if token.kind not in {"operator", "symbol"}:
                return left
            precedence = tree.PRECEDENCE.get(token.text, 0)
            if precedence < tightest:
                return left
            self.index += 1
            right = self.expression(precedence + 1)
            if token.text == flat and isinstance(left, tree.Operation):
                left = tree.Operation(flat, (*left.operands, right))
            else:
                left = tree.Operation(token.text, (left, right))
            flat = token.text if token.text in tree.KEPT_FLAT else ""

    def operand(self) -> tree.Expression:
        """A path or value, with its minus signs; the union binds tighter than they do."""
        minuses = 0
        while self.take("-"):
            minuses += 1
        operand = self.expression(tree.PRECEDENCE["|"]) if minuses else self.path()
        for _ in range(minuses):
            operand = tree.Negation(operand)
        return operand

    def path(self) -> tree.Expression:
        """A location path, or a value that steps and predicates may follow."""
        if self.at("/") or self.at("//"):
            deep = self.token.text == "//"
            self.index += 1
            steps = (
                (tree.ANYWHERE_BELOW, *self.steps()) if deep else self.steps() if self.step_begins() else ()
            )
            return tree.Path(steps, absolute=True)
        if self.step_begins():
            return tree.Path(self.steps())
        value = self.primary()
        predicates = self.predicates()
        if predicates:
            value = tree.Filter(value, predicates)
        if self.at("/") or self.at("//"):
            deep = self.token.text == "//"
            self.index += 1
            steps = (tree.ANYWHERE_BELOW, *self.steps()) if deep else self.steps()
            return tree.Path(steps, start=value)
        return value

    def step_begins(self) -> bool:
        """Whether the next token begins a step rather than a value."""
        token = self.token
        if token.kind == "name":
            after = self.ahead()
            return not (after.kind == "symbol" and after.text == "(") or token.text in tree.NODE_TYPES
        return token.kind == "symbol" and token.text in {".", "..", "@", "*"}

    def steps(self) -> tuple[tree.Step, ...]:
        """Steps with `/` and `//` between them."""
        found = [self.step()]
        while self.at("/") or self.at("//"):
            if self.token.text == "//":
                found.append(tree.ANYWHERE_BELOW)
            self.index += 1
            found.append(self.step())
        return tuple(found)

    def step(self) -> tree.Step:
        """One step, abbreviated or in full."""
        if self.take("."):
            return tree.Step("self", tree.TypeTest("node"), self.predicates())
        if self.take(".."):
            return tree.Step("parent", tree.TypeTest("node"), self.predicates())
        axis = "child"
        if self.take("@"):
            axis = "attribute"
        elif self.token.kind == "name" and self.ahead().text == "::":
            axis = self.token.text
            if axis not in tree.AXES:
                advice = errors.did_you_mean(axis, tree.AXES)
                raise errors.ExpressionError(
                    self.text, self.token.position, f"There is no axis “{axis}”", advice
                )
            self.index += 2
        return tree.Step(axis, self.node_test(), self.predicates())

    def node_test(self) -> tree.NameTest | tree.TypeTest:
        """The name or the kind of node that a step asks for."""
        token = self.token
        if self.take("*"):
            return tree.NameTest("*")
        if token.kind != "name":
            raise self.unexpected("The name of a node is expected here.")
        self.index += 1
        if token.text in tree.NODE_TYPES and self.at("("):
            opened = self.token
            self.index += 1
            target = ""
            if token.text == "processing-instruction" and self.token.kind == "text":
                target = self.token.text[1:-1]
                self.index += 1
            self.need(")", opened)
            return tree.TypeTest(token.text, target)
        prefix, _, name = token.text.rpartition(":")
        return tree.NameTest(name, prefix)

    def predicates(self) -> tuple[tree.Expression, ...]:
        """Conditions in square brackets, as many as there are."""
        found: list[tree.Expression] = []
        while self.at("["):
            opened = self.token
            self.index += 1
            found.append(self.inside())
            self.need("]", opened)
        return tuple(found)

    def inside(self) -> tree.Expression:
        """An expression inside brackets, one level deeper."""
        self.nesting += 1
        if self.nesting > limits.MAX_NESTING:
            problem = f"More than {limits.MAX_NESTING} brackets stand inside each other"
            advice = "Split the expression into several calculations."
            raise errors.ExpressionError(self.text, self.token.position, problem, advice)
        expression = self.expression(1)
        self.nesting -= 1
        return expression

    def primary(self) -> tree.Expression:
        """A number, string, reference, call, or an expression in brackets."""
        token = self.token
        self.index += 1
        match token.kind:
            case "number":
                return tree.Number(float(token.text))
            case "text":
                return tree.Text(token.text[1:-1])
            case "reference":
                return tree.Reference(token.text[2:-1].strip())
            case "name":
                return self.call(token)
        if token.kind == "symbol" and token.text == "(":
            expression = self.inside()
            self.need(")", token)
            return expression
        self.index -= 1
        raise self.unexpected("A value, a ${name} or a function is expected here.")

    def call(self, name: tokens.Token) -> tree.Call:
        """The arguments of the function whose name was just read."""
        opened = self.token
        self.index += 1
        arguments: list[tree.Expression] = []
        if not self.at(")"):
            arguments.append(self.inside())
            while self.take(","):
                arguments.append(self.inside())
        self.need(")", opened)
        call = tree.Call(name.text, tuple(arguments))
        self.calls.append((name.position, call))
        return call

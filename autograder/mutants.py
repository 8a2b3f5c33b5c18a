"""Small mutations of a right solution: other operators, constants, conditions, one at a time."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterator
from dataclasses import dataclass

_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
}
_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}


@dataclass(frozen=True)
class Mutant:
    """A changed solution: `what` says the change in a few words, with its line."""

    what: str
    source: str


def mutants(source: str, limit: int = 40) -> list[Mutant]:
    """At most `limit` mutants of the source, spread evenly over it."""
    found = list(_all(source))
    if len(found) <= limit:
        return found
    step = len(found) / limit
    return [found[int(position * step)] for position in range(limit)]


def _all(source: str) -> Iterator[Mutant]:
    for position, node in enumerate(ast.walk(ast.parse(source))):
        if not isinstance(node, _MUTABLE):
            continue
        for variant in itertools.count():
            tree = ast.parse(source)
            changed = next(itertools.islice(ast.walk(tree), position, None))
            what = _mutate(changed, variant)
            if what is None or variant > 10:
                break
            text = ast.unparse(ast.fix_missing_locations(tree))
            yield Mutant(f"line {getattr(node, 'lineno', '?')}: {what}", text)


_MUTABLE = (
    ast.BinOp,
    ast.AugAssign,
    ast.Compare,
    ast.BoolOp,
    ast.If,
    ast.IfExp,
    ast.While,
    ast.comprehension,
    ast.Call,
    ast.UnaryOp,
    ast.Constant,
)


def _mutate(node: ast.AST, variant: int) -> str | None:
    """Changes the node in place; `None` when it has no variant of this number."""
    if isinstance(node, ast.BinOp | ast.AugAssign) and variant == 0 and type(node.op) in _ARITHMETIC:
        before = type(node.op).__name__
        node.op = _ARITHMETIC[type(node.op)]()
        return f"{before} becomes {type(node.op).__name__}"
    if isinstance(node, ast.Compare) and variant < len(node.ops) and type(node.ops[variant]) in _COMPARISONS:
        before = type(node.ops[variant]).__name__
        node.ops[variant] = _COMPARISONS[type(node.ops[variant])]()
        return f"{before} becomes {type(node.ops[variant]).__name__}"
    if isinstance(node, ast.BoolOp) and variant == 0:
        node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        return "and/or exchanged"
    if isinstance(node, ast.If | ast.IfExp | ast.While) and variant == 0:
        node.test = ast.UnaryOp(ast.Not(), node.test)
        return "condition negated"
    if isinstance(node, ast.comprehension) and node.ifs and variant == 0:
        node.ifs = node.ifs[1:]
        return "filter dropped"
    if isinstance(node, ast.Call) and node.keywords and variant < len(node.keywords):
        dropped = node.keywords.pop(variant).arg
        return f"argument {dropped} dropped"
    if isinstance(node, ast.UnaryOp) and variant == 0 and isinstance(node.op, ast.USub):
        node.op = ast.UAdd()
        return "minus sign dropped"
    if (
        isinstance(node, ast.Constant)
        and isinstance(node.value, int | float)
        and type(node.value) is not bool
    ):
        changes = (node.value + 1, node.value - 1) if node.value else (1,)
        if variant < len(changes):
            before = repr(node.value)
            node.value = changes[variant]
            return f"{before} becomes {node.value!r}"
    return None

"""Which mutants there are: one small change each, made by cosmic-ray's operators, less what no test should see."""

from __future__ import annotations

import ast
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import parso.tree
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.operators.operator import Operator
from cosmic_ray.plugins import get_operator, operator_names

Place = tuple[int, int]  # line from 1, column from 0 in characters
Span = tuple[Place, Place]

# Only these nodes are mutated by any operator; asking each of 180 operators about every node takes a minute.
MUTATED = frozenset(
    "keyword number comparison factor not_test test if_stmt while_stmt assert_stmt for_stmt except_clause "
    "decorator".split()
)
# Which of the two is asked is a question of style that ruff answers, and the same for strings and enumerations.
SAME_QUESTION = frozenset(("Eq_Is", "Is_Eq", "NotEq_IsNot", "IsNot_NotEq"))
CACHES = frozenset(("cache", "lru_cache", "cached_property", "override", "overload", "abstractmethod"))


@dataclass(frozen=True, order=True)
class Mutant:
    """One change of one module: ``occurrence`` counts the places of this operator in the module from 0."""

    module: str
    start: Place
    end: Place
    operator: str
    occurrence: int

    @property
    def room(self) -> str:
        """The folder below ``scripts/netreg``."""
        return self.module.split("/")[2]

    @property
    def family(self) -> str:
        """The kind of change: 11 operators may stand in place of one ``+``, and are one family."""
        return self.operator.split("/")[1].split("_")[0]


@dataclass(frozen=True)
class Source:
    """A module's text, and the spans in which mutants are left out, by reason."""

    text: str
    left_out: dict[str, list[Span]]

    def reason(self, mutant: Mutant) -> str | None:
        """Why a mutant is left out; None for one that counts."""
        if mutant.operator.split("_", 1)[-1] in SAME_QUESTION:
            return "identity in place of equality"
        for reason, spans in self.left_out.items():
            if any(start <= mutant.start and mutant.end <= end for start, end in spans):
                return reason
        return None


def read(path: Path) -> Source:
    """A module with its spans that are left out."""
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()

    def span(node: ast.expr | ast.stmt) -> Span:
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        return _place(lines, node.lineno, node.col_offset), _place(lines, node.end_lineno, node.end_col_offset)

    nodes = list(ast.walk(ast.parse(text)))
    return Source(text, {why: [span(found) for node in nodes for found in of(node)] for why, of in LEFT_OUT.items()})


def _place(lines: Sequence[str], line: int, octets: int) -> Place:
    """``ast`` counts columns in bytes of UTF-8, parso in characters."""
    return line, len(lines[line - 1].encode()[:octets].decode())


def _annotations(node: ast.AST) -> Iterator[ast.expr]:
    if isinstance(node, ast.arg | ast.AnnAssign) and node.annotation:
        yield node.annotation
    if isinstance(node, ast.FunctionDef) and node.returns:
        yield node.returns
    if isinstance(node, ast.Assign) and _is_type(node.value):  # `Value = str | int`
        yield node.value
    if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
        yield node.test


def _is_type(node: ast.expr) -> bool:
    """Whether an expression is a type: names in capitals or built in, joined by ``|``."""
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, ast.BitOr) and _is_type(node.left) and _is_type(node.right)
    if isinstance(node, ast.Subscript):
        return _is_type(node.value)
    word = node.id if isinstance(node, ast.Name) else ""
    return word in ("str", "int", "bool", "float", "list", "dict", "tuple") or (
        word[:1].isupper() and not word.isupper()
    )


def _texts(node: ast.AST) -> Iterator[ast.expr]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mod):
        sides = (node.left, node.right)
        if all(isinstance(side, ast.JoinedStr | ast.Constant) for side in sides):
            yield node


def _docstrings(node: ast.AST) -> Iterator[ast.expr]:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
        yield node.value


def _settings(node: ast.AST) -> Iterator[ast.expr]:
    for decorator in getattr(node, "decorator_list", ()):
        name = decorator.func if isinstance(decorator, ast.Call) else decorator
        if ast.unparse(name).rpartition(".")[2] in CACHES:  # with its sign and the end of its line, which go with it
            yield ast.expr(
                lineno=decorator.lineno,
                col_offset=decorator.col_offset - 1,
                end_lineno=(decorator.end_lineno or 0) + 1,
                end_col_offset=0,
            )
        elif ast.unparse(name) == "dataclass" and isinstance(decorator, ast.Call):
            yield from (keyword.value for keyword in decorator.keywords)


LEFT_OUT: dict[str, Callable[[ast.AST], Iterator[ast.expr]]] = {
    "annotations and names of types": _annotations,
    "docstrings": _docstrings,
    "texts of messages": _texts,
    "caches, `abstractmethod`, settings of dataclasses": _settings,
}


@cache
def _operators() -> dict[str, Operator]:
    """All operators of cosmic-ray that need no arguments."""
    classes = {name: get_operator(name) for name in operator_names()}
    return {name: kind() for name, kind in classes.items() if not kind.arguments()}


def mutants(module: str, text: str) -> list[Mutant]:
    """All mutants of a module, before anything is left out."""
    nodes = [node for node in ast_nodes(get_ast(text)) if _is_mutated(node)]
    found = []
    for name, operator in _operators().items():
        spans = [span for node in nodes for span in operator.mutation_positions(node)]
        found += [Mutant(module, start, end, name, number) for number, (start, end) in enumerate(spans)]
    return sorted(found)


def _is_mutated(node: parso.tree.NodeOrLeaf) -> bool:
    return node.type in MUTATED or (isinstance(node, parso.tree.Leaf) and not node.value.strip("+-*/%><|&^"))


def mutated(mutant: Mutant, text: str) -> str | None:
    """The module's text with the change in it; None where that is no program."""
    changed: str | None = mutate_code(text, _operators()[mutant.operator], mutant.occurrence)
    try:
        compile(changed or "?", mutant.module, "exec")
    except SyntaxError:
        return None
    return changed if changed != text else None


def counted(sources: dict[str, Source]) -> tuple[list[Mutant], Counter[str]]:
    """The mutants that count, and how many were left out by reason."""
    kept, left_out = [], Counter(dict.fromkeys(LEFT_OUT, 0))
    for module, source in sorted(sources.items()):
        for mutant in mutants(module, source.text):
            reason = source.reason(mutant)
            if reason:
                left_out[reason] += 1
            else:
                kept.append(mutant)
    return kept, left_out


def drawn(found: Sequence[Mutant], seed: int) -> Iterator[Mutant]:
    """Mutants in random order, the first ones of each place and family before their likes.

    A sample of them all would be one of ``+`` in place of ``|``, of which most end in a TypeError at once.
    """
    order = random.Random(seed)
    shuffled = order.sample(found, len(found))
    seen: Counter[tuple[str, Place, str]] = Counter()
    turns: list[tuple[int, int, Mutant]] = []
    for mutant in shuffled:
        place = mutant.module, mutant.start, mutant.family
        turns.append((seen[place], len(turns), mutant))
        seen[place] += 1
    yield from (mutant for _, _, mutant in sorted(turns))

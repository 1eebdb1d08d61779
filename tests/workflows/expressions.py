"""The expressions of workflows, as far as ours use them: ``${{ github.event_name == 'push' && !cancelled() }}``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_TOKEN = re.compile(r"\s*(?:('(?:[^']|'')*')|(&&|\|\||==|!=|[!(),])|([A-Za-z_][A-Za-z0-9_.-]*))")
_TEMPLATE = re.compile(r"\$\{\{(.*?)\}\}", re.DOTALL)
_OF_STATUS = ("always", "cancelled", "success", "failure")
Context = Mapping[str, Any]


def filled(text: str, context: Context) -> str:
    """A text with its expressions replaced by what they mean."""
    return _TEMPLATE.sub(lambda match: as_text(evaluate(match[1], context)), text)


def holds(condition: str, context: Context) -> bool:
    """Whether a step or job with this condition runs; without a function of status only after success."""
    bare = _TEMPLATE.sub(lambda match: match[1], condition)
    wants = bool(evaluate(bare, context))
    if any(f"{name}(" in bare for name in _OF_STATUS):
        return wants
    return wants and not context.get("failed")


def evaluate(expression: str, context: Context) -> Any:
    """The value of one expression.

    Raises:
        ValueError: it uses what this reader does not know.
    """
    parser = _Parser(_tokens(expression), context)
    value = parser.either()
    if parser.tokens:
        raise ValueError(f"left over in {expression!r}: {parser.tokens}")
    return value


def _tokens(expression: str) -> list[str]:
    found, place = [], 0
    while expression[place:].strip():
        match = _TOKEN.match(expression, place)
        if not match:
            raise ValueError(f"not understood: {expression[place:]!r}")
        found.append(match[0].strip())
        place = match.end()
    return found


class _Parser:
    def __init__(self, tokens: list[str], context: Context) -> None:
        self.tokens, self.context = tokens, context

    def either(self) -> Any:
        value = self.both()
        while self._take("||"):
            other = self.both()
            value = value or other
        return value

    def both(self) -> Any:
        value = self.compared()
        while self._take("&&"):
            other = self.compared()
            value = value and other
        return value

    def compared(self) -> Any:
        value = self.single()
        if self._take("=="):
            return _folded(value) == _folded(self.single())
        if self._take("!="):
            return _folded(value) != _folded(self.single())
        return value

    def single(self) -> Any:
        if self._take("!"):
            return not self.single()
        if self._take("("):
            value = self.either()
            self._need(")")
            return value
        token = self.tokens.pop(0)
        if token.startswith("'"):
            return token[1:-1].replace("''", "'")
        return self._call(token) if self._take("(") else self._looked_up(token)

    def _call(self, name: str) -> Any:
        values: list[Any] = []
        while not self._take(")"):
            values.append(self.either())
            self._take(",")
        if name == "format":
            return re.sub(r"\{([0-9])\}", lambda match: as_text(values[1 + int(match[1])]), values[0])
        failed = bool(self.context.get("failed"))
        return {"always": True, "cancelled": False, "success": not failed, "failure": failed}[name]

    def _looked_up(self, path: str) -> Any:
        if path in ("true", "false"):
            return path == "true"
        value: Any = self.context
        for key in path.split("."):
            value = value.get(key) if isinstance(value, Mapping) else None
        return value

    def _take(self, token: str) -> bool:
        if self.tokens[:1] == [token]:
            self.tokens.pop(0)
            return True
        return False

    def _need(self, token: str) -> None:
        if not self._take(token):
            raise ValueError(f"{token} is missing")


def _folded(value: Any) -> Any:
    return value.casefold() if isinstance(value, str) else value


def as_text(value: Any) -> str:
    """A value as it stands in a text."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)

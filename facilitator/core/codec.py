"""Events as JSON values and back, for the journal.

A dataclass becomes ``{"is": its name, field: value, ...}``; dates, times of day and bytes become one-key objects.
Bytes that are no UTF-8 travel as lone surrogates, which JSON can escape.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date, time
from functools import cache
from types import ModuleType
from typing import Any

from . import agenda, directives, events, record, schedule
from .spans import Splice


class UnknownKind(ValueError):
    """A journal names something this version does not know; a newer version wrote it."""


def encode(value: Any) -> Any:
    """Return ``value`` (an event, or what events hold) as what ``json`` can write."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, bytes):
        return {"bytes": value.decode("utf-8", "surrogateescape")}
    if isinstance(value, tuple):
        return [encode(one) for one in value]
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, time):
        return {"time": value.isoformat()}
    if is_dataclass(value):
        kept = {field.name: encode(getattr(value, field.name)) for field in fields(value)}
        return {"is": type(value).__name__, **kept}
    raise TypeError(f"events hold no {type(value).__name__}")


def decode(value: Any) -> Any:
    """Return what ``encode`` was given.

    Raises:
        UnknownKind: where ``value`` names a class or a field this version does not have.

    """
    if isinstance(value, list):
        return tuple(decode(one) for one in value)
    if not isinstance(value, dict):
        return value
    match value:
        case {"bytes": str(text)}:
            return text.encode("utf-8", "surrogateescape")
        case {"date": str(text)}:
            return date.fromisoformat(text)
        case {"time": str(text)}:
            return time.fromisoformat(text)
        case {"is": str(name), **kept} if name in _classes():
            try:
                return _classes()[name](**{key: decode(one) for key, one in kept.items()})
            except TypeError as error:
                raise UnknownKind(f"this version's {name} is another: {error}") from error
    raise UnknownKind(f"this version knows no {value.get('is', 'value of this kind')!r}")


def event(value: Any) -> events.Event:
    """Return the event that ``encode`` was given.

    Raises:
        UnknownKind: where it is none, or none this version knows.

    """
    decoded = decode(value)
    if not isinstance(decoded, events.Event):
        raise UnknownKind("this record is no event")
    return decoded


@cache
def _classes() -> dict[str, type]:
    found: dict[str, type] = {Splice.__name__: Splice}
    for module in (agenda, schedule, record, directives, events):
        found.update(_dataclasses(module))
    return found


def _dataclasses(module: ModuleType) -> dict[str, type]:
    own = (one for one in vars(module).values() if isinstance(one, type) and is_dataclass(one))
    return {one.__name__: one for one in own if one.__module__ == module.__name__}

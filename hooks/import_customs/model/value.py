"""The base of all values: `NamedTuple`, as `typing` has it, without the 4 ms that importing `typing` takes.

A type checker sees typing's. tests/model/test_value.py compares the two at run time. A module that defines values here
has `from __future__ import annotations`, so that the fields are found on every Python (PEP 649 changed how they are
kept).
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple
else:
    try:
        from _collections import (
            _tuplegetter as _field,  # what collections.namedtuple takes: half the time of a property
        )
    except ImportError:
        from operator import itemgetter

        def _field(number, doc):
            return property(itemgetter(number), doc=doc)

    def _new(cls, *values, **named):
        """Make a value of the fields, given in order or by name. Raises TypeError as a function call would."""
        missing = len(cls._fields) - len(values)
        if not missing and not named:
            return tuple.__new__(cls, values)
        if missing > 0:
            rest = cls._fields[-missing:]
            defaults = cls._field_defaults
            try:
                values += tuple([named.pop(key) if key in named else defaults[key] for key in rest])
            except KeyError as error:
                raise TypeError(f"{cls.__name__} lacks the field {error}") from None
        if missing < 0 or named:
            raise TypeError(f"{cls.__name__} takes {len(cls._fields)} fields: {', '.join(cls._fields)}")
        return tuple.__new__(cls, values)

    def _make(cls, values):
        return _new(cls, *values)

    def _replace(self, /, **named):
        """The same value with other fields. Raises ValueError for what is no field."""
        made = _new(type(self), *map(named.pop, self._fields, self))
        if named:
            raise ValueError(f"{type(self).__name__} has no field {', '.join(named)}")
        return made

    def _repr(self):
        fields = ", ".join([f"{key}={value!r}" for key, value in zip(self._fields, self, strict=True)])
        return f"{type(self).__name__}({fields})"

    class _OfValues(type):
        """Makes a tuple with named fields of each class that lists fields and has `NamedTuple` as its base."""

        def __new__(mcs, name, _bases, names):
            fields = tuple(names.get("__annotations__", ()))
            defaults = {key: names.pop(key) for key in fields if key in names}
            methods = {
                "_fields": fields,
                "_field_defaults": defaults,
                "__match_args__": fields,
                "__slots__": (),
                "__new__": _new,
                "_make": classmethod(_make),
                "_replace": _replace,
                "_asdict": lambda self: dict(zip(self._fields, self, strict=True)),
                "__repr__": _repr,
                "__getnewargs__": tuple,
                **{key: _field(number, "") for number, key in enumerate(fields)},
            }
            return type(name, (tuple,), methods | names)

    NamedTuple = type.__new__(_OfValues, "NamedTuple", (), {"__module__": sys.intern(__name__)})

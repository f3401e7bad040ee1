"""`NamedTuple`, the base of all values: typing's for a type checker, and a small one at run time.

Importing `typing` takes 4 ms, and making one class with it 0.1 ms; here a class takes 0.01 ms.
What a type checker reports (a field without a default after one with, a field that is called like a method) is not
looked for again. A module that defines values begins with `from __future__ import annotations`: Python 3.14 keeps other
annotations where they cannot be listed without evaluating them (PEP 649). tests/model/test_value.py holds all of this.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple
else:
    try:
        from _collections import _tuplegetter as _field  # what collections.namedtuple takes; twice as fast as below
    except ImportError:  # a Python other than CPython
        from operator import itemgetter

        def _field(number, doc):
            return property(itemgetter(number), doc=doc)

    def _constructor(fields, defaults):
        """The method `__new__` of a value with these fields. By position it takes 0.1 µs more than typing's."""
        size, last, make = len(fields), tuple(defaults.values()), tuple.__new__

        def new(cls, /, *values, **named):
            lacking = size - len(values)
            if named or lacking < 0 or lacking > len(last):
                values = _in_order(cls, values, named)
            elif lacking:
                values += last[-lacking:]
            return make(cls, values)

        return new

    def _in_order(cls, values, named):
        """All fields of a value, of which some are given by name. Raises TypeError as a function call would."""
        defaults, rest = cls._field_defaults, cls._fields[len(values) :]
        try:
            more = tuple([named.pop(field) if field in named else defaults[field] for field in rest])
        except KeyError as error:
            raise TypeError(f"{cls.__name__} lacks the field {error}") from None
        if named or len(values) > len(cls._fields):
            raise TypeError(f"{cls.__name__} has the fields {cls._fields}, each once")
        return values + more

    def _make(cls, values):
        """A value of exactly these fields, in order. Raises TypeError where there are more or fewer."""
        made = tuple.__new__(cls, values)
        if len(made) != len(cls._fields):
            raise TypeError(f"{cls.__name__} has {len(cls._fields)} fields, not {len(made)}")
        return made

    def _replace(self, /, **named):
        """The same value with other fields. Raises TypeError for a name that is no field."""
        made = tuple.__new__(type(self), map(named.pop, self._fields, self))
        if named:
            raise TypeError(f"{type(self).__name__} has no fields {list(named)}")
        return made

    def _repr(self):
        fields = ", ".join([f"{field}={value!r}" for field, value in zip(self._fields, self, strict=True)])
        return f"{type(self).__name__}({fields})"

    def _arguments(self):
        """What makes the same value again, for copies and pickles."""
        return tuple(self)

    class _Values(type):
        """Makes a tuple with named fields of each class whose base is `NamedTuple`."""

        def __new__(mcs, name, bases, names):
            fields = tuple(names.get("__annotations__", ()))
            defaults = {field: names.pop(field) for field in fields if field in names}
            methods = {
                "__slots__": (),
                "__match_args__": fields,
                "__new__": _constructor(fields, defaults),
                "__repr__": _repr,
                "__getnewargs__": _arguments,
                "_fields": fields,
                "_field_defaults": defaults,
                "_make": classmethod(_make),
                "_replace": _replace,
                "_asdict": lambda self: dict(zip(self._fields, self, strict=True)),
            }
            getters = {field: _field(number, "") for number, field in enumerate(fields)}
            return type(name, (tuple, *bases[1:]), methods | getters | names)

    NamedTuple = type.__new__(_Values, "NamedTuple", (), {"__module__": __name__})

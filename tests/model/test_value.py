"""`model.value.NamedTuple` is held to typing's: what a value of either does is compared, row by row."""

from __future__ import annotations

import copy
import importlib.util
import pickle
import re
import sys
import typing

import pytest

from conftest import ROOT
from import_customs.model import Config, Import, Project, value

PACKAGE = ROOT / "hooks" / "import_customs"


def shape(base):
    class Point(base):
        """A place, and what is there."""

        x: int
        y: int
        name: str = ""
        tags: tuple[str, ...] = ()

        @property
        def size(self):
            return abs(self.x) + abs(self.y)

        def moved(self, by):
            return self._replace(x=self.x + by)

        def __str__(self):
            return repr(self).replace("Point", "P")

    return Point


def without_collections():
    """The same module in a Python whose `_collections` has no getter for fields."""
    spec = importlib.util.spec_from_file_location("other_value", value.__file__)
    module = importlib.util.module_from_spec(spec)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "_collections", None)
        spec.loader.exec_module(module)
    return module


TYPING = shape(typing.NamedTuple)
BASES = [
    pytest.param(value.NamedTuple, id="CPython"),
    pytest.param(without_collections().NamedTuple, id="another Python"),
]


def matched(point):
    match point:
        case (x, y, "a", _):
            return x, y
    return None


def matched_by_class(cls, point):
    match point:
        case cls(1, y, name=name):
            return y, name
    return None


def outcome(cls, act):
    """What `act` gives for the class, in a form that two classes of one shape share; the error's type where it fails.

    `_replace` raises ValueError up to Python 3.12 and TypeError from 3.13 on: either is a TypeError here.
    """
    try:
        given = act(cls)
    except (TypeError, ValueError):
        return TypeError
    except AttributeError:
        return AttributeError
    return ("a value", tuple(given), repr(given)) if type(given) is cls else given


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize(
    "act",
    [
        pytest.param(lambda cls: cls(1, 2, "a", ("b",)), id="all in order"),
        pytest.param(lambda cls: cls(1, 2, "a"), id="one default"),
        pytest.param(lambda cls: cls(1, 2), id="all defaults"),
        pytest.param(lambda cls: cls(x=1, y=2, name="a", tags=()), id="all by name"),
        pytest.param(lambda cls: cls(1, tags=("b",), y=2), id="in order and by name, a default between"),
        pytest.param(lambda cls: cls(), id="nothing given"),
        pytest.param(lambda cls: cls(1), id="one field lacks"),
        pytest.param(lambda cls: cls(1, name="a"), id="one field lacks, another is named"),
        pytest.param(lambda cls: cls(1, 2, 3, 4, 5), id="too many"),
        pytest.param(lambda cls: cls(1, 2, 3, 4, 5, name="a"), id="too many, and one named"),
        pytest.param(lambda cls: cls(1, 2, x=1), id="one given twice"),
        pytest.param(lambda cls: cls(1, 2, z=1), id="a name that is no field"),
        pytest.param(lambda cls: cls(1, 2)._replace(y=5, name="b"), id="replace"),
        pytest.param(lambda cls: cls(1, 2)._replace(), id="replace nothing"),
        pytest.param(lambda cls: cls(1, 2)._replace(z=5), id="replace what is no field"),
        pytest.param(lambda cls: cls._make(iter((1, 2, "a", ()))), id="make"),
        pytest.param(lambda cls: cls._make((1, 2)), id="make takes no defaults"),
        pytest.param(lambda cls: cls._make(range(9)), id="make of too many"),
        pytest.param(lambda cls: cls(1, 2)._asdict(), id="as a dict"),
        pytest.param(lambda cls: (cls._fields, cls._field_defaults, cls.__match_args__), id="fields and defaults"),
        pytest.param(lambda cls: (cls(1, 2).x, cls(1, 2).tags), id="fields by name"),
        pytest.param(lambda cls: cls(1, 2).z, id="no such field"),
        pytest.param(lambda cls: setattr(cls(1, 2), "x", 5), id="a field is never set"),
        pytest.param(lambda cls: setattr(cls(1, 2), "z", 5), id="nothing is added"),
        pytest.param(lambda cls: (cls(1, 2).size, cls(1, 2).moved(3).x), id="property and method"),
        pytest.param(lambda cls: (repr(cls(1, 2, "a'b")), str(cls(1, 2))), id="repr and str"),
        pytest.param(lambda cls: cls(1, 2) == (1, 2, "", ()), id="equal to a tuple"),
        pytest.param(lambda cls: cls(1, 2) != cls(1, 3), id="unequal"),
        pytest.param(lambda cls: hash(cls(1, 2)) == hash((1, 2, "", ())), id="hash of a tuple"),
        pytest.param(lambda cls: min([cls(2, 1), cls(1, 2)]), id="order of a tuple"),
        pytest.param(lambda cls: [*cls(1, 2), len(cls(1, 2)), cls(1, 2)[-1]], id="unpacked, counted, by number"),
        pytest.param(lambda cls: matched(cls(1, 2, "a")), id="matched as a sequence"),
        pytest.param(lambda cls: matched_by_class(cls, cls(1, 2, "a")), id="matched by class"),
        pytest.param(lambda cls: matched_by_class(cls, cls(2, 2, "a")), id="not matched by class"),
        pytest.param(lambda cls: copy.copy(cls(1, 2)), id="copy"),
        pytest.param(lambda cls: copy.deepcopy(cls(1, 2, tags=("a",))), id="deep copy"),
        pytest.param(lambda cls: cls(1, 2).__getnewargs__(), id="what a pickle keeps"),
        pytest.param(lambda cls: (cls.__name__, cls.__qualname__, cls.__module__, cls.__doc__), id="names"),
        pytest.param(typing.get_type_hints, id="types"),
        pytest.param(lambda cls: issubclass(cls, tuple), id="a tuple"),
        pytest.param(lambda cls: type("Below", (cls,), {})(1, 2, "a").size, id="a class below it"),
    ],
)
def test_a_value_does_as_one_of_typing(base, act):
    assert outcome(shape(base), act) == outcome(TYPING, act)


@pytest.mark.parametrize("base", [typing.NamedTuple, *BASES])
def test_fields_called_cls_and_self(base):
    class Odd(base):
        cls: int
        self: int = 0

    assert Odd(cls=1) == Odd(1, 0)
    assert Odd(1)._replace(self=2, cls=3) == (3, 2)


@pytest.mark.parametrize("base", [typing.NamedTuple, *BASES])
def test_no_field(base):
    class Empty(base):
        pass

    assert (Empty(), Empty._fields, repr(Empty())) == ((), (), "Empty()")


@pytest.mark.parametrize("base", [typing.NamedTuple, *BASES])
def test_a_generic_value(base):
    kind = typing.TypeVar("kind")

    class Pair(base, typing.Generic[kind]):
        first: kind
        second: kind

    assert Pair[int](1, 2) == Pair(1, 2)


@pytest.mark.parametrize(
    "of_the_package",
    [
        Import("a.b", ("c",), 1, 1, None),
        Config(),
        pytest.param(Project(*Project._fields), id="all fields of a project"),
    ],
)
def test_values_are_pickled(of_the_package):
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        again = pickle.loads(pickle.dumps(of_the_package, protocol))  # noqa: S301
        assert (again, type(again)) == (of_the_package, type(of_the_package))


def test_modules_with_values_keep_annotations_as_text():
    for path in PACKAGE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if re.search(r"^ *from import_customs\.model\.value import", text, re.MULTILINE):
            assert "\nfrom __future__ import annotations\n" in text, path

"""Markers that never hold: a marker and the supported Pythons in, whether nothing meets it out."""

import pytest

from import_customs.check.unused.markers import never_holds


@pytest.mark.parametrize(
    ("marker", "requires", "never"),
    [
        pytest.param("python_version < '3.10'", ">=3.10", True, id="an older Python than any supported"),
        pytest.param("python_version < '3.11'", ">=3.10", False, id="one that is supported"),
        pytest.param("python_version < '3.10'", "", False, id="nothing says which are supported"),
        pytest.param("python_version < '3'", "", False, id="nor that Python 2 is not"),
        pytest.param("python_version >= '3.30'", ">=3.10", False, id="one of the future"),
        pytest.param("python_version >= '3.13'", ">=3.10,<3.13", True, id="a newer one than any supported"),
        pytest.param("python_full_version < '3.10.2'", ">=3.10", False, id="a micro release"),
        pytest.param("python_full_version < '3.9.2'", ">=3.10", True, id="a micro release of an older one"),
        pytest.param("platform_system == 'darwin'", "", True, id="a value that is spelled otherwise"),
        pytest.param("platform_system == 'Darwin'", "", False, id="the value"),
        pytest.param("sys_platform == 'windows'", "", True, id="no value of sys.platform"),
        pytest.param("sys_platform == 'win32' and platform_python_implementation == 'PyPy'", "", False, id="PyPy"),
        pytest.param(
            "sys_platform == 'win32' and python_version < '3.10'", ">=3.10", True, id="one of two never holds"
        ),
        pytest.param("sys_platform == 'win32' or python_version < '3.10'", ">=3.10", False, id="or the other"),
        pytest.param("platform_machine == 'AMD64'", "", False, id="a machine: any may be"),
        pytest.param("platform_machine == 'x' and python_version < '3'", ">=3.10", False, id="and so it is left alone"),
        pytest.param("extra == 'x'", "", False, id="an extra"),
        pytest.param("os_name == 'nt' and", "", False, id="no marker"),
        pytest.param("python_version in '3.8 3.9'", ">=3.10", True, id="a list"),
        pytest.param(
            "sys_platform == 'x' and platform_system == 'x' and os_name == 'x' and python_full_version < '3'"
            " and implementation_name == 'x'",
            ">=3.10",
            False,
            id="too much to try",
        ),
    ],
)
def test_never_holds(marker: str, requires: str, never: bool) -> None:
    assert never_holds(marker, requires) == never

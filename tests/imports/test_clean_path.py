"""What a commit without findings must not pay for."""

import os
import subprocess
import sys


def test_the_screen_imports_no_parser():
    """Ast 10 ms, json 9 ms, tokenize 5 ms: only a finding, or a notebook, may cost that."""
    code = (
        "from import_customs.imports import read_source\n"
        "import sys\n"
        "read_source('x.py', b'import a; import_module(b)').screened()\n"
        "print([name for name in ('ast', 'tokenize', 'json', 'unicodedata') if name in sys.modules])\n"
        "read_source('x.ipynb', b'{}').screened()\n"
        "print([name for name in ('ast', 'tokenize', 'json') if name in sys.modules])\n"
    )
    env = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    run = subprocess.run([sys.executable, "-S", "-c", code], env=env, capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n['json']\n"

"""`python -m import_customs`, which is also how the hooks start it."""

import sys

from import_customs.cli import main

sys.exit(main())

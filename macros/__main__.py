"""``python -m macros`` does what ``answerable`` does."""

import sys

from .cli import main

sys.exit(main())

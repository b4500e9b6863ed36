"""Ask a validator of CSV on the Web about files: it runs by itself, as it shares no version of its parts with the rest.

``python tables_on_the_web.py FILE ...`` takes CSV files, each described beside it, and descriptions of several tables.
It prints a list as JSON: for each file its path, how many tables were read, and what is wrong with it.
"""

from __future__ import annotations

import json
import socket
import sys
import warnings

from csvw import CSVW  # type: ignore[import-not-found]


def _refuse(*_: object, **__: object) -> None:
    msg = "the validator asked for the network"
    raise AssertionError(msg)


def main(paths: list[str]) -> None:
    """Print what the validator says of each file."""
    for holder, name in ((socket, "create_connection"), (socket.socket, "connect")):
        setattr(holder, name, _refuse)
    said = []
    for path in paths:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            if path.endswith(".csv"):
                found = CSVW(path, md_url=f"{path}-metadata.json", validate=True)
            else:
                found = CSVW(path, validate=True)
            try:
                problems = [] if found.is_valid else ["not valid"]
            except ValueError as error:
                problems = [str(error)]
        problems = [str(one.message) for one in (*found.warnings, *caught) if problems] or problems
        said.append([path, len(found.tables), problems])
    print(json.dumps(said))


if __name__ == "__main__":
    main(sys.argv[1:])

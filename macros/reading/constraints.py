"""What the schema of a column asks of a cell, in the words of the person who can put the cell right."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import Any

from ..errors import Kind


def constraint_fault(typed: str, field: dict[str, Any]) -> tuple[Kind, str, str]:
    """Say why a text is not what its column takes: the kind, what is wrong, and the repair."""
    constraints = field.get("constraints", {})
    if not typed:
        fix = f"{field['description']} For example: {field['example']}."
        return Kind.MISSING_VALUE, "the cell is empty.", fix
    if allowed := constraints.get("enum"):
        near = get_close_matches(typed.lower(), allowed, n=1)
        fix = f'Did you mean "{near[0]}"?' if near else f"Write one of: {', '.join(allowed)}."
        return Kind.CLOSED_LIST, f'"{typed}" is not one of the words this column takes.', fix
    if "pattern" in constraints:
        what = f'"{typed}" is not written as this column needs it.'
        slug = re.sub(r"[^a-z0-9]+", "-", typed.lower()).strip("-")
        fix = f"Use small letters, digits and single hyphens, such as {slug or field['example']}."
        if field["name"] == "area_code":
            fix = f"Write a letter and eight digits, such as {field['example']}."
        return Kind.IDENTIFIER, what, fix
    return Kind.OUT_OF_RANGE, f'"{typed}" is out of range.', f"For example: {field['example']}."

"""What every page shares: its templates, its policy and the colours of the labels."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup

from absift.records import LABELS

if TYPE_CHECKING:
    import jinja2


def environment() -> jinja2.Environment:
    """Give the templates of this package; all that they show is escaped."""
    import jinja2

    return jinja2.Environment(
        loader=jinja2.PackageLoader("absift.report", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def assets(
    templates: jinja2.Environment, styles: Sequence[str], scripts: Sequence[str]
) -> dict[str, Markup]:
    """Give style and script with the hashes by which a page's policy allows them.

    Args:
        templates: What :func:`environment` gives.
        styles: Names of the style sheets, put together in this order.
        scripts: Names of the scripts, likewise.

    Returns:
        ``css`` and ``js``, and the words for the Content-Security-Policy as ``css_hash`` and
        ``js_hash``.
    """
    out = {}
    for kind, names in (("css", styles), ("js", scripts)):
        text = "".join(templates.get_template(name).render() for name in names)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        out[kind] = Markup(text)  # a file of ours
        out[f"{kind}_hash"] = Markup(f"sha256-{digest}")  # base64
    return out


def style_of(label: str) -> str:
    """Give the CSS class of a label; all labels of the user's share one."""
    return f"l{LABELS.index(label)}" if label in LABELS else f"l{len(LABELS)}"

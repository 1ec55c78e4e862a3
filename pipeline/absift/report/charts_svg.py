"""A chart of matplotlib's as a piece of a page: its colours, no styles, no stray ids.

The page's policy forbids style attributes, and its colours depend on the reader's choice of
light or dark. So each style becomes attributes, each colour the CSS variable that it stands for.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from absift.errors import InputError
from absift.output import visible_controls

if TYPE_CHECKING:
    from matplotlib.figure import Figure

#: CSS variables of ``page.css`` by name, each with its light colour, which stands for it in a
#: figure until the figure becomes part of a page.
COLOURS: Mapping[str, str] = MappingProxyType(
    {
        "ink": "#23262b",
        "soft": "#636972",
        "line": "#e4e1da",
        "card": "#ffffff",
        "alarm": "#b3261e",
        "c0": "#d6e8f8",
        "e0": "#2f76b5",
        "c1": "#fbe9c0",
        "e1": "#9a6700",
        "c2": "#d0eddd",
        "e2": "#1c7a50",
        "c3": "#f5d9e8",
        "e3": "#a83a7b",
        "c4": "#e6e3f4",
        "e4": "#5f559c",
    }
)
_VARIABLES = {colour: f"var(--{name})" for name, colour in COLOURS.items()}
_SVG = "http://www.w3.org/2000/svg"
_LINK = "{http://www.w3.org/1999/xlink}href"
_REFERENCE = re.compile(r"url\(#([^)]+)\)")
_SIZE = re.compile(r"([0-9.]+)px")
_BOLD = re.compile(r"\b(bold|[6-9]00)\b")
_LEFT_OUT = ("font-family", "font-style", "font-variant", "font-stretch")


def require_matplotlib() -> None:
    """See that charts can be drawn.

    Raises:
        InputError: matplotlib isn't installed; the message says how to get it.
    """
    try:
        import matplotlib  # noqa: F401
    except ImportError as error:
        raise InputError(
            "the report draws its charts with matplotlib, which isn't installed: "
            "pip install 'absift[report]'"
        ) from error


@contextmanager
def drawing(width: float, height: float) -> Iterator[Figure]:
    """Give an empty figure with the page's type and colours.

    Args:
        width: Width in CSS pixels; a point of the figure is one.
        height: Height in CSS pixels.

    Raises:
        InputError: matplotlib isn't installed.
    """
    require_matplotlib()
    import matplotlib
    from matplotlib.figure import Figure

    ink, soft = COLOURS["ink"], COLOURS["soft"]
    style: dict[Any, Any] = {
        "svg.hashsalt": "absift",
        "svg.fonttype": "none",
        "font.family": "DejaVu Sans",
        "font.size": 12,
        "text.color": ink,
        "axes.edgecolor": COLOURS["line"],
        "axes.labelcolor": soft,
        "axes.facecolor": "none",
        "axes.grid": False,
        "axes.titlesize": 12,
        "axes.unicode_minus": False,
        "xtick.color": soft,
        "ytick.color": ink,
        "text.parse_math": False,
    }
    with matplotlib.rc_context(style):
        yield Figure(figsize=(width / 72, height / 72), dpi=72)


def as_svg(figure: Figure, name: str, description: str) -> Markup:
    """Give a figure as an ``svg`` element for a page.

    Args:
        figure: A figure of :func:`drawing`, still within it.
        name: Put before each id, so that charts of one page don't share any.
        description: What a person who can't see it is told.
    """
    from lxml import etree
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    stream = io.BytesIO()
    figure.patch.set_visible(False)
    nothing = {"Date": None, "Creator": None, "Format": None, "Type": None}
    canvas: Any = FigureCanvasSVG(figure)
    canvas.print_svg(stream, metadata=nothing)
    # Made by matplotlib a moment ago; entities and the network have no part in it.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_blank_text=True)
    root: Any = etree.fromstring(stream.getvalue(), parser)
    for element in root.xpath("//*[local-name()='style' or local-name()='metadata']"):
        element.getparent().remove(element)
    for element in root.iter(f"{{{_SVG}}}*"):
        _unstyle(element)
    _name_ids(root, name)
    _head(root, description)
    etree.cleanup_namespaces(root)
    text = etree.tostring(root, encoding="unicode").replace("\n", " ")
    return Markup(text)  # serialised XML, its texts escaped


def _unstyle(element: Any) -> None:  # noqa: ANN401 - lxml's element
    """Turn a style attribute into attributes of its own."""
    style = element.attrib.pop("style", "")
    for declaration in filter(None, (part.strip() for part in style.split(";"))):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        if name == "font":
            # The short form of some versions: weight, size and family in one.
            size, bold = _SIZE.search(value), _BOLD.search(value.partition("px")[0])
            if size:
                element.set("font-size", size[1])
            if bold:
                element.set("font-weight", "600")
        elif name == "font-weight":
            element.set(name, "600")
        elif name == "font-size":
            element.set(name, value.removesuffix("px"))
        elif name not in _LEFT_OUT:
            element.set(name, _VARIABLES.get(value.lower(), value))
    if element.tag == f"{{{_SVG}}}text" and "fill" not in element.attrib:
        element.set("fill", "var(--ink)")


def _name_ids(root: Any, name: str) -> None:  # noqa: ANN401 - lxml's element
    """Drop ids that nothing refers to, and make the others the chart's own."""
    used = {element.get(_LINK)[1:] for element in root.iter() if element.get(_LINK)}
    used |= {found for element in root.iter() for found in _REFERENCE.findall(_clip(element))}
    for element in root.iter():
        if (identity := element.get("id")) is not None:
            if identity in used:
                element.set("id", f"{name}-{identity}")
            else:
                del element.attrib["id"]
        if _LINK in element.attrib:
            target = element.attrib.pop(_LINK)[1:]
            element.set("href", f"#{name}-{target}")
        if _clip(element):
            element.set("clip-path", _REFERENCE.sub(rf"url(#{name}-\1)", _clip(element)))


def _clip(element: Any) -> str:  # noqa: ANN401 - lxml's element
    return str(element.get("clip-path") or "")


def _head(root: Any, description: str) -> None:  # noqa: ANN401 - lxml's element
    """Say what the chart is and how large, in pixels."""
    _, _, width, height = root.get("viewBox").split()
    root.attrib.pop("version", None)
    root.set("width", width)
    root.set("height", height)
    root.set("role", "img")
    root.set("class", "chart")
    root.set("stroke-linejoin", "round")
    root.set("aria-label", visible_controls(description))

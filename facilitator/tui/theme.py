"""Colours: one accent for what is now, one for overtime, shades of one grey for the rest."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="facilitator",
    dark=True,
    primary="#7fb4ca",
    secondary="#7fb4ca",
    accent="#7fb4ca",
    warning="#e6c384",
    error="#f0706e",
    success="#98bb6c",
    foreground="#dcd7ca",
    background="#16181d",
    surface="#16181d",
    panel="#252931",
    variables={
        "now": "#7fb4ca",
        "soon": "#e6c384",
        "overtime": "#f0706e",
        "quiet": "#7d838f",
        "faint": "#434956",
        "looking": "#2b313c",
        "input-cursor-background": "#dcd7ca",
        "input-cursor-foreground": "#16181d",
    },
)
"""On dark terminals. ``now`` is the accent, ``soon`` the last fifth of a budget, ``overtime`` what went beyond."""

LIGHT = Theme(
    name="facilitator-light",
    dark=False,
    primary="#1f6f8b",
    secondary="#1f6f8b",
    accent="#1f6f8b",
    warning="#8a5a00",
    error="#b3261e",
    success="#3f6b1f",
    foreground="#24262b",
    background="#fafaf7",
    surface="#fafaf7",
    panel="#e9e8e2",
    variables={
        "now": "#1f6f8b",
        "soon": "#8a5a00",
        "overtime": "#b3261e",
        "quiet": "#666b75",
        "faint": "#c3c5c9",
        "looking": "#e1e6e8",
        "input-cursor-background": "#24262b",
        "input-cursor-foreground": "#fafaf7",
    },
)
"""On light terminals."""

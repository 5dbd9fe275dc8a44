"""Colours by name: one accent for what is now, one for overtime, shades of one grey for the rest.

Plain values, because the first frame is drawn before textual's themes are loaded.
"""

from __future__ import annotations

DARK = {
    "background": "#16181d",
    "foreground": "#dcd7ca",
    "panel": "#252931",
    "now": "#7fb4ca",
    "soon": "#e6c384",
    "overtime": "#f0706e",
    "soft": "#bab6ac",
    "quiet": "#7d838f",
    "faint": "#434956",
    "looking": "#2b313c",
    "code": "#23272f",
}
"""On dark terminals. ``now`` is the accent, ``soon`` the last fifth of a budget, ``overtime`` what went beyond."""

LIGHT = {
    "background": "#fafaf7",
    "foreground": "#24262b",
    "panel": "#e9e8e2",
    "now": "#1f6f8b",
    "soon": "#8a5a00",
    "overtime": "#b3261e",
    "soft": "#43464d",
    "quiet": "#666b75",
    "faint": "#c3c5c9",
    "looking": "#e1e6e8",
    "code": "#efeee8",
}
"""On light terminals."""

"""facilitator: the program the chair of a call keeps open during the call."""

__version__ = "0.1.0"

"""A call to try the program on: an agenda, and the minutes as the leads have written them so far."""

"""The desktop around the terminal: clocks, clipboard, editor. No screen."""

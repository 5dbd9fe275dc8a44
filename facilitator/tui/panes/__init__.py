"""What the main screen shows, pane by pane, as rows of ``Content``: pure functions of state, moment and size.

Nothing here needs an app: the first frame is on the terminal before textual's app is imported.
"""

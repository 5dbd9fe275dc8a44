"""Editing an item's own text from the main screen: here in place, or in the chair's own editor."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING

from ...core import chair, editing
from ...system import editor as outside
from ..keys import Stroke

if TYPE_CHECKING:
    from ..widgets.item_editor import ItemEditor
    from .call import CallScreen


class Editing:
    """The editor's part of the main screen."""

    def __init__(self, screen: CallScreen) -> None:
        """Serve this screen."""
        self.screen = screen
        self.editor: ItemEditor | None = None
        self.item = ""
        """The key of the item whose text is in the editor."""

    async def take(self, stroke: Stroke) -> bool:
        """Edit the text by a key or a paste."""
        if self.editor is None:
            return False
        taken = await self.editor.take(stroke)
        self._draft(self.editor.text)
        return taken

    async def restore(self) -> None:
        """Take up the text that was left in the editor."""
        draft = self.screen.meeting.text_draft
        if draft is not None:
            self.screen.look_at(draft.item)
            await self._open(draft.item, draft.text, draft.before)

    def _draft(self, text: str) -> None:
        """Keep what the editor holds, should the program end."""
        app = self.screen.app
        if self.editor is None:
            return
        event = chair.draft_text(app.meeting, self.item, self.editor.opened_with, text, app.now())
        if event is not None:
            app.record(event)

    async def do_item_edit(self) -> None:
        """Open the item's text in place."""
        screen = self.screen
        key = screen.in_view
        try:
            text = editing.text(screen.meeting.document, screen.meeting.item(key))
        except editing.Misfit as error:
            note, editor = screen.app.key("write.note"), screen.app.key("item.editor")
            screen.notice(f"write with {note} or edit in {editor}: {error}", "$soon")
            return
        await self._open(key, text, text)

    async def _open(self, key: str, text: str, before: str) -> None:
        from ..widgets.item_editor import ItemEditor  # 7 ms that no start should pay

        screen = self.screen
        self.item = key
        self.editor = ItemEditor(text, "item-editor")
        self.editor.opened_with = before
        screen.view.place = "edit"
        await screen.mount(self.editor)
        screen.set_focus(self.editor, scroll_visible=False)
        screen.repaint()

    async def do_edit_finish(self) -> None:
        """Keep what was changed and go back; where it can't be kept, stay and say why."""
        if self.editor is None or not self._keep():
            return
        editor, self.editor = self.editor, None
        self.screen.view.place = "list"
        self.screen.set_focus(None)
        await editor.remove()
        self.screen.repaint()

    def do_edit_saved(self) -> None:
        """Keep what was changed, and stay."""
        if self._keep():
            self.screen.notice(self.screen.app.session.saved())

    def _keep(self) -> bool:
        screen, editor = self.screen, self.editor
        if editor is None:
            return True
        try:
            event = chair.edit(screen.meeting, self.item, editor.opened_with, editor.text, screen.app.now())
        except editing.Misfit as error:
            screen.notice(str(error), "$overtime")
            return False
        if event is None:
            self._draft(editor.opened_with)
        else:
            screen.record(event)
            editor.opened_with = editing.text(screen.meeting.document, screen.meeting.item(self.item))
            if editor.text.rstrip() != editor.opened_with.rstrip():  # somebody else wrote here meanwhile
                editor.load(editor.opened_with)
        return True

    def do_edit_undo(self) -> None:
        """Undo in the editor."""
        if self.editor is not None:
            self.editor.undo()
            self._draft(self.editor.text)

    def do_item_editor(self) -> None:
        """Hand the item's text to $VISUAL or $EDITOR; the call goes on meanwhile."""
        self.screen.run_worker(self._edit_outside(self.screen.in_view), exclusive=True, group="editor")

    async def _edit_outside(self, key: str) -> None:
        screen = self.screen
        item = screen.meeting.item(key)
        try:
            here = editing.span(screen.meeting.document, item)
            before = screen.meeting.document.source[here.start : here.end]
            program = outside.find(os.environ)
            with outside.draft(before) as draft:
                with screen.app.suspend():
                    process = await asyncio.create_subprocess_exec(*outside.argv(program, draft.path))
                    status = await process.wait()
                after = draft.read()
        except (editing.Misfit, outside.EditorError, OSError) as error:
            screen.notice(str(error), "$overtime")
            return
        if status or after is None:
            screen.notice(f"The editor ended with {status}: nothing taken from it", "$soon")
            return
        try:
            changed = screen.record(chair.edit_bytes(screen.meeting, key, before, after, screen.app.now()))
        except editing.Misfit as error:
            screen.notice(str(error), "$overtime")
            return
        screen.notice("Taken from the editor" if changed else "Nothing changed in the editor")

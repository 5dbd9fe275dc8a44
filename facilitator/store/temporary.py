"""New files that are to take the place of others, or to be gone if nothing comes of them."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import re
import stat
from pathlib import Path

from facilitator.store.disk import opened, unguessable

_SUFFIX = ".facilitator-new"
_NAME = re.compile(rf"\.[0-9a-f]{{16}}{re.escape(_SUFFIX)}")

_ACCESS_LIST = "system.posix_acl_access"
"""The attribute that holds a file's access list; a directory may give one that the old file had not."""

_CAN_NOT_KEEP = {errno.EPERM, errno.EACCES, errno.ENOTSUP, errno.EINVAL, errno.ENOSPC, errno.ERANGE}
"""What the system says where it will not give a file some owner, mode or attribute."""


class Unlike(Exception):
    """The new file can't be given the old one's owner, mode or attributes."""


def name(directory: Path) -> Path:
    """Make up a name in ``directory``, not from that of the other file, which may be as long as names can be."""
    return unguessable(directory, ".", _SUFFIX)


def claim(fd: int) -> None:
    """Mark the file as being written by a living process, where the file system has locks."""
    with contextlib.suppress(OSError):
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)


def sweep(directory: Path) -> None:
    """Remove what facilitators killed while writing left in ``directory``; OSError where it can't be read.

    An empty file may be one that its writer has only just made and not yet claimed.
    """
    for entry in filter(_NAME.fullmatch, os.listdir(directory)):
        path = directory / entry
        with contextlib.suppress(OSError), opened(path, os.O_RDONLY | os.O_NOFOLLOW) as fd:
            found = os.fstat(fd)
            if found.st_uid == os.geteuid() and found.st_size:
                fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)  # fails where its writer lives
                os.unlink(path)


def liken(fd: int, old: Path, found: os.stat_result) -> None:
    """Give the file the owner, mode and attributes of ``old``, whose ``stat`` is ``found``; else Unlike."""
    new = os.fstat(fd)
    try:
        if (new.st_uid, new.st_gid) != (found.st_uid, found.st_gid):
            os.fchown(fd, found.st_uid, found.st_gid)
        if hasattr(os, "listxattr"):
            _copy_attributes(fd, old)
        os.fchmod(fd, stat.S_IMODE(found.st_mode))
    except OSError as error:
        if error.errno in _CAN_NOT_KEEP:
            raise Unlike from error
        raise
    if os.fstat(fd).st_mode != found.st_mode:
        raise Unlike


def _copy_attributes(fd: int, old: Path) -> None:
    try:
        wanted = os.listxattr(old)
    except OSError as error:
        if error.errno in {errno.ENOTSUP, errno.ENOSYS}:
            return
        raise
    present = os.listxattr(fd)
    if _ACCESS_LIST in present and _ACCESS_LIST not in wanted:
        os.removexattr(fd, _ACCESS_LIST)
    for attribute in wanted:
        value = os.getxattr(old, attribute)
        if attribute not in present or os.getxattr(fd, attribute) != value:
            os.setxattr(fd, attribute, value)

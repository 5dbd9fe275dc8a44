"""What all tests share: real minutes where they are at hand; state and settings that are not the user's."""

from __future__ import annotations

from pathlib import Path

import pytest

_CORPUS = Path(__file__).parents[2] / "shared" / "corpus"


@pytest.fixture
def corpus() -> Path:
    """Real minutes and edit histories; tests that want them are skipped where they are not at hand."""
    if not _CORPUS.is_dir():
        pytest.skip("no real minutes at hand")
    return _CORPUS


@pytest.fixture(autouse=True)
def state_directory(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """Journals go to a directory of the test's own, and copies of them to another one."""
    directory = tmp_path / "state"
    monkeypatch.setenv("FACILITATOR_STATE_DIR", str(directory))
    monkeypatch.setenv("TMPDIR", str(tmp_path_factory.mktemp("scratch")))
    return directory


@pytest.fixture(autouse=True)
def settings(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings are in a file of the test's own, which is empty at first, and lies where no test looks."""
    file = tmp_path_factory.mktemp("settings") / "config.yaml"
    file.touch()
    monkeypatch.setenv("FACILITATOR_CONFIG", str(file))
    for name in ("ALERTS", "SOUND", "TITLE"):
        monkeypatch.delenv(f"FACILITATOR_{name}", raising=False)
    return file

"""What commits wiped in the history of the minutes, and putting it back."""

from __future__ import annotations

from pathlib import Path

import pytest

from facilitator import cli
from facilitator.commands import DONE, REFUSED, WRONG_USE
from facilitator.store import clobbers
from tests.calls import MINUTES, Checkout

LENS = MINUTES.replace(b"Solheim\n", b"Solheim\n\n- New lens\n")
STALE = MINUTES.replace(b"contributors\n", b"contributors\n- Release on Friday\n")
"""Made from the first version, and committed over the second."""
HEALED = LENS.replace(b"contributors\n", b"contributors\n- Release on Friday\n")


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    made = Checkout.make(tmp_path)
    made.commit("Ada Brandt", MINUTES)
    made.commit("Ingrid Solheim", LENS)
    return made


def test_a_stale_copy_committed_over_an_update_is_found(checkout: Checkout) -> None:
    checkout.commit("Priya Nair", STALE)
    (wiped,) = clobbers.find(checkout.path)
    assert wiped.commit.author == "Priya Nair"
    assert wiped.sections == ("Lantern - Ingrid Solheim",)
    assert wiped.missing_in(STALE)
    assert not wiped.missing_in(HEALED)
    assert clobbers.healed(STALE, [wiped]) == HEALED


def test_who_takes_back_their_own_text_wipes_nobodys(checkout: Checkout) -> None:
    checkout.commit("Ingrid Solheim", MINUTES)
    assert clobbers.find(checkout.path) == ()


def test_a_merge_that_drops_one_side_is_found_and_a_clean_one_is_not(checkout: Checkout) -> None:
    checkout.git("checkout", "-q", "-b", "side", "HEAD~1")
    checkout.commit("Priya Nair", STALE)
    checkout.git("checkout", "-q", "main")
    checkout.join("side", "Tomas Rey", HEALED)
    assert clobbers.find(checkout.path) == ()
    checkout.git("reset", "-q", "--hard", "HEAD~1")
    checkout.join("side", "Tomas Rey", STALE)
    (wiped,) = clobbers.find(checkout.path)
    assert (wiped.commit.author, wiped.sections) == ("Tomas Rey", ("Lantern - Ingrid Solheim",))
    assert clobbers.healed(STALE, [wiped]) == HEALED


def test_the_command_tells_and_heals(checkout: Checkout, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["clobbers", str(checkout.path)]) == DONE
    assert capsys.readouterr() == ("", "")
    made = checkout.commit("Priya \x1b]52;c;\x07Nair", STALE)
    assert cli.main(["clobbers", str(checkout.path)]) == REFUSED
    told = capsys.readouterr().out
    assert told.startswith(made[:10])
    assert told.rstrip().endswith("wiped Lantern - Ingrid Solheim  (still missing)")
    assert "\x1b" not in told
    assert checkout.path.read_bytes() == STALE
    assert cli.main(["clobbers", str(checkout.path), "--heal"]) == DONE
    assert "(put back now)" in capsys.readouterr().out
    assert checkout.path.read_bytes() == HEALED
    assert cli.main(["clobbers", str(checkout.path)]) == DONE
    assert "(restored since)" in capsys.readouterr().out


def test_the_command_says_where_it_cannot_know(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "minutes.md"
    assert cli.main(["clobbers", str(path)]) == WRONG_USE
    path.write_bytes(MINUTES)
    assert cli.main(["clobbers", str(path)]) == WRONG_USE
    assert "git" in capsys.readouterr().err


def test_a_history_that_is_too_large_is_refused_in_a_line(
    checkout: Checkout, capsys: pytest.CaptureFixture[str]
) -> None:
    checkout.commit("Priya Nair", MINUTES + b"x" * 5_000_000)
    assert cli.main(["clobbers", str(checkout.path)]) == REFUSED
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (-5, "0 minutes ago"),
        (61, "1 minute ago"),
        (7_199, "119 minutes ago"),
        (7_200, "2 hours ago"),
        (4 * 86_400, "4 days ago"),
        (800 * 86_400, "2 years ago"),
    ],
)
def test_a_time_is_told_in_the_largest_unit_that_says_enough(seconds: float, said: str) -> None:
    assert clobbers.ago(seconds) == said


def test_the_lost_updates_of_real_calls_are_found_and_put_back(corpus: Path, tmp_path: Path) -> None:
    for day in ("2018-05-29", "2021-05-25"):
        case = corpus / "clobbers" / day
        told = dict(
            line.split(": ", 1) for line in (case / "README").read_text().splitlines() if ": " in line
        )
        before, after = (case / "before.md").read_bytes(), (case / "after.md").read_bytes()
        made = Checkout.make(tmp_path / day)
        made.commit("Somebody Else", before)
        made.commit(told["overwriter"], after)
        (wiped,) = clobbers.find(made.path)
        lost = {title.lower().partition(" - ")[0].partition(" (")[0] for title in wiped.sections}
        assert {one.strip("# ") for one in told["lost"].partition(" (")[0].split("|")} <= lost
        missing = {line.strip() for line in before.splitlines()} - {
            line.strip() for line in after.splitlines()
        }
        healed = {line.strip() for line in clobbers.healed(after, [wiped]).splitlines()}
        assert missing <= healed

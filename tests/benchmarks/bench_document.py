"""Print what reading minutes and writing into them costs: ``python tests/benchmarks/bench_document.py``.

Times are the best of several runs, in milliseconds; ratios are against the yardstick beside them.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from mistune import BlockParser, BlockState

from facilitator.core import items
from facilitator.core.document import Document, TooLarge

PROJECT = """### Project {n} - Ann Lee {n}

- Added a new field to express assets declaratively, see https://example.org/{n}
- Continuing to look into the slow start with many locks
  - nested remark with `code` and *emphasis*

Some prose that tells how the work goes on, over
two lines of text.


### Quiet {n} - Bo Ek


"""


def minutes(size: int) -> bytes:
    """Return minutes of about so many bytes."""
    parts, length = ["# Meeting\n\n## Discussion\n\n- [EM] A topic?\n\n## Backlog Reviews\n\n"], 0
    while length < size:
        parts.append(PROJECT.format(n=len(parts)))
        length += len(parts[-1])
    return "".join(parts).encode()


def best(run: Callable[[], object], times: int) -> float:
    """Return the shortest time of a call, in milliseconds."""
    found = float("inf")
    for _ in range(times):
        start = time.perf_counter()
        run()
        found = min(found, time.perf_counter() - start)
    return found * 1000


def block_pass(data: bytes) -> None:
    """Run mistune's own block pass."""
    state = BlockState()
    state.process(data.decode())
    BlockParser().parse(state)


def entry(data: bytes) -> float:
    """Return what one entry costs in the middle of a text: place, write, count words again."""
    document = Document.parse(data)
    known = items.infer(document)
    item = known[len(known) // 2]
    assert item.section is not None
    section = item.section

    def write() -> None:
        after = document.append(section, ["a note"])
        items.refresh(known, after, None, section)

    return best(write, 20)


def hostile() -> dict[str, str]:
    """Return texts that were slow somewhere, or ended in a RecursionError."""
    return {
        "one line of 157,000 characters in 1.4 MB": "# a\n\n"
        + "word " * 31_400
        + "\n\n"
        + "- note\n" * 177_000,
        "10,000 headings": "# h\n" * 10_000,
        "10,000 quotes deep": ">" * 10_000 + " # x\n# h\n",
        "10,000 lists deep": "- " * 10_000 + "x\n# h\n",
        "400 lists deep, indented": "".join(" " * n * 2 + "- x\n" for n in range(400)),
        "100,000 brackets": "[" * 100_000 + "]" * 100_000 + "\n",
        "a heading with 25,000 blanks": "# a" + " " * 25_000 + "b\n",
        "a setext heading of 25,000 lines": "a\n" * 25_000 + "===\n",
        "> a, - b in turn": "> a\n- b\n" * 25_000,
        "- a, * b in turn": "- a\n* b\n" * 25_000,
        "definitions in turn": "- [a]: b\n[c]: d\n" * 10_000,
        "lazy lines": "- a\n" + "b\n  c\n" * 25_000,
        "open comments": "<!-- a\n\n" * 25_000,
        "open fences in items": "- ```\n" * 25_000,
        "stars": "*" * 100_000 + "\n",
        "a line of tabs": "\t" * 100_000 + "x\n",
        "dashes, then not front matter": "---\nk: v\n" + "a\n" * 100_000,
        "blank lines": "\n" * 500_000,
    }


def main() -> None:
    """Print the figures."""
    small, middle, large = minutes(8_000), minutes(10_000), minutes(1_000_000)
    parse = best(lambda: Document.parse(large), 5)
    own = best(lambda: block_pass(large), 3)
    print(f"parse 1 MB              {parse:8.1f}   mistune's block pass {own:.1f}, ratio {parse / own:.2f}")
    ratio = parse / best(lambda: Document.parse(middle), 20)
    print(f"parse 100x the text     {ratio:8.1f}x  (100 is linear)")
    one, other = entry(small), entry(large)
    print(f"one entry in 8 kB       {one:8.2f}")
    print(f"one entry in 1 MB       {other:8.2f}   ratio {other / one:.2f}")
    document = Document.parse(large)
    print(f"items of 1 MB           {best(lambda: items.infer(document), 2):8.1f}")
    for name, text in hostile().items():
        data = text.encode()

        def everything(data: bytes = data) -> None:
            document = Document.parse(data)
            for section in (0, len(document.sections) - 1):
                document.list_items(section)

        try:
            print(f"{name:40} {best(everything, 1):9.1f}  {len(data):9,} bytes")
        except TooLarge as error:
            print(f"{name:40} refused: {error}")


if __name__ == "__main__":
    main()

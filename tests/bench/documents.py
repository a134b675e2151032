"""A biography and a fact sheet as text, Word and PDF: what each costs the processor.

The bound for one document is 60 ms, warm. Every turn writes other facts, so nothing is
found in a cache; the first of a process, told apart, loads libraries and typefaces.
"""

import dataclasses
import resource
import time

from tests.bench.sites import say
from tests.press.documents import samples

BOUND = 0.060  # seconds of the processor
TIMES = 20
MANY = 300  # documents, after which the memory should be what it was


def main():
    from press.documents.pdf import pdf  # noqa: PLC0415 (the settings are chosen above)
    from press.documents.text import text  # noqa: PLC0415
    from press.documents.word import word  # noqa: PLC0415

    documents = {"biography": samples.biography(), "fact sheet": samples.fact_sheet()}
    say(f"{'':18} {'first':>9} {'least':>9} {'mean':>9} {'kB':>6}   of the bound")
    for name, document in documents.items():
        for write in (text, word, pdf):
            turns = [turn(document, number) for number in range(TIMES + 1)]
            first, *rest = [cpu(write, other) for other in turns]
            mean = sum(rest) / len(rest)
            say(
                f"{name:11} {write.__name__:6} {1000 * first:6.1f} ms "
                f"{1000 * min(rest):6.1f} ms {1000 * mean:6.1f} ms "
                f"{len(write(document)) / 1000:6.0f} {mean / BOUND:8.2f}"
            )
    before = memory()
    for number in range(MANY):
        pdf(turn(documents["fact sheet"], f"again {number}"))
        word(turn(documents["fact sheet"], f"again {number}"))
    say(f"{MANY} of both kinds more: from {before:.0f} to {memory():.0f} MB at most")


def turn(document, number):
    """The document with another title and as many other facts as it has rows."""
    blocks = tuple(other_facts(block, number) for block in document.blocks)
    return dataclasses.replace(document, title=f"Turn {number}", blocks=blocks)


def other_facts(block, number):
    if not hasattr(block, "rows"):
        return block
    rows = tuple((f"{row[0][0]}-{number}", *row[1:]) for row in block.rows)
    return dataclasses.replace(block, rows=rows)


def cpu(write, document):
    start = time.process_time()
    write(document)
    return time.process_time() - start


def memory():
    """The most that this process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()

"""Break the package on purpose and see whether a test fails: `python3 scripts/dev.py mutants --room model --sample 20`.

Makes a map of which tests reach which line (`.cache/mutants`, again after each change of code or tests), draws mutants,
and runs for each the tests that reach its line until one fails, two mutants at a time in copies of the checkout.
A run that was stopped goes on where it was. Exit code 1 when fewer than four of five died.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import islice

from tests.mutants import produce, session, work
from tests.mutants.reach import Reach
from tests.mutants.session import Trial

WANTED = 0.8  # of the mutants that are not equivalent have to die
EQUIVALENT = "equivalent"


def main(argv: Sequence[str] | None = None) -> int:
    """Draw, try and tell."""
    asked = _arguments(argv)
    texts = session.sources(asked.room or session.ROOMS)
    found, left_out = produce.counted(texts)
    rooms = sorted({mutant.room for mutant in found})
    print(f"{len(found)} mutants in {len(texts)} modules of {', '.join(rooms)}; left out:")
    for reason, number in left_out.items():
        print(f"  {number:6} {reason}")
    tree, known = session.reached()
    print(f"{len(known.seconds)} tests reach a line; {len(known.failed)} fail without any mutant and are not used")
    drawn = list(islice(session.trials(produce.drawn(found, asked.seed), texts), asked.sample or None))
    outcomes = _tried(drawn, texts, known, tree)
    equivalent = session.equivalents()
    _tell_survivors(drawn, outcomes, equivalent)
    _tell_stale(drawn, outcomes, equivalent, texts)
    return _tell_rooms(drawn, outcomes, equivalent)


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python3 scripts/dev.py mutants", description=__doc__)
    rooms = [path.name for path in sorted(session.PACKAGE.iterdir()) if (path / "__init__.py").exists()]
    wanted = ", ".join(session.ROOMS)
    parser.add_argument("--room", action="append", choices=rooms, help=f"a folder of the package (default: {wanted})")
    parser.add_argument("--sample", type=int, default=300, help="so many mutants, drawn at random (0: all)")
    parser.add_argument("--seed", type=int, default=1, help="another seed draws other mutants")
    return parser.parse_args(argv)


def _tried(drawn: Sequence[Trial], texts: Mapping[str, produce.Source], known: Reach, tree: str) -> dict[str, str]:
    """The result of each trial by its key: remembered, or found now and written down at once."""
    path = session.CACHE / "results.jsonl"
    found = {outcome.key: outcome.result for outcome in session.remembered(path, tree).values()}
    left = [trial for trial in drawn if trial.key not in found]
    print(f"{len(drawn)} drawn, {len(drawn) - len(left)} of them tried before", flush=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        for number, outcome in enumerate(session.run(left, texts, known), 1):
            said = {**vars(outcome), "tree": tree, "test": session.content(outcome.by)}
            print(json.dumps(said), file=file, flush=True)
            found[outcome.key] = outcome.result
            if number % 20 == 0:
                print(f"  {number} of {len(left)}", flush=True)
    return found


def _tell_survivors(
    drawn: Sequence[Trial], outcomes: Mapping[str, str], equivalent: Collection[tuple[str, str, str, str]]
) -> None:
    for trial in drawn:
        if outcomes[trial.key] == work.SURVIVED and trial.known not in equivalent:
            mutant = trial.mutant
            print(f"\n{mutant.module}:{mutant.start[0]} {mutant.operator} survived")
            print(f"  - {trial.was}\n  + {trial.becomes}")


def _tell_stale(
    drawn: Sequence[Trial],
    outcomes: Mapping[str, str],
    equivalent: Mapping[tuple[str, str, str, str], str],
    texts: Mapping[str, produce.Source],
) -> None:
    died = {trial.known for trial in drawn if outcomes[trial.key] != work.SURVIVED}
    for module, operator, line, becomes in equivalent:
        if module.split("/")[2] in session.ROOMS and not (session.ROOT / module).exists():
            why = "there is no such module"
        elif module in texts and line not in map(str.strip, texts[module].text.splitlines()):
            why = "there is no such line"
        elif (module, operator, line, becomes) in died:
            why = "a test kills it"
        else:
            continue
        print(f"\nStale in {session.EQUIVALENT.name}: {why}\n  {module} {operator}\n  - {line}\n  + {becomes}")


def _tell_rooms(
    drawn: Sequence[Trial], outcomes: Mapping[str, str], equivalent: Collection[tuple[str, str, str, str]]
) -> int:
    """Print a line for each room and for all; 1 when too few died."""
    rows: dict[str, Counter[str]] = {}
    for trial in drawn:
        result = outcomes[trial.key]
        if result == work.SURVIVED and trial.known in equivalent:
            result = EQUIVALENT
        for name in (trial.mutant.room, "all"):
            rows.setdefault(name, Counter())[result] += 1
    print(f"\n{'room':12}{'killed':>8}{'timeout':>8}{'survived':>9}{'equivalent':>11}{'died':>7}")
    for name, row in sorted(rows.items(), key=lambda pair: (pair[0] == "all", pair[0])):
        numbers = f"{row[work.KILLED]:8}{row[work.TIMEOUT]:8}{row[work.SURVIVED]:9}{row[EQUIVALENT]:11}"
        print(f"{name:12}{numbers}{share(row):7.0%}")
    return int(share(rows.get("all", Counter())) < WANTED)


def share(row: Counter[str]) -> float:
    """Which part died of those that are not equivalent; 1 where there are none."""
    died = row[work.KILLED] + row[work.TIMEOUT]
    return died / (died + row[work.SURVIVED] or 1) if row else 1.0


if __name__ == "__main__":
    try:
        raise SystemExit(main())
    except KeyboardInterrupt:
        print("Stopped; the same command goes on from here")
        raise SystemExit(130) from None

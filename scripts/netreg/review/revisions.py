"""Revisions: the files that differ between two revisions, and only those, read from Git as data."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO, NamedTuple

from netreg.core import git as revision
from netreg.core.load import Document, Problem, id_of, parse_document, read_document
from netreg.core.load.bytes import LARGEST, decode
from netreg.core.load.node import Node
from netreg.core.project import UsageError

MOST_BYTES = 128 * 1024 * 1024
"""Bytes of entries that are read for one comparison at most; the whole registry has less than one hundredth."""

_RAW = ("-z", "--raw", "--no-renames", "--relative")
_AT_ONCE = 100
"""So many names are asked for before the answers are read: few enough for any pipe, or both sides would wait."""

LINK, PROJECT, EXECUTABLE = "120000", "160000", "100755"
"""Modes of what is no ordinary file: a link to another file, a folder of another project, a program."""

_FILES = ("100644", EXECUTABLE)


class Pair(NamedTuple):
    """A file of the registry that differs: its id and both states, None where there is none.

    Two states of one file may be read only where they differ.
    """

    id: str
    before: Document | None
    after: Document | None


class Side(NamedTuple):
    """One state of a file as Git lists it; ``blob`` is empty where the working tree holds it."""

    mode: str
    blob: str

    @property
    def is_there(self) -> bool:
        """Whether there is anything under that name."""
        return bool(self.mode.strip("0"))

    @property
    def is_file(self) -> bool:
        """Whether it is an ordinary file, with contents to read."""
        return self.mode in _FILES


class Listed(NamedTuple):
    """A file that differs, by its path in the project; bytes of it that are no UTF-8 are surrogates."""

    path: str
    before: Side
    after: Side

    @property
    def is_entry(self) -> bool:
        """Whether it is a file of an entry whose contents differ; another mode alone changes no entry."""
        name = self.path.removeprefix("registry/")
        is_other = self.before.blob != self.after.blob or not self.before.blob.strip("0")
        return is_other and name != self.path and "/" not in name and name.endswith(".yaml")


def list_changed(root: Path, base: str, head: str | None = None, *, since_parted: bool = False) -> list[Listed]:
    """All files that differ, entries or not, in the order of their paths; a file with another name is another one.

    Of files that Git does not know only those below ``registry/`` count: others may lie there for any reason.

    Args:
        root: the folder of the project.
        base: the older revision.
        head: the newer one; by default what lies in the working tree.
        since_parted: whether the older state is that where both parted, and not the base itself.

    Raises:
        UsageError: there is no Git or no such revision.
    """
    if head is not None:
        return list(read_listing(_listing(root, base, head, since_parted=since_parted)))
    if since_parted:
        base = revision.parted(root, base, "HEAD")
    # Unlike diff-index, diff looks into files of which only the time has changed.
    said = revision.git(root, "diff", "--no-ext-diff", "--no-abbrev", *_RAW, revision.commit(root, base), "--")
    changed = {one.path: one for one in read_listing(said)}
    new = [path for path in revision.untracked(root).split("\0") if path]
    changed |= {path: Listed(path, _NONE, _UNREAD) for path in new if path not in changed}
    return [changed[path] for path in sorted(changed)]


_NONE, _UNREAD = Side("000000", ""), Side("100644", "")


def _listing(root: Path, base: str, head: str, *, since_parted: bool) -> str:
    """How two revisions differ. Plain names are asked for at once; others once Git says which commits they mean."""
    if _is_plain(base) and _is_plain(head):
        how = ["--merge-base"] if since_parted else []
        try:
            return _listed(root, *how, f"{base}^{{commit}}", f"{head}^{{commit}}")
        except UsageError:
            pass  # which of them Git does not know is told below; nor can all parted ones be listed in one step
    older = revision.parted(root, base, head) if since_parted else base
    return _listed(root, *revision.commits(root, older, head))


def _is_plain(name: str) -> bool:
    """Whether a name can be nothing but one revision: no option, no range, no file."""
    return ".." not in name and re.fullmatch("[A-Za-z0-9][A-Za-z0-9/._~-]*", name) is not None


def _listed(root: Path, *words: str) -> str:
    return revision.git(root, "diff-tree", "-r", *_RAW, *words, "--")


def read_pairs(root: Path, listed: Iterable[Listed], *, in_tree: bool = False) -> Iterator[Pair]:
    """Both states of the entries among these files; ``in_tree`` reads the newer one from the working tree.

    Raises:
        UsageError: they hold more than anybody could review.
    """
    entries = [one for one in listed if one.is_entry]
    sides = (side for one in entries for side in ((one.before,) if in_tree else (one.before, one.after)))
    blobs = read_blobs(root, [side.blob for side in sides if side.is_file])
    for one in entries:
        if in_tree:
            yield Pair(_id(one.path), _document(one.path, one.before, blobs), _file(root, one.path))
        else:
            yield read_pair(*one, blobs)


def read_listing(listing: str) -> Iterator[Listed]:
    """The files in a raw listing: ``:100644 100644 <blob> <blob> M``, NUL, path, NUL."""
    fields = listing.split("\0")
    for said, path in zip(fields[::2], fields[1::2], strict=False):
        mode, new_mode, blob, new_blob, _status = said.removeprefix(":").split(" ")
        yield Listed(path, Side(mode, blob), Side(new_mode, new_blob))


def _id(path: str) -> str:
    """The id in a path; bytes that are no UTF-8 become question marks in diamonds."""
    return shown_path(path).removeprefix("registry/").removesuffix(".yaml")


def shown_path(path: str) -> str:
    """The path as text."""
    return path.encode("utf-8", errors="surrogateescape").decode("utf-8", errors="replace")


def read_pair(path: str, before: Side, after: Side, blobs: Iterator[bytes]) -> Pair:
    """Both states of an entry; takes from ``blobs`` what belongs to them, the older first."""
    if before.is_file and after.is_file:
        return Pair(_id(path), *read_both(shown_path(path), next(blobs), next(blobs)))
    return Pair(_id(path), _document(path, before, blobs), _document(path, after, blobs))


def _document(path: str, side: Side, blobs: Iterator[bytes]) -> Document | None:
    if side.is_file:
        return parse_document(shown_path(path), next(blobs))
    if not side.is_there:
        return None
    what = "a link to another file" if side.mode == LINK else "a folder of another project"
    return Document(
        shown_path(path), _id(path), "", None, (Problem("stray-file", 1, 1, f"This is {what}, not an entry."),)
    )


def _file(root: Path, path: str) -> Document | None:
    try:
        (root / path).lstat()
    except FileNotFoundError:
        return None
    except OSError:
        pass  # reading it says why
    return read_document(root / path, shown_path(path))


def read_blobs(root: Path, names: Sequence[str]) -> Iterator[bytes]:
    """The contents of blobs in the order of their names; of one that is too large for an entry, the beginning."""
    if not names:
        return
    with subprocess.Popen(
        ["git", "cat-file", "--batch"], cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as git:
        assert git.stdin is not None
        assert git.stdout is not None
        total = 0
        try:
            for start in range(0, len(names), _AT_ONCE):
                asked = names[start : start + _AT_ONCE]
                git.stdin.write("".join(f"{name}\n" for name in asked).encode("ascii"))
                git.stdin.flush()
                for data in _contents(git.stdout, len(asked)):
                    total += len(data)
                    _refuse_more_than_can_be_read(total)
                    yield data
        finally:
            git.kill()


def _refuse_more_than_can_be_read(total: int) -> None:
    if total > MOST_BYTES:
        raise UsageError("These revisions differ in more entries than can be compared at once. Take a nearer one.")


def _contents(answers: IO[bytes], number: int) -> Iterator[bytes]:
    """The answers of ``cat-file --batch``: ``<name> blob <size>``, a line feed, the bytes, a line feed."""
    for _ in range(number):
        said = answers.readline().split()
        if len(said) != 3:
            raise UsageError("This copy of the project lacks a file of one of the revisions. Fetch all of it first.")
        size = int(said[2])
        data = answers.read(min(size, LARGEST + 1))
        _skip(answers, size - len(data) + 1)
        yield data


def _skip(answers: IO[bytes], size: int) -> None:
    while size > 0:
        size -= len(answers.read(min(size, 1 << 20))) or size


# Two states of one file

_NAMES = ("name", "short_name", "acronym")
"""Fields that are read even where they did not change, and beside which, where they did, the other names are."""

_BEFORE_FIELD = re.compile(r"\n(?=[A-Za-z])")
_BEFORE_SOURCE = re.compile(r"\n(?=  - )")
_FIELD = re.compile(r"([A-Za-z][A-Za-z0-9_-]*):[ \n]")
_SOURCE = re.compile(r"  - (?:\{)?id: ([a-z0-9-]+)[,\n]")
_STRANGE = re.compile(r"\n[^A-Za-z# \n]")
_WORD = re.compile(r"[a-z0-9-]+")
_NOTHING = re.compile(r"(?:[ ]*(?:#[^\n]*)?\n)*")

Pieces = dict[str, str]


def read_both(shown: str, before: bytes, after: bytes) -> tuple[Document, Document]:
    """Both states of a file, read only where they differ.

    The texts are cut before each line that begins with a letter, where a field of an entry begins. Pieces that both
    states share say the same in both and are not read, but for names, and for sources that the others cite. Pieces that
    cannot be read by themselves mean that the text is laid out otherwise; then both states are read as a whole. What is
    wrong in a piece that did not change is not seen here; the check sees it.

    It takes 1.35 ms a file against 17.4 ms, which matters to a history of thousands.
    """
    return _partly(shown, before, after) or (parse_document(shown, before), parse_document(shown, after))


def _partly(shown: str, before: bytes, after: bytes) -> tuple[Document, Document] | None:
    (old, problems), (new, more_problems) = decode(before), decode(after)
    was, now = _pieces(old), _pieces(new)
    if problems or more_problems or not was or not now or _must_be_whole(was, now):
        return None
    shared = {key: piece for key, piece in now.items() if was.get(key) == piece}
    gone, come = ({key: side[key] for key in side if key not in shared} for side in (was, now))
    needed = _needed(shared, (gone, come))
    older, newer = _read(shown, gone), _read(shown, needed | come)
    if older is None or newer is None:
        return None
    both = {key: newer[key] for key in needed}
    return _partial(shown, old, both | older, was), _partial(shown, new, newer, now)


def _must_be_whole(was: Pieces, now: Pieces) -> bool:
    """Whether an entry comes or goes as a whole, or a source is another one, which concerns all that cite it."""
    if was.get("entry") != now.get("entry"):
        return True
    if was.get("sources") == now.get("sources"):
        return False
    listed, still = (_BEFORE_SOURCE.split(side.get("sources", "")) for side in (was, now))
    return not set(listed) <= set(still)


def _pieces(text: str) -> Pieces | None:
    """The text of each field; None where something else stands at the margin, or a field stands there twice."""
    text = f"\n{text}".removesuffix("\n")  # a piece is the same wherever it stands
    if _STRANGE.search(text):
        return None
    lead, *pieces = _BEFORE_FIELD.split(text)
    found = {match[1]: piece for piece in pieces if (match := _FIELD.match(piece))}
    return found if len(found) == len(pieces) and _NOTHING.fullmatch(f"{lead}\n") else None


def _needed(shared: Pieces, changed: Sequence[Pieces]) -> Pieces:
    """The pieces that both states share and that tell what the others speak of."""
    is_renamed = any(name in side for side in changed for name in _NAMES)
    needed = {key: shared[key] for key in (*_NAMES, *(["other_names"] if is_renamed else [])) if key in shared}
    if "sources" in shared:
        words = set(_WORD.findall("".join(piece for side in changed for piece in side.values())))
        lead, *sources = _BEFORE_SOURCE.split(shared["sources"])
        ids = [match[1] if (match := _SOURCE.match(source)) else None for source in sources]
        wanted = [source for source, id_ in zip(sources, ids, strict=True) if id_ is None or id_ in words]
        needed["sources"] = "\n".join([lead, *(wanted or sources[:1])])
    return needed


def _read(shown: str, pieces: Pieces) -> dict[str, Node] | None:
    """The fields in some pieces of a file; None where one of them is not a whole."""
    if not pieces:
        return {}
    root = parse_document(shown, "\n".join([*pieces.values(), ""]).encode()).root
    if root is None or root.kind != "mapping" or root.value.keys() != pieces.keys():
        return None
    return dict(root.value)


def _partial(shown: str, text: str, fields: dict[str, Node], order: Iterable[str]) -> Document:
    ordered = {key: fields[key] for key in order if key in fields}
    return Document(shown, id_of(shown), text, Node("mapping", ordered, 1, 1, 1, 1), ())

"""``netreg new``: write a new entry, asking for what it needs."""

from __future__ import annotations

import shlex
import sys
import textwrap
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator, Sequence

from netreg.check import Context, Subject, check_one
from netreg.commands.options import parser, wants_colour
from netreg.commands.reading import read_documents
from netreg.contribute.duplicates import Detector, Likeness
from netreg.contribute.edit.new_entry import Prompt, Typed, entry_of, errors_in, prompts, proposed_id
from netreg.core.atomic import create_file
from netreg.core.canonical import canonical_data
from netreg.core.finding import Level
from netreg.core.ids import is_well_formed, reserved, slug
from netreg.core.load import Document, parse_document
from netreg.core.nearest import quoted
from netreg.core.project import Project, UsageError, find_project
from netreg.core.report import printable, render
from netreg.core.schema import Schema, read_schema

_IDENTITY = ("name", "acronym")
_WIDTH = 100


def run(args: Sequence[str]) -> int:
    """Ask, write, check, and return 1 where something is missing or was refused."""
    project = find_project()
    schema = read_schema(project.root)
    asked = prompts(schema)
    options = _parser(asked).parse_args(args)
    interview = _Interview(asked, Context(schema, project.today))
    if not interview.take(options):
        return 2  # a part of what was said would be written, and the corrected command refused
    known = [Subject(document, schema) for document in read_documents(project)]
    interview.ask(only=_IDENTITY)
    id_ = _free_id(options.id or proposed_id(interview.answers), known, schema)
    name, acronym, website = (str(interview.answers.get(key, "")) for key in ("name", "acronym", "website"))
    _warn(Detector(subject.outline for subject in known).look_alikes(name, acronym, website))
    interview.ask()
    text = canonical_data(entry_of(interview.answers, asked, project.today), schema)
    _put(project, id_, text, to_output=options.print)
    clean = _report(parse_document(f"registry/{id_}.yaml", text.encode()), known, interview.context, options)
    return 0 if clean else 1


def _parser(asked: Iterable[Prompt]) -> ArgumentParser:
    options = parser("new", "Write a new entry. At a terminal it asks for what the options do not say.")
    options.add_argument("id", nargs="?", metavar="ID", help="the id; by default from the acronym or the name")
    for prompt in asked:
        options.add_argument(f"--{prompt.option}", metavar="TEXT", help=_help(prompt).replace("%", "%%"))
    options.add_argument("--print", action="store_true", help="print the entry and write no file")
    return options


def _help(prompt: Prompt) -> str:
    terms = ", ".join(term.value for term in prompt.terms)
    return f"{prompt.help} {'Any of' if prompt.kind == 'array' else 'One of'}: {terms}." if terms else prompt.help


class _Interview:
    """Collects the answers; one that the checks object to is refused, or asked for again at a terminal."""

    def __init__(self, asked: Sequence[Prompt], context: Context) -> None:
        self.asked = asked
        self.context = context
        self.answers: dict[str, Typed] = {}
        self._done: set[str] = set()
        self.at_terminal = sys.stdin is not None and sys.stdin.isatty()  # None where it is closed

    def take(self, options: Namespace) -> bool:
        """Take the answers given as options, and tell whether all are right or somebody can be asked again."""
        given = ((prompt, getattr(options, prompt.option.replace("-", "_"))) for prompt in self.asked)
        taken = [self._accept(prompt, said, f"--{prompt.option}: ") for prompt, said in given if said is not None]
        return self.at_terminal or all(taken)

    def ask(self, only: Sequence[str] = ()) -> None:
        """Ask what is not answered yet, where there is somebody to ask."""
        for prompt in self.asked if self.at_terminal else ():
            if prompt.option not in self._done and (not only or prompt.option in only):
                _tell(_worded(prompt))
                try:
                    while not self._accept(prompt, _heard()):
                        pass
                except EOFError:
                    _tell(["", f"Nothing is written. To go on from here: {self._so_far()}"])
                    raise KeyboardInterrupt from None

    def _so_far(self) -> str:
        """The command with all answers so far, for a shell."""
        said = {option: ",".join(one) if isinstance(one, list) else str(one) for option, one in self.answers.items()}
        said |= {option: "yes" if one else "no" for option, one in self.answers.items() if isinstance(one, bool)}
        return shlex.join(["netreg", "new", *(f"--{option}={text}" for option, text in said.items() if text)])

    def _accept(self, prompt: Prompt, said: str, prefix: str = "") -> bool:
        """File an answer; an empty one means none."""
        answer = prompt.understood(said)
        found = errors_in(prompt, answer, self.context) if answer else []
        _tell(f"{prefix}{finding.message} {finding.fix}" for finding in found)
        if not found:
            self._done.add(prompt.option)
            self.answers[prompt.option] = answer
        return not found


def _heard() -> str:
    print("> ", end="", file=sys.stderr, flush=True)
    try:
        return input()
    except UnicodeDecodeError:
        return "\0"


def _tell(lines: Iterable[str]) -> None:
    """Say something to the person, apart from what is printed as the result."""
    for line in lines:
        print(textwrap.fill(printable(line), _WIDTH, subsequent_indent=_margin(line)), file=sys.stderr)


def _margin(line: str) -> str:
    return " " * (6 if line.startswith("  ") and line.strip()[:1].isdigit() else 2)


def _worded(prompt: Prompt) -> Iterator[str]:
    yield ""
    yield f"{prompt.title}{'' if prompt.is_required else ' (may be left out)'}"
    example = f" For example: {prompt.examples[0]}." if prompt.examples and not prompt.terms else ""
    yield f"  {prompt.help}{example}"
    for number, term in enumerate(prompt.terms, start=1):
        yield f"  {number:2}  {term.value}: {term.criterion}"
    if prompt.terms:
        several = "words or numbers, with commas between"
        yield f"  Answer with {several if prompt.kind == 'array' else 'a word or a number'}."


def _free_id(id_: str, known: Iterable[Subject], schema: Schema) -> str:
    if not id_:
        raise UsageError("there is no id: give one, or an acronym or name in Latin letters to make it from.")
    if not is_well_formed(id_):
        hint = f' Perhaps "{slug(id_)}"?' if slug(id_) else ""
        raise UsageError(f"{quoted(id_)} {schema.definition('id')['x-message']}.{hint}")
    if reserved(id_):
        raise UsageError(f"{quoted(id_)} {reserved(id_)}; give another id: netreg new ID.")
    if any(entry.id.casefold() == id_ for entry in known):
        raise UsageError(f"registry/{id_}.yaml is there already. If this is another body, give an id: netreg new ID.")
    if id_ in schema.by_value("actor"):
        raise UsageError(f'"{id_}" is the id of an actor that relations point to; give another.')
    return id_


def _warn(alike: Iterable[Likeness]) -> None:
    _tell(
        f"Look at registry/{one.id}.yaml first: {quoted(one.title)} looks like it, by {quoted(one.by)}."
        for one in alike
    )


def _put(project: Project, id_: str, text: str, *, to_output: bool) -> None:
    if to_output:
        sys.stdout.write(text)
        return
    shown = f"registry/{id_}.yaml"
    try:
        create_file(project.root / shown, text)
    except FileExistsError:
        raise UsageError(f"{shown} is there already; it is as it was.") from None
    except OSError as error:
        raise UsageError(f"{shown} cannot be written: {error.strerror}.") from None
    print(f"{shown} is written.")


def _report(document: Document, others: Sequence[Subject], context: Context, options: Namespace) -> bool:
    """Show what the checks find in the new entry, and whether it is free of errors."""
    found = check_one(document, [other.outline for other in others], context)
    stream = sys.stderr if options.print else sys.stdout
    stream.write("\n" + render(found, {document.path: document.text}, "text", colour=wants_colour()))
    return not any(finding.level is Level.ERROR for finding in found)

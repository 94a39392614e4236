"""What references stand for while a program runs."""

from collections.abc import Callable, Mapping, Sequence

from hexci.domain.canonical import Json
from hexci.domain.manifests.context import RunContext
from hexci.domain.manifests.program import Program, Step
from hexci.domain.manifests.results import NodeResult
from hexci.domain.manifests.templates import Lookup, Reference, Template, resolved
from hexci.domain.manifests.types import has_type
from hexci.errors import BadInputError
from hexci.ports.gateway import Gateway

_FACTS = ("status", "outcome", "reason")


class Values:
    """Inputs, facts of the run, outputs of nodes that have ended, environment variables."""

    def __init__(
        self, program: Program, inputs: Mapping[str, Json], context: RunContext,
        results: Sequence[NodeResult | None], variable: Callable[[str], str | None],
    ) -> None:  # fmt: skip
        self._inputs = inputs
        self._context = context
        self._results = results
        self._variable = variable
        self._numbers = {step.name: step.number for step in program.steps}

    def looking(self, gateway: Gateway, item: Json = None, index: int = -1) -> Lookup:
        """What looks values up for a node; variables only as its law allows."""

        def lookup(reference: Reference) -> Json:
            first, *rest = reference.parts
            if first == "item":
                return within(item, rest, reference)
            if first == "index":
                return index
            if first == "env":
                gateway.require("secret", rest[0])
                return self._environment(rest[0])
            return self._value(first, rest, reference)

        return lookup

    def output(self, template: Template) -> Json:
        """An output of the whole pipeline; what a node that did not run would give is null."""

        def lookup(reference: Reference) -> Json:
            first, *rest = reference.parts
            try:
                return self._value(first, rest, reference)
            except BadInputError:
                return None

        return resolved(template, lookup)

    def _environment(self, name: str) -> Json:
        value = self._variable(name)
        if value is None:
            raise BadInputError(f"the environment variable {name} is not set")
        return value

    def _value(self, first: str, rest: Sequence[str], reference: Reference) -> Json:
        if first == "inputs":
            return within(self._inputs.get(rest[0]), rest[1:], reference)
        if first == "run":
            return self._context.fact(rest[0])
        result = self._results[self._numbers[first]]
        if result is None:
            raise BadInputError(f"{reference}: {first} has not run")
        if rest[0] in _FACTS and rest[0] not in result.outputs:
            return str(getattr(result, rest[0]))
        if rest[0] not in result.outputs:
            raise BadInputError(f"{reference}: {first} ({result.status}) gave no {rest[0]}")
        return within(result.outputs[rest[0]], rest[1:], reference)


def type_fault(step: Step, outputs: Mapping[str, Json]) -> str:
    """Why what a node gave is not what it declares; empty when it is."""
    for name, wanted in step.gives.items():
        if name in outputs and not has_type(outputs[name], wanted):
            return f"its output {name} is no {wanted}"
    return ""


def checked_inputs(program: Program, given: Mapping[str, Json]) -> dict[str, Json]:
    """The inputs of a run: what was given, and defaults. Raises BadInputError for what is wrong."""
    known = ", ".join(program.inputs) or "none"
    for name in given:
        if name not in program.inputs:
            raise BadInputError(f"{program.name} has no input {name!r}", f"Its inputs: {known}")
    values: dict[str, Json] = {}
    for name, wanted in program.inputs.items():
        if name not in given and wanted.required:
            raise BadInputError(f"{program.name} needs the input {name!r}", f"Say: {name}=…")
        value = given.get(name, wanted.default)
        if name in given and not has_type(value, wanted.type):
            raise BadInputError(f"the input {name} is to be {wanted.type}, not {value!r}")
        values[name] = value
    return values


def input_from_text(text: str, type_name: str) -> Json:
    """What `name=TEXT` on the command line means for an input of a type.

    Raises ValueError when the text is none.
    """
    match type_name:
        case "string":
            return text
        case "boolean":
            return {"true": True, "false": False}[text.lower()] if text.lower() in {
                "true", "false"} else _no(text, "true or false")  # fmt: skip
        case "integer":
            return int(text)
        case "number":
            return float(text)
    if text.lstrip()[:1] in {"[", "{"}:
        import json  # noqa: PLC0415 - seldom asked for

        value: Json = json.loads(text)
        return value
    return [part.strip() for part in text.split(",") if part.strip()]


def _no(text: str, wanted: str) -> Json:
    raise ValueError(f"{text!r} is not {wanted}")


def within(value: Json, parts: Sequence[str], reference: Reference) -> Json:
    """The part of a value that a longer reference names."""
    for part in parts:
        if isinstance(value, dict) and part in value:
            value = value[part]
        elif isinstance(value, list) and part.isdigit() and int(part) < len(value):
            value = value[int(part)]
        else:
            raise BadInputError(f"{reference}: there is no {part!r} in it")
    return value

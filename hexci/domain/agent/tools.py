"""The tools that a model is offered in WORK. There is no shell."""

from hexci.domain.agent.conversation import Tool
from hexci.domain.canonical import Json


def _object(required: list[Json], **properties: Json) -> dict[str, Json]:
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


_TEXT: Json = {"type": "string"}
_LINE: Json = {"type": "integer", "minimum": 1}
_EDIT: Json = {
    "type": "object",
    "properties": {
        "path": {"type": "string"},
        "old": {"type": "string", "description": "exact text that occurs once in the file"},
        "new": {"type": "string", "description": "what stands there instead"},
        "content": {"type": "string", "description": "the whole file, created or replaced"},
        "delete": {"type": "boolean", "description": "true: remove the file"},
    },
    "required": ["path"],
}

TOOLS = (
    Tool(
        "read_file",
        "Lines of a file of the repository, all or from start to end.",
        _object(["path"], path=_TEXT, start=_LINE, end=_LINE),
    ),
    Tool(
        "list_files",
        "Paths of the repository that match a glob, such as src/**/*.py.",
        _object(["glob"], glob=_TEXT),
    ),
    Tool(
        "search",
        "Lines that match an extended regular expression, as path:line: text.",
        _object(["pattern"], pattern=_TEXT, glob=_TEXT),
    ),
    Tool(
        "context",
        "Where a name is defined and where it is used.",
        _object(["target"], target=_TEXT),
    ),
    Tool("run_evidence", "What the evidence command says about the code as it is.", _object([])),
    Tool(
        "propose_edit",
        "Change files and have the change judged. All edits are made, or none. Each edit names a "
        "path and either old and new, or content, or delete. If the evidence does not pass, "
        "everything is taken back and you are told why.",
        _object(["edits"], edits={"type": "array", "items": _EDIT, "minItems": 1}),
    ),
    Tool(
        "give_up",
        "Say that the task cannot be done honestly, and why.",
        _object(["reason"], reason=_TEXT),
    ),
)
NAMES = frozenset(tool.name for tool in TOOLS)
EDITING = tuple(tool for tool in TOOLS if tool.name in {"propose_edit", "give_up"})
LOOKING = tuple(tool for tool in TOOLS if tool not in EDITING)

"""Which files matter by their names: sources of a language, and what resolvers read besides."""

SUFFIXES = {
    ".py": "python", ".pyi": "python",
    ".ts": "ecmascript", ".tsx": "ecmascript", ".mts": "ecmascript", ".cts": "ecmascript",
    ".js": "ecmascript", ".jsx": "ecmascript", ".mjs": "ecmascript", ".cjs": "ecmascript",
    ".vue": "ecmascript", ".svelte": "ecmascript", ".astro": "ecmascript",
    ".go": "golang", ".rs": "rust", ".java": "jvm", ".kt": "jvm", ".kts": "jvm", ".cs": "csharp",
}  # fmt: skip
# what a resolver reads besides the sources
DOCUMENTS = ("package.json", "go.mod", "go.work", "Cargo.toml", "pnpm-workspace.yaml")
DOCUMENT_ENDS = (".json", "go.mod", "go.work", "Cargo.toml", "pnpm-workspace.yaml")
LARGEST = 1_048_576  # bytes; more than this is generated, and no person wrote its imports


def language_of(path: str) -> str:
    """The language, or empty for a file that is none of our business."""
    return SUFFIXES.get(path[path.rfind(".") :], "")


def is_document(path: str) -> bool:
    """Whether a resolver wants the content of this file."""
    if not path.endswith(DOCUMENT_ENDS):
        return False
    name = path[path.rfind("/") + 1 :]
    return name in DOCUMENTS or (
        name.endswith(".json") and name.startswith(("tsconfig", "jsconfig"))
    )

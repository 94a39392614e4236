"""Go imports by a full parse."""

from tree_sitter import Query, QueryCursor

from hexci.adapters.treesitter.grammars import language, parser
from hexci.adapters.treesitter.parsing import first_error, text_of
from hexci.domain.boundaries.golang.scan import build_bits
from hexci.domain.boundaries.kinds import Extract

_QUERY = "(import_spec) @spec (package_clause (package_identifier) @package)"


def read(path: str, data: bytes) -> Extract:  # noqa: ARG001 - one form for all languages
    """The imports of a file, with what could not be read."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    root = parser("go").parse(data).root_node
    captures = QueryCursor(Query(language("go"), _QUERY)).captures(root)
    package = captures.get("package", [])
    bits = build_bits(data[: package[0].start_byte]) if package else 0
    found = []
    for node in sorted(captures.get("spec", []), key=lambda n: n.start_byte):
        name = node.child_by_field_name("path")
        if name is not None:
            row, column = node.start_point
            found.append((text_of(name)[1:-1], row + 1, column + 1, bits))
    return Extract(tuple(found), first_error(root), text_of(package[0]) if package else "")

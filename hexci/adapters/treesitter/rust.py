"""Rust paths by a full parse; inside macro calls, where a parser only sees tokens, by scanning."""

from tree_sitter import Node

from hexci.adapters.treesitter.grammars import parser
from hexci.adapters.treesitter.parsing import first_error, text_of
from hexci.domain.boundaries.kinds import CONTAINMENT, REEXPORT, Extract, RawImport
from hexci.domain.boundaries.rust.scan import INCLUDES, bits_of_attribute, path_at, paths_in
from hexci.domain.boundaries.rust.uses import paths_of_use

_PATHS = frozenset(("scoped_identifier", "scoped_type_identifier"))
_BLIND = frozenset(("string_literal", "raw_string_literal", "line_comment", "block_comment"))


def read(path: str, data: bytes) -> Extract:  # noqa: ARG001 - one form for all languages
    """The paths of a file, with what could not be read."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    root = parser("rust").parse(data).root_node
    walk = _Walk(data)
    walk.go(root)
    found = sorted(dict.fromkeys(walk.found), key=lambda item: (item[1], item[2]))
    return Extract(tuple(found), (*walk.notes, *first_error(root)))


class _Walk:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self._seen: set[int] = set()
        self.found: list[RawImport] = []
        self.notes: list[tuple[int, str]] = []

    def go(self, root: Node) -> None:
        """Every node, with its inline module and the bits of what it stands in."""
        waiting: list[tuple[Node, str, int]] = [(root, "", 0)]
        while waiting:
            node, module, bits = waiting.pop()
            own, file = 0, ""
            for child in node.children:
                if child.type in {"attribute_item", "inner_attribute_item"}:
                    said = (child.text or b"")[2:-1].lstrip(b"[")
                    if said.startswith(b"path"):
                        file = text_of(child).split('"')[1]
                    else:
                        own |= bits_of_attribute(said)
                        self._tokens(child, module, bits)
                elif child.type not in _BLIND:
                    inner = self._take(child, module, bits | own, file)
                    if inner is not None:
                        waiting.append((child, inner, bits | own))
                    if child.is_named:
                        own, file = 0, ""

    def _take(self, node: Node, module: str, bits: int, file: str) -> str | None:
        """Notes what a node imports; the module its children stand in, None to leave them."""
        match node.type:
            case "use_declaration":
                self._use(node, module, bits)
                return None
            case "mod_item":
                return self._module(node, module, bits, file)
            case "extern_crate_declaration":
                name = node.child_by_field_name("name")
                if name is not None:
                    self._add(node, f"{module}|{text_of(name)}", bits)
                return None
            case "macro_invocation" if (node.text or b"").startswith(b"include!"):
                self.notes.append((node.start_point[0] + 1, INCLUDES))
            case "token_tree":
                self._tokens(node, module, bits)
                return None
        if node.type in _PATHS and node.start_byte not in self._seen:
            self._seen.add(node.start_byte)
            path = path_at(self._data, node.start_byte)
            if path:
                self._add(node, f"{module}|{path}", bits)
        return module

    def _use(self, node: Node, module: str, bits: int) -> None:
        argument = node.child_by_field_name("argument")
        public = any(child.type == "visibility_modifier" for child in node.children)
        for path in paths_of_use(text_of(argument)) if argument is not None else ():
            self._add(node, f"{module}|{path}", bits | (REEXPORT if public else 0))

    def _module(self, node: Node, module: str, bits: int, file: str) -> str | None:
        name = node.child_by_field_name("name")
        own = "" if name is None else text_of(name).removeprefix("r#")
        if node.child_by_field_name("body") is not None:
            return "::".join(part for part in (module, own) if part)
        keyword = next(child for child in node.children if child.type == "mod")
        where = f" = {file}" if file else ""
        self._add(keyword, f"{module}|mod {own}{where}", bits | CONTAINMENT)
        return None

    def _tokens(self, node: Node, module: str, bits: int) -> None:
        row, column = node.start_point
        for spec, line, at, own in paths_in(node.text or b"") or ():
            inner, _, path = spec.partition("|")
            within = "::".join(part for part in (module, inner) if part)
            place = at + column if line == 1 else at
            self.found.append((f"{within}|{path}", row + line, place, bits | own))

    def _add(self, node: Node, spec: str, bits: int) -> None:
        row, column = node.start_point
        self.found.append((spec, row + 1, column + 1, bits))

"""A finished answer, as it is kept."""

IMPORTS, TEXTS = "imports", "texts"  # what can change it


class Head:
    """An answer, and what is known of it.

    `of_what` tells an answer that only imports can change from one that any text can; `guarded`
    names the guards that belong to it, and `numbers` are those in it (both empty without guards).
    """

    __slots__ = ("code", "guarded", "numbers", "of_what", "root", "text", "tree")

    def __init__(  # noqa: PLR0913, PLR0917
        self, root: str, tree: str, code: int, text: str, of_what: str, guarded: str = "",
        numbers: str = "",
    ) -> None:  # fmt: skip
        """`root` and `tree` are those that the command was about."""
        self.root, self.tree, self.code, self.text = root, tree, code, text
        self.of_what, self.guarded, self.numbers = of_what, guarded, numbers

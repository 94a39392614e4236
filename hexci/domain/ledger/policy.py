"""What a repository has settled about its ledger; always read from the base commit."""

from dataclasses import dataclass

from hexci.domain.globs import matches


@dataclass(frozen=True, slots=True)
class Epoch:
    """A named stretch of the project's life, from a date on."""

    name: str
    since: str
    capstone: str = ""


@dataclass(frozen=True, slots=True)
class LedgerPolicy:
    """The `ledger` part of the config; the defaults hold when there is none.

    `adopted` is the commit from which the rules apply (empty: from the first commit). `breadth`
    is the largest share of tracked files, in percent, that one glob may govern. More than
    `bulk_limit` status steps in one landing need the label `bulk_label`.
    """

    folder: str = "docs/adr"
    ignore: tuple[str, ...] = ("README.md", "TEMPLATE.md", "template.md")
    index: str = "INDEX.md"
    adopted: str = ""
    epochs: tuple[Epoch, ...] = ()
    ids: str = "date"
    breadth: int = 30
    bulk_limit: int = 3
    bulk_label: str = "adr-bulk"
    quorum: int = 0
    uncited: tuple[str, ...] = ()

    @property
    def index_path(self) -> str:
        """Where the generated index lies."""
        return f"{self.folder}/{self.index}"

    @property
    def current_epoch(self) -> str:
        """The epoch that began last; empty when none is declared."""
        return max(self.epochs, key=lambda e: e.since).name if self.epochs else ""

    def path_of(self, record_id: str) -> str:
        """Where the record of this id lies."""
        return f"{self.folder}/{record_id}.md"

    def is_inside(self, path: str) -> bool:
        """Whether `path` lies in the ledger's folder."""
        return path.startswith(f"{self.folder}/")

    def holds_record(self, path: str) -> bool:
        """Whether `path` must be a record: Markdown in the folder, not index, not ignored."""
        if not self.is_inside(path) or not path.lower().endswith(".md"):
            return False
        name = path[len(self.folder) + 1 :]
        return name != self.index and not matches(name, self.ignore)

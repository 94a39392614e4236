"""What a checker's rule is, apart from how it is judged: its name, its page, its example."""

from dataclasses import dataclass

from hexci.domain.finding import Finding, Severity


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `id` is the public interface and never changes its meaning.

    `why` is the reason in a sentence or two, `fix` the legal way out, `bad` and `good` a short
    example each (empty: there is none).
    """

    id: str
    name: str
    title: str
    why: str
    fix: str
    bad: str
    good: str

    def finding(  # noqa: PLR0913 - the fields of a finding
        self,
        path: str,
        line: int,
        message: str,
        *,
        fix: str = "",
        severity: Severity = Severity.ERROR,
        identity: str = "",
    ) -> Finding:
        """This rule broken at `path:line`; `fix` replaces the rule's own advice.

        The finding's message has two lines: the rule's name, then what is true.
        """
        said = f"{self.name}\n{message}"
        advice = fix or self.fix
        return Finding(self.id, severity, path, line, 0, said, self.why, advice, identity)


def page(rule: Rule) -> str:
    """The rule's page as Markdown."""
    said = (
        f"# {rule.id} {rule.name}\n\n{rule.title}\n\n## Why\n\n{rule.why}\n\n"
        f"## What to do\n\n{rule.fix}\n"
    )
    if not rule.bad:
        return said
    bad, good = _block(rule.bad), _block(rule.good)
    return f"{said}\n## Example\n\nBreaks the rule:\n\n{bad}\nKeeps it:\n\n{good}"


def _block(text: str) -> str:
    return "```\n" + text.strip("\n") + "\n```\n"

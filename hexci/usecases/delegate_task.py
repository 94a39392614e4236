"""A candidate that is another agent: its loop, our tools, our limits, the same gate."""

from collections.abc import Mapping
from dataclasses import dataclass

from hexci.domain.agent.budget import Spent
from hexci.domain.agent.conversation import ToolCall
from hexci.domain.agent.prompt import opening
from hexci.domain.agent.tools import TOOLS
from hexci.domain.canonical import Json, plain
from hexci.domain.law.limits import NOTHING, Amounts
from hexci.domain.outcome import Outcome
from hexci.errors import BudgetError, HexciError
from hexci.ports.candidate import Assignment, Attempt
from hexci.ports.clock import Clock
from hexci.ports.delegate import Account, Commission, Delegate
from hexci.ports.progress import Progress
from hexci.usecases.agent_table import Desk, WorkTable
from hexci.usecases.metered_model import Purse


@dataclass(frozen=True, slots=True)
class DelegateCandidate:
    """Hands the task over; every tool call comes back to us."""

    delegate: Delegate
    desk: Desk
    clock: Clock
    purse: Purse
    host: str = ""

    @property
    def name(self) -> str:
        """Its SPEC."""
        return self.delegate.name

    def attempt(self, given: Assignment, *, progress: Progress) -> Attempt:
        """One commission; what counts is what came over the table."""
        table = WorkTable(self.desk, given, progress)
        account = Account()
        try:
            if self.host:
                self.desk.gateway.require("net", self.host)
            commission = self._commission(given, table)
            account = self.desk.gateway.perform(
                "llm", self.name, lambda: self.delegate.work(commission),
                worst=Amounts(commission.usd or 0.0), used=lambda said: _paid(said, commission),
            )  # fmt: skip
            self._settle(account)
            if table.over is None and account.problem:
                table.over = Outcome.TIMEOUT if account.late else Outcome.MODEL_ERROR
                table.said.append(account.problem)
        except HexciError as error:
            table.over = table.over if table.over is Outcome.OK else Outcome(error.outcome)
            table.said.append(str(error))
        table.transcript.append({"said": account.text})
        return Attempt(
            table.outcome,
            summary="\n".join(table.said) or account.text[:500] or str(table.outcome),
            transcript=tuple(table.transcript),
            usage=account.usage,
        )

    def _commission(self, given: Assignment, table: WorkTable) -> Commission:
        left, turns = self._left(), given.plan.limits.max_steps

        def answer(call: ToolCall) -> str:
            table.transcript.append({"call": call.name, "arguments": plain(dict(call.arguments))})
            return table.answer(call)

        return Commission(
            rules=opening(()).text,
            task=table.task().text,
            tools=TOOLS,
            answer=answer,
            seconds=max(1.0, given.deadline - self.clock.monotonic()),
            turns=turns,
            usd=left,
        )

    def _left(self) -> float | None:
        """Dollars left. Raises BudgetError where a ceiling is one that only our own loop keeps."""
        spent = self.purse.spent
        ceilings = self.purse.ceilings.within(self.desk.gateway.left("llm", self.name), spent)
        if ceilings.tokens is not None or ceilings.calls is not None:
            raise BudgetError(
                f"{self.name} cannot be held to --max-tokens or --max-calls: its calls are its own",
                "Use --max-usd and --max-steps, or a model of an endpoint.",
            )
        if ceilings.usd is None:
            return None
        left = ceilings.usd - spent.usd
        if left <= 0:
            raise BudgetError(f"{self.name}: --max-usd {ceilings.usd:g} is used up")
        return left

    def _settle(self, account: Account) -> None:
        usage: Mapping[str, Json] = dict(account.usage)
        usd = usage.get("usd")
        if isinstance(usd, int | float):
            self.purse.pay(Spent(usd=float(usd)))


def _paid(account: Account, commission: Commission) -> Amounts:
    """What it says it cost; all that was set aside where it does not say."""
    if commission.usd is None:
        return NOTHING
    usd = dict(account.usage).get("usd")
    return Amounts(float(usd) if isinstance(usd, int | float) else commission.usd)

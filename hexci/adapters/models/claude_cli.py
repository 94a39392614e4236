"""`claude-code[/MODEL]`: the `claude` CLI with no tools but ours, in an empty folder of its own."""

import json
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from hexci.adapters.models.tool_desk import tool_desk
from hexci.domain.canonical import Json
from hexci.errors import ModelError
from hexci.ports.delegate import Account, Commission

# What it needs to log in and to reach its endpoint; no other variable of ours goes there.
_PASSED = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "USER", "CLAUDE_CONFIG_DIR",
           "ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN", "ANTHROPIC_BASE_URL",
           "CLAUDE_CODE_OAUTH_TOKEN", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY",
           "SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS")  # fmt: skip
_QUIET = {
    "DISABLE_TELEMETRY": "1",
    "DISABLE_AUTOUPDATER": "1",
    "DISABLE_ERROR_REPORTING": "1",
    "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1",
    # unbounded it asks again for minutes, even where its key is refused
    "CLAUDE_CODE_MAX_RETRIES": "3",
}
_SAID = 500


class ClaudeCli:
    """One run of the CLI; it is killed with its process group."""

    def __init__(self, spec: str) -> None:
        self._spec = spec

    @property
    def name(self) -> str:
        """The SPEC."""
        return self._spec

    def work(self, commission: Commission) -> Account:
        """Runs the CLI on the commission; all it can do is call our tools."""
        program = shutil.which("claude")
        if program is None:
            install = "npm install -g @anthropic-ai/claude-code"
            raise ModelError("there is no `claude` on PATH", install)
        with (
            tempfile.TemporaryDirectory(prefix=f"hexci-{os.getpid()}-claude-") as folder,
            tool_desk(commission) as address,
        ):
            servers: Json = {"mcpServers": {"hexci": {"type": "http", "url": address}}}
            config = Path(folder) / "mcp.json"
            config.write_text(json.dumps(servers))
            return _run([program, *self._flags(commission, str(config))], folder, commission)

    def _flags(self, commission: Commission, config: str) -> list[str]:
        tools = ",".join(f"mcp__hexci__{tool.name}" for tool in commission.tools)
        model = self._spec.partition("/")[2]
        return [
            *(["--bare"] if os.environ.get("ANTHROPIC_API_KEY") else []),
            "-p", "--tools", "", "--allowedTools", tools, "--mcp-config", config,
            "--strict-mcp-config", "--setting-sources", "", "--disable-slash-commands",
            "--permission-mode", "dontAsk", "--system-prompt", commission.rules,
            "--max-turns", str(commission.turns), "--no-session-persistence",
            "--output-format", "json",
            *(["--max-budget-usd", f"{commission.usd:.4f}"] if commission.usd is not None else []),
            *(["--model", model] if model else []),
        ]  # fmt: skip


def _run(argv: list[str], folder: str, commission: Commission) -> Account:
    leash = shutil.which("setpriv")
    if leash:  # if we are killed, so is it: nobody would pay attention to what it spends
        argv = [leash, "--pdeathsig", "KILL", "--", *argv]
    environment = {n: os.environ[n] for n in _PASSED if n in os.environ} | _QUIET
    process = subprocess.Popen(
        argv,
        cwd=folder,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        out, err = process.communicate(commission.task.encode("utf-8", "replace"),
                                       timeout=commission.seconds)  # fmt: skip
    except subprocess.TimeoutExpired:
        return Account(problem="claude did not end in time", late=True)
    finally:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    return account_of(out, err, process.returncode)


def account_of(out: bytes, err: bytes, exit_code: int) -> Account:
    """What the CLI's result says; `is_error` counts, its `subtype` may claim success."""
    try:
        result = json.loads(out)
    except ValueError:
        result = None
    if isinstance(result, list):  # verbose settings give every event; the last one is the result
        result = result[-1] if result else None
    if not isinstance(result, dict):
        said = (err or out).decode("utf-8", "replace").strip()[-_SAID:]
        return Account(problem=f"claude ended with exit code {exit_code}: {said}")
    text = str(result.get("result") or "")
    problem = ""
    if result.get("is_error") or exit_code != 0:
        problem = f"claude: {result.get('subtype')}: {text[:_SAID]}"
    return Account(text, problem, usage=_usage(result))


def _usage(result: Mapping[str, Json]) -> tuple[tuple[str, Json], ...]:
    told = result.get("usage")
    counts = told if isinstance(told, dict) else {}
    return (
        ("prompt_tokens", counts.get("input_tokens")),
        ("cached_tokens", counts.get("cache_read_input_tokens")),
        ("completion_tokens", counts.get("output_tokens")),
        ("turns", result.get("num_turns")),
        ("usd", result.get("total_cost_usd")),
    )

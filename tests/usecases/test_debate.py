"""Debates that are really signed: by OpenSSH, with keys of their own."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from fakes.ports import FakeClock

from hexci.adapters.signing.keyring import SshKeyring
from hexci.adapters.signing.ssh import SshSignatureCheck, SshSigner
from hexci.domain.canonical import canonical
from hexci.domain.debate.letter import ALL, NAMESPACE, Kind
from hexci.domain.debate.log import MESSAGES, Log, read_log
from hexci.domain.debate.protocols import OutOfTurnError
from hexci.domain.debate.roles import CONDUCTOR, Role
from hexci.errors import BadInputError, ConflictError
from hexci.ports.signing import KeyPair, Signer
from hexci.usecases.check_debate import check_debate
from hexci.usecases.hold_debate import Debate
from hexci.usecases.verify_commit import Trusted

NOBODY = Trusted(None, SshSignatureCheck())
CHECK = SshSignatureCheck(NAMESPACE)
ADA = Role("ada", "openai/a", ("llm:openai/a",))


class NoKeys:
    def pair_for(self, role: str) -> KeyPair | None:
        return None


class Kept:
    """The last text of the log."""

    text = b""

    def __call__(self, text: bytes) -> None:
        self.text = text


def debate(
    kept: Kept, keys: Path | None, before: Log | None = None, *, by: Signer | None = None
) -> Debate:
    ring = SshKeyring(keys, NAMESPACE) if keys else NoKeys()
    held = Debate(clock=FakeClock(), keyring=ring, keep=kept, log=before, voucher=by)
    held.enrol([ADA])
    return held


def talk(held: Debate, note: str = "done") -> None:
    held.say(CONDUCTOR, "ada", Kind.TASK, {}, "work", "delegation")
    held.say("ada", CONDUCTOR, Kind.RESULT, {"note": note}, "work", "delegation")


def faults(text: bytes, trusted: Trusted = NOBODY, **facts: str) -> tuple[str, ...]:
    files = {MESSAGES: text, "run.json": canonical({"status": "ended", **facts})}
    return check_debate(files, check=CHECK, trusted=trusted)[1]


needs_ssh = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="needs OpenSSH")


@needs_ssh
def test_each_role_signs_with_its_own_key(tmp_path: Path) -> None:
    kept = Kept()
    talk(debate(kept, tmp_path / "keys"))
    assert faults(kept.text) == ()
    log = read_log(kept.text)
    assert log.roles["ada"].key.startswith("ssh-ed25519 ")
    assert log.roles["ada"].key != log.roles[CONDUCTOR].key
    assert oct((tmp_path / "keys").stat().st_mode & 0o777) == oct(0o700)


@needs_ssh
def test_a_message_signed_with_the_key_of_another_is_refused(tmp_path: Path) -> None:
    kept = Kept()
    talk(debate(kept, tmp_path / "keys"))
    first, task, result = read_log(kept.text).letters
    for stolen in (task.signature, ""):
        forged = replace(result, signature=stolen)
        text = b"".join(letter.line + b"\n" for letter in (first, task, forged))
        assert faults(text) == ("message 3: it is not signed by ada",)


@needs_ssh
def test_a_run_that_is_taken_up_has_new_keys_and_says_nothing_twice(tmp_path: Path) -> None:
    kept = Kept()
    talk(debate(kept, tmp_path / "keys"))
    before = read_log(kept.text)
    again = debate(kept, tmp_path / "others", before)
    talk(again)
    log = read_log(kept.text)
    assert [letter.kind.value for letter in log.letters] == ["roster", "task", "result", "roster"]
    assert before.roles["ada"].key != log.roles["ada"].key
    assert faults(kept.text) == ()


@needs_ssh
def test_where_the_repository_names_signers_one_must_vouch_for_the_roster(tmp_path: Path) -> None:
    pair = SshKeyring(tmp_path / "owner", "hexci-evidence").pair_for("owner")
    assert pair is not None
    allowed = f'me namespaces="hexci-evidence" {pair.public}\n'.encode()
    trusted = Trusted(allowed, SshSignatureCheck())
    vouched, alone = Kept(), Kept()
    talk(debate(vouched, tmp_path / "a", by=SshSigner(tmp_path / "owner" / "owner")))
    talk(debate(alone, tmp_path / "b"))
    assert faults(vouched.text, trusted) == ()
    assert "nobody whom the repository trusts" in faults(alone.text, trusted)[0]


def test_a_machine_that_cannot_sign_chains_and_says_so() -> None:
    kept = Kept()
    held = debate(kept, None)
    talk(held)
    assert (faults(kept.text), held.signed) == ((), False)
    assert read_log(kept.text).roles["ada"].key == ""


def test_a_log_that_was_cut_off_is_refused() -> None:
    kept = Kept()
    talk(debate(kept, None))
    head = read_log(kept.text).head
    cut = b"".join(kept.text.splitlines(keepends=True)[:-1])
    assert faults(kept.text, messages_head=head) == ()
    assert "missing at the end" in faults(cut, messages_head=head)[0]


def test_who_says_something_else_than_before_is_refused() -> None:
    kept = Kept()
    talk(debate(kept, None))
    again = debate(kept, None, read_log(kept.text))
    with pytest.raises(ConflictError, match="ada said something else in 'work'"):
        talk(again, "something else")


def test_what_is_out_of_turn_is_neither_said_nor_kept() -> None:
    kept = Kept()
    held = debate(kept, None)
    before = kept.text
    with pytest.raises(OutOfTurnError):
        held.say("ada", ALL, Kind.VOTE, {"for": True}, "vote", "consensus")
    assert (kept.text, held.log.text) == (before, before)


def test_a_record_without_messages_has_no_debate_to_check() -> None:
    with pytest.raises(BadInputError, match="no messages"):
        check_debate({}, check=CHECK, trusted=NOBODY)

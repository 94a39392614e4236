"""Whether a recorded debate can be believed: chain, turns, signatures, and who vouches."""

from collections.abc import Iterator, Mapping

from hexci.domain.debate.letter import NAMESPACE, Kind, Letter
from hexci.domain.debate.log import MESSAGES, Log, read_log
from hexci.domain.debate.roles import Role, allowed_signers, roles_in, to_vouch
from hexci.domain.stored_run import complaints
from hexci.errors import BadInputError
from hexci.ports.signing import SignatureCheck
from hexci.usecases.verify_commit import Trusted


def check_debate(
    files: Mapping[str, bytes], *, check: SignatureCheck, trusted: Trusted
) -> tuple[Log, tuple[str, ...]]:
    """The debate in a run's record, and what is wrong with it: nothing, when it can be believed.

    Where the repository names signers whom it trusts, one of them must
    vouch for every roster. Raises BadInputError when the record has no debate.
    """
    text = files.get(MESSAGES)
    if text is None:
        raise BadInputError("this run has no messages", "Only build and review have agents talk.")
    broken = complaints(files)
    if broken:
        return Log(), broken
    log = read_log(text)
    return log, tuple(_unsigned(log, check, trusted))


def _unsigned(log: Log, check: SignatureCheck, trusted: Trusted) -> Iterator[str]:
    roles: dict[str, Role] = {}
    signers = b""
    for number, letter in enumerate(log.letters, 1):
        if letter.kind is Kind.ROSTER:
            listed = roles_in(letter.payload)
            roles = {role.name: role for role in listed if isinstance(role, Role)}
            signers = allowed_signers(roles, NAMESPACE)
            if trusted.allowed is not None and not _vouched(letter, trusted.check, trusted.allowed):
                yield f"message {number}: nobody whom the repository trusts vouches for the roster"
        if not roles[letter.sender].key:
            continue  # on a machine that cannot sign; the roster says so
        if check.signer_of(letter.body, letter.signature, signers) != letter.sender:
            yield f"message {number}: it is not signed by {letter.sender}"


def _vouched(letter: Letter, check: SignatureCheck, allowed: bytes) -> bool:
    seal = letter.payload.get("vouched")
    if not isinstance(seal, str):
        return False
    return bool(check.signer_of(to_vouch(letter.payload.get("roles")), seal, allowed))

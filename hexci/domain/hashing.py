"""SHA-256 of short texts without OpenSSL, which takes 2 ms to load: a hook waits for it."""

TYPE_CHECKING = False  # that of `typing`
if TYPE_CHECKING:
    from hashlib import sha256 as sha256  # noqa: PLC0414 - handed on
else:
    try:
        from _sha2 import sha256
    except ImportError:
        try:
            from _sha256 import sha256  # before Python 3.12
        except ImportError:
            from hashlib import sha256 as sha256  # noqa: PLC0414 - not in every build

"""Starts a command, confines it as far as a process may confine itself, and ends all it started.

    python -I -S enclose.py ORDERS -- ARGV…

`ORDERS` is JSON: `limits` (memory, file_size, processes; 0 is none), and `landlock`: null, or
`{"read": [paths], "write": [paths], "network": bool}`. Without it, only the processes are looked
after. Exits as the command did; 125 when the confinement could not be had. Imports nothing of
hexci.
"""

import ctypes
import json
import os
import platform
import resource
import signal
import struct
import sys
import time

_libc = ctypes.CDLL(None, use_errno=True)
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _PR_SET_SUBREAPER = 1, 38, 22, 36
_UNCONFINED = 125

# ---------------------------------------------------------------------------- Landlock

_CREATE, _ADD, _RESTRICT = 444, 445, 446  # the same numbers on every architecture
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1, 2, 4, 8
_TRUNCATE = 1 << 14
_OF_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | 1 << 15
_READ = _EXECUTE | _READ_FILE | _READ_DIR


def landlock_abi():
    """The kernel's version of Landlock, 0 when it has none."""
    return max(0, _libc.syscall(_CREATE, None, ctypes.c_size_t(0), ctypes.c_uint32(1)))


def _rights(abi):
    """Every right on files that this version knows: 13, then refer, truncate, ioctl on devices."""
    known = {1: 13, 2: 14, 3: 15, 4: 15}.get(abi, 16)
    return (1 << known) - 1


def _landlock(read, write, network):
    abi = landlock_abi()
    if abi < 1:
        raise OSError("this kernel has no Landlock")
    every = _rights(abi)
    # bind and connect of TCP: handled, and never allowed
    tcp = 0b11 if abi >= 4 and not network else 0
    scoped = 0b11 if abi >= 6 else 0  # abstract sockets of, and signals to, others
    ruleset = struct.pack("QQQ", every, tcp, scoped)
    size = 24 if abi >= 6 else 16 if abi >= 4 else 8
    handle = _call(_CREATE, ruleset, ctypes.c_size_t(size), ctypes.c_uint32(0))
    for paths, allowed in ((read, _READ), (write, every)):
        for path in paths:
            _allow(handle, path, allowed & every)
    _call(_RESTRICT, ctypes.c_int(handle), ctypes.c_uint32(0))
    os.close(handle)


def _allow(handle, path, allowed):
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # what is not there need not be allowed
    if not os.path.isdir(path):
        allowed &= _OF_FILES
    rule = struct.pack("=Qi", allowed, place)
    _call(_ADD, ctypes.c_int(handle), ctypes.c_int(1), rule, ctypes.c_uint32(0))
    os.close(place)


def _call(number, *arguments):
    answer = _libc.syscall(number, *arguments)
    if answer < 0:
        raise OSError(
            ctypes.get_errno(), "system call %d: %s" % (number, os.strerror(ctypes.get_errno()))
        )
    return answer


# ----------------------------------------------------------------------------- seccomp

# number of the architecture, of socket(), and of calls that nothing under test may make:
# ptrace, process_vm_readv/writev, kcmp, mount, umount2, pivot_root, chroot, unshare, setns,
# keys, bpf, perf, userfaultfd, modules, open_by_handle_at, reboot, swapon
_MACHINES = {
    "x86_64": (0xC000003E, 41, (101, 310, 311, 312, 165, 166, 155, 161, 272, 308, 248, 249, 250,
                                321, 298, 323, 175, 313, 176, 304, 169, 167)),
    "aarch64": (0xC00000B7, 198, (117, 270, 271, 272, 40, 39, 41, 51, 97, 268, 217, 218, 219,
                                  280, 241, 282, 105, 273, 106, 265, 142, 224)),
}  # fmt: skip
# io_uring (opens sockets unseen by seccomp), the new mount calls, pidfd_getfd, process_madvise
_EVERYWHERE = (425, 426, 427, 428, 429, 430, 431, 432, 433, 438, 440, 442)
_ALLOW, _DENY = 0x7FFF0000, 0x00050000 | 1  # EPERM
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_LOCAL_FAMILIES = (1, 16)  # AF_UNIX; AF_NETLINK, by which libc lists interfaces
_INTERNET_FAMILIES = (2, 10)  # where the network was granted


def _filter(families):
    machine = _MACHINES.get(platform.machine())
    if machine is None:
        raise OSError("no system call numbers for " + platform.machine())
    arch, socket_call, denied = machine
    denied = denied + _EVERYWHERE
    code = [(_LOAD, 0, 0, 4), (_EQUAL, 1, 0, arch), (_RETURN, 0, 0, _DENY), (_LOAD, 0, 0, 0)]
    code += [(_AT_LEAST, 0, 1, 0x40000000), (_RETURN, 0, 0, _DENY)]  # another ABI's numbers
    for number in denied:
        code += [(_EQUAL, 0, 1, number), (_RETURN, 0, 0, _DENY)]
    code += [(_EQUAL, 1, 0, socket_call), (_RETURN, 0, 0, _ALLOW), (_LOAD, 0, 0, 16)]
    for family in families:
        code += [(_EQUAL, 0, 1, family), (_RETURN, 0, 0, _ALLOW)]
    code += [(_RETURN, 0, 0, _DENY)]
    return b"".join(struct.pack("HBBI", *instruction) for instruction in code), len(code)


def _seccomp(network):
    program, count = _filter(_LOCAL_FAMILIES + (_INTERNET_FAMILIES if network else ()))
    held = ctypes.create_string_buffer(program, len(program))
    head = struct.pack("HxxxxxxP", count, ctypes.addressof(held))
    if _libc.prctl(_PR_SET_SECCOMP, 2, head, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "seccomp: " + os.strerror(ctypes.get_errno()))


# --------------------------------------------------------------------------- processes


def _limit(limits):
    wanted = (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_DATA, limits.get("memory")),
        (resource.RLIMIT_FSIZE, limits.get("file_size")),
        (getattr(resource, "RLIMIT_NPROC", None), limits.get("processes")),
    )
    for which, most in wanted:
        if which is None or most is None or (not most and which != resource.RLIMIT_CORE):
            continue
        hard = resource.getrlimit(which)[1]
        lower = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(which, (lower, lower))
        except (OSError, ValueError):
            pass  # macOS refuses some of them


def _descendants():
    """Every process below this one; orphans are, as this is a subreaper."""
    parents = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open("/proc/%s/stat" % name, "rb") as stat:
                    fields = stat.read().rpartition(b")")[2].split()
            except OSError:
                continue
            parents.setdefault(int(fields[1]), []).append(int(name))
    found, wave = [], [os.getpid()]
    while wave:
        wave = [child for parent in wave for child in parents.get(parent, ())]
        found += wave
    return found


def _end_all(child):
    try:
        os.killpg(child, signal.SIGKILL)
    except OSError:
        pass
    if not os.path.isdir("/proc/self"):
        return
    stop = time.monotonic() + 5
    while time.monotonic() < stop:
        for process in _descendants():
            try:
                os.kill(process, signal.SIGKILL)
            except OSError:
                pass
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            return
        time.sleep(0.001)


def _become(argv, orders, supervisor):
    os.setsid()
    if sys.platform == "linux":
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != supervisor:
            os._exit(_UNCONFINED)
    _limit(orders.get("limits", {}))
    places = orders.get("landlock")
    if places is not None:
        if _libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
            raise OSError("no_new_privs was refused")
        network = places.get("network", False)
        _landlock(places["read"], places["write"], network)
        _seccomp(network)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGPIPE, signal.SIGXFSZ):
        signal.signal(number, signal.SIG_DFL)
    os.execvp(argv[0], argv)


def main(arguments):
    orders, argv = json.loads(arguments[0]), arguments[2:]
    if sys.platform == "linux":
        _libc.prctl(_PR_SET_SUBREAPER, 1, 0, 0, 0)
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
    supervisor, child = os.getpid(), 0

    def stop(number, frame):
        if child:
            _end_all(child)
        os._exit(128 + number)

    signal.signal(signal.SIGTERM, stop)
    child = os.fork()
    if child == 0:
        try:
            _become(argv, orders, supervisor)
        except FileNotFoundError as error:
            os.write(2, ("%s: %s\n" % (argv[0], error.strerror)).encode())
            os._exit(127)
        except Exception as error:
            os.write(2, ("cannot confine: %s\n" % error).encode())
            os._exit(_UNCONFINED)
    while True:
        ended, status = os.wait()
        if ended == child:
            break
    _end_all(child)
    os._exit(128 + os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status))


if __name__ == "__main__":
    main(sys.argv[1:])

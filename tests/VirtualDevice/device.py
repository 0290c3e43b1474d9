"""A virtual factory device: Debian with systemd under QEMU, whose sticks, network and power are in our hands.

    with Device(folder) as device:
        device.boot()
        device.run("systemctl is-system-running")
        device.plug("stick1", image)
        device.cut_power()
        device.boot()                # from the disk as the cut left it
"""
import base64
import dataclasses
import io
import pathlib
import signal
import subprocess
import tarfile
import time

import image
from json_lines import JsonLines

MEMORY_MB = 1024
PATIENCE = 900  # Seconds; on a busy host everything takes long.
SLEEPING = "sleeping"
# The guest is slow, and on a busy host very slow: its own time limits must not be what fails, nor its kernel's check of the timer. A panic ends QEMU.
SLOW_GUEST = "no_timer_check panic=-1 systemd.default_timeout_start_sec=900 systemd.mask=serial-getty@ttyS0.service"
HOST = "10.0.2.2"  # Under this address a guest of QEMU's user network reaches the host's loopback.


@dataclasses.dataclass
class Done:
    code: int
    out: str
    err: str


class Device:
    """One device. Its disk lives in its folder: an overlay on the cached image, or a copy of another device's disk."""

    def __init__(self, folder, disk=None):
        self._folder = pathlib.Path(folder)
        self._folder.mkdir(parents=True, exist_ok=True)
        self._base = image.base()
        self._disk = self._folder / "disk.qcow2"
        self._process = None
        self._qmp = None
        if disk is not None:
            # Not an overlay: the sleeping guest of sleep() lies in the file itself.
            quietly("cp", "--sparse=always", "--reflink=auto", str(disk), str(self._disk))
        elif not self._disk.exists():
            quietly("qemu-img", "create", "-q", "-f", "qcow2", "-b", str(self._base / "base.img"), "-F", "raw", str(self._disk))

    @property
    def disk(self):
        return self._disk

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.cut_power()

    # --- Power ----------------------------------------------------------------------------------------------------

    def boot(self, awake=False, timeout=1800):
        """Cold boot, or with `awake` on from where sleep() left it. Returns the seconds until the guest agent answers."""
        begin = time.monotonic()
        qmp, guest = self._folder / "qmp.sock", self._folder / "guest.sock"
        for path in (qmp, guest):
            path.unlink(missing_ok=True)
        command = [
            "nice", "-n", "10", "qemu-system-x86_64",
            # KVM is not looked for: where /dev/kvm exists, a guest need not boot with it. What is tested here has no speed.
            "-accel", "tcg,thread=multi,tb-size=512", "-cpu", "max", "-smp", "2", "-m", str(MEMORY_MB),
            "-nodefaults", "-no-user-config", "-display", "none", "-no-reboot",
            "-kernel", str(self._base / "vmlinuz"), "-initrd", str(self._base / "initrd.img"),
            "-append", f"root=/dev/vda rw console=ttyS0 net.ifnames=0 quiet mitigations=off {SLOW_GUEST}",
            "-serial", f"file:{self._folder / 'console.log'}",
            # Power is cut by ending QEMU, which the host survives: what the guest has flushed is with the host, on its disk or not.
            "-drive", f"if=virtio,file={self._disk},format=qcow2,discard=unmap,cache=unsafe",
            "-device", "virtio-serial-pci", "-chardev", f"socket,path={guest},server=on,wait=off,id=guest",
            "-device", "virtserialport,chardev=guest,name=org.qemu.guest_agent.0",
            "-qmp", f"unix:{qmp},server=on,wait=off",
            "-device", "qemu-xhci,id=usb",
            "-netdev", "user,id=net", "-device", "virtio-net-pci,netdev=net,id=nic",
            *(["-loadvm", SLEEPING] if awake else []),
        ]
        with open(self._folder / "qemu.log", "ab") as log:
            self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        wait_until(lambda: qmp.exists() and guest.exists(), 10, "QEMU makes its sockets", self._alive)
        self._qmp = JsonLines(qmp, timeout=PATIENCE)
        self._qmp.read()  # The greeting.
        self._qmp.ask("qmp_capabilities")
        wait_until(self._answers, timeout, "the guest agent answers", self._alive)
        return time.monotonic() - begin

    def sleep(self):
        """Puts the running guest as it is into its disk, and ends it. Awakened, it goes on within a second."""
        said = self._qmp.ask("human-monitor-command", **{"command-line": f"savevm {SLEEPING}"})
        if said.strip():
            raise RuntimeError(f"the guest cannot be put to sleep: {said}")
        try:
            self._qmp.ask("quit")
        except ConnectionError:
            pass  # Gone before it had answered.
        self._process.wait(PATIENCE)
        self._forget()

    def cut_power(self):
        """As if the plug were pulled: what the guest had not written is lost. Nothing if it is off."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()
        self._forget()

    def shut_down(self, timeout=PATIENCE):
        self._qmp.ask("system_powerdown")
        self._process.wait(timeout)
        self._forget()

    # --- Commands -------------------------------------------------------------------------------------------------

    def run(self, command, timeout=PATIENCE, check=True):
        """Runs a shell command as root in the guest; works without a network."""
        end = time.monotonic() + timeout
        guest = self._guest(timeout)
        try:
            started = guest.ask("guest-exec", path="/bin/bash", arg=["-c", command], **{"capture-output": True})
            pause = 0.05
            while not (status := guest.ask("guest-exec-status", pid=started["pid"]))["exited"]:
                if time.monotonic() > end:
                    raise TimeoutError(f"not done after {timeout} s: {command}")
                time.sleep(pause)
                pause = min(0.5, pause * 1.5)
        finally:
            guest.close()
        done = Done(status.get("exitcode", 128 + status.get("signal", 0)), decoded(status, "out-data"), decoded(status, "err-data"))
        if check and done.code != 0:
            raise RuntimeError(f"'{command}' ended with {done.code} in the guest: {done.out}{done.err}")
        return done

    def fetch(self, folder):
        """The files of a folder in the guest, by name."""
        with tarfile.open(fileobj=io.BytesIO(base64.b64decode(self.run(f"tar -C {folder} -c . | base64 -w0").out))) as archive:
            return {entry.name.removeprefix("./"): archive.extractfile(entry).read() for entry in archive if entry.isfile()}

    def wait_for(self, command, timeout, what):
        """Seconds until a shell command succeeds in the guest."""
        begin = time.monotonic()
        wait_until(lambda: self.run(command, check=False).code == 0, timeout, what, self._alive, pause=0.3)
        return time.monotonic() - begin

    # --- Sticks and the network -------------------------------------------------------------------------------------

    def plug(self, name, file, bytes_per_second=None):
        """A USB stick whose content is an image file. A slow one can be pulled in the middle of a copy."""
        self._qmp.ask("blockdev-add", driver="raw", **{"node-name": name, "file": {"driver": "file", "filename": str(file)}})
        if bytes_per_second:
            self._qmp.ask("object-add", **{"qom-type": "throttle-group", "id": f"{name}-pace", "limits": {"bps-total": bytes_per_second}})
            self._qmp.ask("blockdev-add", driver="throttle", **{"node-name": f"{name}-slow", "throttle-group": f"{name}-pace", "file": name})
        drive = f"{name}-slow" if bytes_per_second else name
        self._qmp.ask("device_add", driver="usb-storage", id=f"usb-{name}", drive=drive, removable=True, bus="usb.0")

    def pull(self, name):
        """Without a word to the guest before."""
        self._qmp.ask_for_event("DEVICE_DELETED", PATIENCE, "device_del", id=f"usb-{name}")
        for node in (f"{name}-slow", name):
            try:
                self._qmp.ask("blockdev-del", **{"node-name": node})
            except RuntimeError as problem:
                if "Cannot find" not in str(problem) and "Failed to find" not in str(problem):
                    raise

    def cut_network(self):
        self._qmp.ask("set_link", name="nic", up=False)

    def mend_network(self):
        self._qmp.ask("set_link", name="nic", up=True)

    # ----------------------------------------------------------------------------------------------------------------

    def _guest(self, timeout):
        guest = JsonLines(self._folder / "guest.sock", timeout)
        guest.synchronize()
        return guest

    def _answers(self):
        try:
            self._guest(5).close()
            return True
        except (OSError, ValueError):
            return False

    def _alive(self):
        if self._process.poll() is not None:
            raise RuntimeError(f"QEMU ended with {self._process.returncode}; see {self._folder}/qemu.log and console.log")

    def _forget(self):
        if self._qmp is not None:
            self._qmp.close()
        self._qmp = self._process = None


def decoded(status, key):
    return base64.b64decode(status.get(key, "")).decode(errors="replace")


def quietly(*command):
    subprocess.run(["nice", "-n", "10", *command], check=True, stdout=subprocess.DEVNULL)


def wait_until(true, timeout, what, alive=lambda: None, pause=0.1):
    end = time.monotonic() + timeout
    while not true():
        alive()
        if time.monotonic() > end:
            raise TimeoutError(f"not within {timeout} s: {what}")
        time.sleep(pause)

#!/usr/bin/env python3
"""The stick's units under a real systemd without emulation: the image of the virtual device as a container, a loop device as the stick.

    tests/VirtualDevice/units.py          as root; needs systemd-container, loop devices and what run.py needs

It takes a minute where run.py takes many, and shows what the sandbox of the units lets through. There is no udev in a container, so the units
are started by hand and are not bound to the device; only ext4 is tried, which every kernel has.
"""
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile

import factory
import image
import scenarios
import sticks
from device import Done, quietly, wait_until


class Container:
    """Runs commands in a booted container; the part of Device that the checks here need."""

    def __init__(self, work):
        self._work = work
        for name in ("lower", "upper", "scratch", "root"):
            (work / name).mkdir()
        quietly("mount", "-o", "loop,ro", str(image.base() / "base.img"), str(work / "lower"))
        quietly("mount", "-t", "overlay", "overlay", "-o", f"lowerdir={work}/lower,upperdir={work}/upper,workdir={work}/scratch", str(work / "root"))
        self._loops = []
        self._log = open(work / "console.log", "wb")
        self._manager = subprocess.Popen(
            ["nice", "-n", "10", "systemd-nspawn", "-q", "-D", str(work / "root"), "-b", "--register=no", "--keep-unit", f"--bind-ro={factory.TREE}:/mnt", f"--bind={work}:/work"],
            stdin=subprocess.DEVNULL, stdout=self._log, stderr=self._log)
        wait_until(lambda: self._leader() and self.run("systemctl is-system-running", check=False).out.strip() in ("running", "degraded"), scenarios.PATIENCE, "the container has started")

    def run(self, command, check=True):
        done = subprocess.run(["nsenter", "-t", str(self._leader()), "-m", "-u", "-i", "-p", "-r", "-w", "/bin/bash", "-c", command], capture_output=True, text=True)
        if check and done.returncode != 0:
            raise RuntimeError(f"'{command}' ended with {done.returncode}: {done.stdout}{done.stderr}")
        return Done(done.returncode, done.stdout, done.stderr)

    def wait_for(self, command, timeout, what):
        wait_until(lambda: self.run(command, check=False).code == 0, timeout, what, pause=0.3)

    def attach(self, file):
        """A loop device with this content; its name."""
        loop = subprocess.run(["losetup", "-f", "--show", str(file)], check=True, capture_output=True, text=True).stdout.strip()
        self._loops.append(loop)
        number = subprocess.run(["stat", "-c", "%Hr %Lr", loop], check=True, capture_output=True, text=True).stdout.strip()
        self.run(f"test -b {loop} || mknod -m 600 {loop} b {number}")
        return pathlib.Path(loop).name

    def close(self):
        self._manager.terminate()
        self._manager.wait()
        self._log.close()
        for loop in self._loops:
            subprocess.run(["losetup", "-d", loop])
        for name in ("root", "lower"):
            subprocess.run(["umount", str(self._work / name)])

    def _leader(self):
        children = subprocess.run(["pgrep", "-P", str(self._manager.pid)], capture_output=True, text=True).stdout.split()
        return children[0] if children else None


def install(container, packages):
    shutil.copy(packages.public_key, container._work / "plant.pem")
    factory.make_ready(container, "/work/plant.pem", port=1883)
    built = factory.BUILT.relative_to(factory.TREE)
    container.run(f"HOME=/root /mnt/deploy/install.sh --from /mnt/{built} --config /mnt/tests/VirtualDevice/device.json")
    # Without udev no device unit ever appears.
    container.run("sed -i /^BindsTo/d /etc/systemd/system/edgeagent-usb*@.service && systemctl daemon-reload")


def said(container, unit):
    return container.run(f"journalctl -u {unit} -o cat").out


def check(container, work, packages):
    good, strange, large = packages.release(100), packages.release(101, key="stranger"), packages.random(200)
    stick = sticks.make(work / "stick.img", "ext4", {f"edgeagent/{package.name}": package for package in (good, strange)})
    name = container.attach(stick)
    container.run(f"systemctl start edgeagent-usb@{name}")
    assert said(container, f"edgeagent-usb@{name}").count("taken, ") == 2, said(container, f"edgeagent-usb@{name}")
    for package, result in ((good, "activated"), (strange, "refused")):
        container.wait_for(f"grep -q '\"{result}\"' {scenarios.OUTCOMES}/{package.stem}.json", scenarios.PATIENCE, f"{package.name}: {result}")
    print("ok      a package that nobody but root may read is copied and in use, a stranger's is refused", flush=True)

    container.wait_for(f"journalctl -u edgeagent-usb-receipt@{name} -o cat | grep -q 'wrote edgeagent-result-virtual-1.txt'", scenarios.PATIENCE, "the receipt is written")
    receipt = subprocess.run(["debugfs", "-R", "cat edgeagent-result-virtual-1.txt", str(stick)], capture_output=True, text=True).stdout
    assert "IN USE" in receipt and "REFUSED" in receipt, receipt
    print("ok      the receipt is on the stick", flush=True)

    container.run(f"systemctl start edgeagent-usb@{name}")
    assert "no work: activated" in said(container, f"edgeagent-usb@{name}")
    print("ok      the same stick again is no work", flush=True)

    name = container.attach(sticks.make(work / "large.img", "ext4", {f"edgeagent/{large.name}": large}, megabytes=256))
    # In one command: the copy lasts for less than it takes to ask twice.
    container.run(f"systemctl start --no-block edgeagent-usb@{name}; timeout {scenarios.PATIENCE} bash -c 'until ls -A {scenarios.INCOMING} | grep part; do sleep 0.02; done'"
                  f" && systemctl stop edgeagent-usb@{name}")
    assert "stopped before it was done" in said(container, f"edgeagent-usb@{name}"), said(container, f"edgeagent-usb@{name}")
    assert not container.run(f"ls -A {scenarios.INCOMING} | grep random", check=False).out
    failed = container.run("systemctl --failed --plain --no-legend").out
    assert not failed.strip() and container.run("grep -l edgeagent-usb /proc/1/mounts", check=False).code != 0, failed
    print("ok      stopped in the middle of a copy: nothing is left, neither file nor mount nor failed unit", flush=True)


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    work = pathlib.Path(tempfile.mkdtemp(prefix="edgeagent-units-"))
    container = None
    try:
        packages = factory.Packages(work / "packages")
        container = Container(work)
        install(container, packages)
        check(container, work, packages)
    finally:
        if container is not None:
            container.close()
        shutil.rmtree(work, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

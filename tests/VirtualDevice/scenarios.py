"""What happens to a device in a plant, one function each; it returns what is worth printing."""
import json
import random
import time

import factory
import sticks
from device import wait_until

DATA = "/var/lib/edgeagent"
INCOMING = f"{DATA}/models/incoming"
OUTCOMES = f"{DATA}/models/outcomes"
UNIT = "edgeagent-usb@sda.service"
IN_USE_WITHIN = 60  # Seconds from the plug; on an idle host.
PATIENCE = 900  # Until a scenario is given up, also on a busy one.


class Surroundings:
    """What the scenarios share: a device that is installed, runs and was put to sleep, and the packages."""

    def __init__(self, work, broker, packages, cuts, slow, published):
        self.work, self.broker, self.packages, self.cuts, self.slow, self.published = work, broker, packages, cuts, slow, published
        self.disk = None
        # Seconds from the plug to the verdict, as the scenarios before found them.
        self.longest_way = 15

    def prepare(self):
        self.new = self.packages.release(100)
        self.exfat = sticks.empty(self.work / "exfat.img")
        disk = factory.payload(self.work / "payload.img", self.packages, [self.new], self.published)
        self.disk = factory.install(self.work / "installed", disk, self.broker.port, self.exfat, {self.new.name: f"/mnt/files/{self.new.name}"})

    def stick(self, kind, *packages, partitioned=False):
        path = self.work / f"stick-{kind}-{random.getrandbits(32):08x}.img"
        return sticks.make(path, kind, {f"edgeagent/{package.name}": package for package in packages}, partitioned)


def insert(device, stick, package, unit=UNIT):
    """Seconds from the plug to the copy, and to the verdict, as the guest sees them."""
    begin = time.monotonic()
    device.plug("stick", stick)
    device.wait_for(f"journalctl -u {unit} -o cat | grep -q 'taken, '", PATIENCE, "the package is copied")
    copied = time.monotonic() - begin
    device.wait_for(f"test -s {OUTCOMES}/{package.stem}.json", PATIENCE, "the agent says its verdict")
    return copied, time.monotonic() - begin


def outcome(device, package):
    return json.loads(device.run(f"cat {OUTCOMES}/{package.stem}.json").out)


def active(device):
    """The active slot of the model, as the device's own command shows it."""
    lines = json.loads(device.run(f"edgeagent model list --data-dir {DATA} --json").out)
    return next((line["slot"] for line in lines if line["state"] in ("active", "on-probation")), None)


def nothing_is_left(device):
    """No mount, nothing half copied, no failed unit; and the stick can be pulled at any time."""
    device.wait_for("! grep -q edgeagent-usb /proc/*/mounts", PATIENCE, "the stick is unmounted")
    left = device.run(f"ls -A {INCOMING}").out.split()
    assert not left, f"left in the incoming folder: {left}"
    failed = device.run("systemctl --failed --plain --no-legend").out.strip()
    assert not failed, f"failed units: {failed}"


def inserted(device, around, stick, unit=UNIT):
    package = around.new
    copied, judged = insert(device, stick, package, unit)
    around.longest_way = judged
    said = outcome(device, package)
    assert said["result"] == "activated", said
    assert active(device).startswith("000100-"), active(device)
    nothing_is_left(device)
    assert judged <= IN_USE_WITHIN * around.slow, f"in use only after {judged:.1f} s"
    return f"copied {copied:.1f} s after the plug, in use after {judged:.1f} s"


def insert_fat32(device, around):
    return inserted(device, around, around.stick("fat32", around.new, partitioned=True), "edgeagent-usb@sda1.service")


def insert_exfat(device, around):
    return inserted(device, around, around.exfat)


def insert_ext4(device, around):
    """Its files belong to a user that the device does not know, and nobody else may read them."""
    return inserted(device, around, around.stick("ext4", around.new))


def again(device, around):
    """The same stick twice."""
    stick = around.stick("fat32", around.new)
    insert(device, stick, around.new)
    device.pull("stick")
    # The emulated USB controller refuses a stick that comes while the guest still takes leave of the one before.
    device.wait_for("! test -b /dev/sda", PATIENCE, "the stick is gone")
    device.plug("stick", stick)
    seconds = device.wait_for(f"journalctl -u {UNIT} -o cat | grep -q 'no work: activated'", PATIENCE, "the second time is no work")
    nothing_is_left(device)
    return f"no work, said after {seconds:.1f} s"


def receipt(device, around):
    """What the technician reads afterwards; the config of the virtual device allows receipts."""
    stick = around.stick("fat32", around.new)
    insert(device, stick, around.new)
    device.wait_for("journalctl -u edgeagent-usb-receipt@sda.service -o cat | grep -q 'wrote edgeagent-result-virtual-1.txt'", PATIENCE, "the receipt is written")
    nothing_is_left(device)
    device.pull("stick")
    text = sticks.read_fat(stick, "edgeagent-result-virtual-1.txt")
    assert "IN USE" in text and around.new.name in text, text
    return "read from the stick: " + " / ".join(line.strip() for line in text.splitlines()[-3:])


def hostile(device, around):
    """By a stranger's key, with a flipped bit, and no package at all: each refused, and nothing else changes."""
    packages = [around.packages.release(101, key="stranger"), around.packages.flipped(102), around.packages.random(1)]
    before = device.run(f"cd {DATA}/models && find . -path ./outcomes -prune -o -path ./sticks -prune -o -type f -print0 | xargs -0r sha256sum").out
    device.plug("stick", around.stick("fat32", *packages))
    for package in packages:
        device.wait_for(f"test -s {OUTCOMES}/{package.stem}.json", PATIENCE, f"the verdict on {package.name}")
    said = [outcome(device, package) for package in packages]
    assert [one["result"] for one in said] == ["refused"] * len(packages), said
    nothing_is_left(device)
    after = device.run(f"cd {DATA}/models && find . -path ./outcomes -prune -o -path ./sticks -prune -o -type f -print0 | xargs -0r sha256sum").out
    assert before == after, f"changed:\n{before}\n{after}"
    return "; ".join(one["reason"] for one in said)


def pull(device, around):
    """Pulled in the middle of a copy; then the same stick is plugged in again and left alone."""
    large = around.packages.random(48)
    stick = around.stick("fat32", large)
    device.plug("slow", stick, bytes_per_second=4 << 20)
    device.wait_for(f"ls -A {INCOMING} 2>/dev/null | grep -q part", PATIENCE, "the copying has begun")
    time.sleep(random.uniform(0.5, 4))  # Anywhere in the file.
    begin = time.monotonic()
    device.pull("slow")
    device.wait_for(f"! systemctl is-active {UNIT} && ! ls -A {INCOMING} | grep -q part", PATIENCE, "nothing half copied is left")
    seconds = time.monotonic() - begin
    nothing_is_left(device)
    told = device.run(f"journalctl -u {UNIT} -o cat | grep -c 'not taken'").out.strip()
    assert told == "1", f"told {told} times"
    device.plug("stick", stick)
    device.wait_for(f"journalctl -u {UNIT} -o cat | grep -q 'taken, '", PATIENCE, "the second time it is taken")
    return f"clean {seconds:.1f} s after the pull, taken at the second try"


def power_cut(device, around):
    """The power goes at a moment between the plug and the verdict; the next boot runs a verified package, the old or the new."""
    stick = around.stick("ext4", around.new)
    found = {"old": 0, "new": 0}
    for cut in range(around.cuts):
        device.plug("stick", stick)
        time.sleep(random.uniform(0.5, around.longest_way))
        device.cut_power()
        device.boot()
        device.wait_for("systemctl is-active edgeagent", PATIENCE, "the agent runs after the cut")
        slot = active(device)
        if slot is not None:
            around.packages.verify(device.fetch(f"{DATA}/models/slots/process-anomaly/{slot}"))
        found["new" if slot else "old"] += 1
        # What had arrived is judged after the boot; then the device is as it was before.
        device.wait_for(f"! ls -A {INCOMING} 2>/dev/null | grep -q eapkg", PATIENCE, "nothing waits for a verdict")
        device.run(f"systemctl stop edgeagent && rm -rf {DATA}/models && systemctl start edgeagent", timeout=300)
    return f"{around.cuts} cuts: the old package {found['old']} times, the new one {found['new']} times"


def offline(device, around):
    """Without a network the swap goes on; what was decided arrives when the network is back."""
    device.cut_network()
    insert(device, around.stick("fat32", around.new), around.new)
    said = outcome(device, around.new)
    assert said["result"] == "activated", said
    count = len(around.broker.heard())
    begin = time.monotonic()
    device.mend_network()
    wait_until(lambda: any("/decision " in f"{topic} " and "model-" in payload for topic, payload in around.broker.heard()[count:]), PATIENCE, "the decision arrives")
    return f"decision arrived {time.monotonic() - begin:.1f} s after the network was back"


ALL = {
    "insert-fat32": insert_fat32,
    "insert-exfat": insert_exfat,
    "insert-ext4": insert_ext4,
    "again": again,
    "receipt": receipt,
    "hostile": hostile,
    "pull": pull,
    "power-cut": power_cut,
    "offline": offline,
}

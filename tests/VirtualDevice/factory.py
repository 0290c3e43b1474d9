"""What a virtual device needs from outside: packages and keys, a disk to install from, a broker on the host's loopback."""
import hashlib
import json
import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import time

import image
from device import Device, quietly, wait_until
from sticks import fill_exfat

TREE = pathlib.Path(__file__).resolve().parents[2]
BUILT = TREE / "src/EdgeAgent/bin/Release/net10.0"
MODEL = TREE / "models/process-anomaly"


def agent(*arguments):
    """The agent of this tree on the host, as a tool."""
    done = subprocess.run([TREE / "eng/edgeagent", *map(str, arguments)], capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"edgeagent {' '.join(map(str, arguments))}: {done.stderr}")


class Packages:
    """Signed packages of the shipped pump model, in versions of our own making."""

    def __init__(self, folder):
        self._folder = pathlib.Path(folder)
        self._folder.mkdir(parents=True, exist_ok=True)
        for name in ("plant", "stranger"):
            agent("model", "keygen", "--out", self._folder / name)

    @property
    def public_key(self):
        return self._folder / "plant.pem"

    def release(self, sequence, key="plant"):
        """A later release: the same graphs under another version, which is another package."""
        version = f"0.9.{sequence}"
        source = self._folder / f"source-{sequence}"
        if not source.exists():
            shutil.copytree(MODEL, source)
            manifest = json.loads((source / "manifest.json").read_text())
            manifest.update(version=version, sequence=sequence)
            # Without acceleration every graph is slower than the release allows.
            manifest["selfTest"]["latencyMs"] = 30_000
            (source / "manifest.json").write_text(json.dumps(manifest))
        file = self._folder / f"process-anomaly-{version}{'' if key == 'plant' else '-' + key}.eapkg"
        agent("model", "pack", source, "--key", self._folder / f"{key}.key", "--out", file)
        return file

    def verify(self, files):
        """An installed package, judged without the agent: the signature by openssl, then every hash."""
        manifest, signature = self._folder / "manifest.json", self._folder / "manifest.sig"
        manifest.write_bytes(files["manifest.json"])
        signature.write_bytes(files["manifest.sig"])
        quietly("openssl", "dgst", "-sha256", "-verify", str(self.public_key), "-signature", str(signature), str(manifest))
        for listed in json.loads(files["manifest.json"])["files"]:
            found = hashlib.sha256(files[listed["path"]]).hexdigest()
            assert found == listed["sha256"], f"{listed['path']} is not what was signed"

    def flipped(self, sequence):
        """One bit of a release is another, in the middle of a graph."""
        file = self._folder / f"flipped-{sequence}.eapkg"
        content = bytearray(self.release(sequence).read_bytes())
        content[len(content) // 2] ^= 0x10
        file.write_bytes(content)
        return file

    def random(self, megabytes):
        file = self._folder / f"random-{megabytes}.eapkg"
        file.write_bytes(os.urandom(megabytes << 20))
        return file


class Broker:
    """A real Mosquitto that the guest reaches through QEMU's user network, and a subscriber that writes down what it hears."""

    def __init__(self, folder):
        self._folder = pathlib.Path(folder)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        config = self._folder / "mosquitto.conf"
        config.write_text(f"listener {self.port} 127.0.0.1\nallow_anonymous true\n")
        self._log = open(self._folder / "mosquitto.log", "wb")
        self._broker = subprocess.Popen(["mosquitto", "-c", config], stdout=self._log, stderr=self._log)
        wait_until(self._listens, 20, "the broker listens")
        self._heard = self._folder / "heard"
        with open(self._heard, "wb") as heard:
            self._subscriber = subprocess.Popen(["stdbuf", "-oL", "mosquitto_sub", "-h", "127.0.0.1", "-p", str(self.port), "-V", "5", "-q", "1", "-v", "-t", "#"], stdout=heard)

    def heard(self):
        """Topic and payload of each message so far."""
        return [line.split(" ", 1) for line in self._heard.read_text(errors="replace").splitlines() if " " in line]

    def close(self):
        for process in (self._subscriber, self._broker):
            process.terminate()
            process.wait()
        self._log.close()

    def _listens(self):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0


def publish(folder):
    """The agent as deploy/install.sh publishes it: compiled ahead of time, which in a slow guest is most of a start."""
    done = subprocess.run([TREE / "deploy/publish.sh", folder], stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"the agent cannot be published:\n{done.stderr[-2000:]}")


def payload(path, packages, extra_files, published=None):
    """A disk with this tree, the published agent and what else the guest is to have, to be mounted read-only."""
    folder = path.with_suffix(".files")
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("deploy", "eng", "models", "device-configs", "LICENSE", "THIRD-PARTY-NOTICES.md", "tests/VirtualDevice/device.json"):
        listed = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard", name], cwd=TREE, capture_output=True, text=True, check=True).stdout
        for file in listed.splitlines():
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(TREE / file, folder / file)
    if published is None:
        publish(folder / "published")
    else:
        shutil.copytree(published, folder / "published")
    (folder / "files").mkdir()
    for file in [packages.public_key, *extra_files]:
        shutil.copy(file, folder / "files")
    quietly("mke2fs", "-q", "-F", "-t", "ext4", "-d", str(folder), str(path), "768M")
    shutil.rmtree(folder)
    return path


def booted():
    """A device that has booted once and sleeps, made once and kept beside the image: a cold boot costs more than all else."""
    disk = image.base() / "booted.qcow2"
    if not disk.exists():
        folder = pathlib.Path(tempfile.mkdtemp(prefix="booting-", dir=image.cache_folder()))
        try:
            with Device(folder) as device:
                print(f"  first boot: {device.boot():.0f} s", flush=True)
                device.wait_for("systemctl is-system-running | grep -q 'running\\|degraded'", 1800, "everything has started")
                print(f"  {device.run('systemctl is-system-running; systemctl --failed --plain --no-legend', check=False).out.strip()}", flush=True)
                device.sleep()
                device.disk.rename(disk)
        finally:
            shutil.rmtree(folder)
    return disk


def make_ready(device, key, port):
    """What a device has before install.sh: the trusted key. Its unit's limits are for a machine that is not emulated on a busy host."""
    drop_in = "/etc/systemd/system/edgeagent.service.d/20-virtual.conf"
    device.run(f"mkdir -p {os.path.dirname(drop_in)} /etc/edgeagent/keys && cp {key} /etc/edgeagent/keys/plant.pem && chmod -R a+rX /etc/edgeagent"
               f" && printf '[Service]\\nEnvironment=EDGEAGENT__MQTT__PORT={port}\\nTimeoutStartSec=900\\nWatchdogSec=600\\n' > {drop_in}")


def install(folder, disk, port, exfat, exfat_files):
    """A device on which deploy/install.sh has run, as its disk, asleep. Fills the exFAT stick on the way, before the rule is there."""
    with Device(folder, disk=booted()) as device:
        device.boot(awake=True)
        device.plug("installation", disk)
        device.wait_for("test -b /dev/sda", 900, "the installation disk is there")
        device.run("mount -o ro /dev/sda /mnt")
        fill_exfat(device, exfat, "/dev/sdb", exfat_files)
        make_ready(device, "/mnt/files/plant.pem", port)
        begin = time.monotonic()
        device.run("/mnt/deploy/install.sh --from /mnt/published --config /mnt/tests/VirtualDevice/device.json", timeout=1800)
        print(f"  installed in {time.monotonic() - begin:.0f} s", flush=True)
        device.run("systemctl is-active edgeagent && ln -sf /opt/edgeagent/edgeagent /usr/local/bin/edgeagent && umount /mnt && sync")
        device.pull("installation")
        device.sleep()
        return device.disk

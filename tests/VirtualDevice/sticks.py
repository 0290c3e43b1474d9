"""Images of USB sticks, made without mounting anything and without root. Nothing can fill an exFAT so; the device does that itself."""
import pathlib
import struct
import subprocess
import tempfile

from device import quietly

MEGABYTES = 96


def make(path, kind, files, partitioned=False, megabytes=MEGABYTES):
    """Writes a stick that holds `files`: a name on the stick for each source file."""
    path = pathlib.Path(path)
    with tempfile.TemporaryDirectory() as work:
        volume = pathlib.Path(work) / "volume"
        with open(volume, "wb") as out:
            out.truncate(megabytes << 20)
        {"fat32": fat, "ext4": ext4}[kind](volume, files)
        content = volume.read_bytes()
    path.write_bytes(in_a_partition(content, kind) if partitioned else content)
    return path


def empty(path):
    with open(path, "wb") as out:
        out.truncate(MEGABYTES << 20)
    return pathlib.Path(path)


def fill_exfat(device, path, node, sources):
    """Makes an exFAT in an empty image, in the guest, before the agent's rule is there. `sources` are files in the guest."""
    device.plug("exfat", path)
    device.wait_for(f"test -b {node}", 900, "the stick is there")
    copies = " && ".join(f"cp {source} /media/edgeagent/{name}" for name, source in sources.items())
    device.run(f"mkfs.exfat -L FIELD {node} && mkdir -p /media && mount -t exfat {node} /media && mkdir /media/edgeagent && {copies} && umount /media")
    device.pull("exfat")
    return path


def fat(volume, files):
    quietly("mkfs.vfat", "-F", "32", "-n", "FIELD", str(volume))
    for folder in folders(files):
        quietly("mmd", "-i", str(volume), f"::/{folder}")
    for name, source in files.items():
        quietly("mcopy", "-i", str(volume), str(source), f"::/{name}")


def read_fat(volume, name):
    return subprocess.run(["mtype", "-i", str(volume), f"::/{name}"], check=True, capture_output=True).stdout.decode()


def ext4(volume, files):
    with tempfile.TemporaryDirectory() as root:
        lay_out(pathlib.Path(root), files)
        # Owned by whoever wrote it, readable by nobody else: as a stick from another computer is.
        for entry in pathlib.Path(root).rglob("*"):
            entry.chmod(0o700 if entry.is_dir() else 0o600)
        quietly("mke2fs", "-q", "-F", "-t", "ext4", "-E", "root_owner=1000:1000", "-d", root, str(volume))


def folders(files):
    return sorted({str(parent) for name in files for parent in pathlib.PurePath(name).parents if str(parent) != "."})


def lay_out(root, files):
    for name, source in files.items():
        target = root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(pathlib.Path(source).read_bytes())


def in_a_partition(content, kind, start=2048):
    """A DOS partition table in front of it, as most sticks are sold."""
    kinds = {"fat32": 0x0C, "ext4": 0x83}
    entry = struct.pack("<B3sB3sII", 0, b"\xfe\xff\xff", kinds[kind], b"\xfe\xff\xff", start, len(content) // 512)
    table = bytes(446) + entry + bytes(48) + b"\x55\xaa"
    return table + bytes((start - 1) * 512) + content

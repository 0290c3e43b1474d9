"""The disk image of the virtual device: Debian 12 with systemd and the .NET runtime, made once and cached.

The cache is a folder per recipe, so a changed list of packages or another runtime makes another image:
    base.img    an ext4 file system, read-only from then on; every device writes into an overlay of its own
    vmlinuz, initrd.img
"""
import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

SUITE = "bookworm"
PACKAGES = [
    "systemd", "systemd-sysv", "udev", "dbus", "kmod", "iproute2", "procps", "netbase", "ca-certificates",
    "linux-image-amd64", "initramfs-tools", "exfatprogs", "i2c-tools", "gpiod",
    # What the agent and its runtime need, as eng/setup.sh would install it.
    "libsqlite3-0", "libmosquitto1", "libicu72", "libssl3", "zlib1g", "libstdc++6",
]
# The guest agent's own dependencies are resolved by apt, which debootstrap's list is not.
LATER_PACKAGES = ["qemu-guest-agent"]
INITRD_MODULES = ["virtio_pci", "virtio_blk", "ext4", "crc32c_generic"]
MEGABYTES = 3072
RECIPE = 3  # Raise it when the steps below change what comes out.


def cache_folder():
    named = os.environ.get("EDGEAGENT_VM_CACHE")
    return pathlib.Path(named) if named else pathlib.Path.home() / ".cache" / "edgeagent-virtual-device"


def say(text):
    print(f"image: {text}", file=sys.stderr, flush=True)


def dotnet_root():
    named = os.environ.get("DOTNET_ROOT")
    if named:
        return pathlib.Path(named)
    return pathlib.Path(shutil.which("dotnet") or "/usr/share/dotnet/dotnet").resolve().parent


def newest(folder):
    return max(folder.iterdir(), key=lambda entry: [int(part) if part.isdigit() else 0 for part in entry.name.split(".")])


def runtime_folders():
    """What of the installed .NET a program without ASP.NET needs."""
    root = dotnet_root()
    return root, [newest(root / "host" / "fxr"), newest(root / "shared" / "Microsoft.NETCore.App")]


def newest_kernel():
    policy = subprocess.run(["apt-cache", "policy", "linux-image-amd64"], capture_output=True, text=True).stdout
    return next((line.split()[1] for line in policy.splitlines() if "Candidate:" in line), "unknown")


def key():
    recipe = [RECIPE, SUITE, PACKAGES, LATER_PACKAGES, INITRD_MODULES, newest_kernel(), [folder.name for folder in runtime_folders()[1]]]
    return hashlib.sha256(repr(recipe).encode()).hexdigest()[:16]


def run(*command, **options):
    done = subprocess.run(["nice", "-n", "10", *command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)
    if done.returncode != 0:
        raise SystemExit(f"image: {' '.join(command[:4])} ... failed with {done.returncode}:\n{done.stdout[-3000:]}")


def make(folder):
    for program, package in [("debootstrap", "debootstrap"), ("mke2fs", "e2fsprogs"), ("qemu-system-x86_64", "qemu-system-x86")]:
        if shutil.which(program) is None:
            raise SystemExit(f"image: {program} is missing; as root: apt-get install --no-install-recommends {package}")
    if os.geteuid() != 0:
        raise SystemExit("image: making the image needs root, for debootstrap; using it does not")
    with tempfile.TemporaryDirectory(prefix="edgeagent-image-", dir=folder.parent) as work:
        root = pathlib.Path(work) / "root"
        say(f"installing Debian {SUITE} (some minutes, once)")
        # In a mount namespace of its own: what it mounts is gone with it, even when it is killed.
        run("unshare", "--mount", "debootstrap", "--variant=minbase", f"--include={','.join(PACKAGES)}", SUITE, str(root))
        for package in LATER_PACKAGES:
            run("chroot", str(root), "apt-get", "install", "-y", "--no-install-recommends", package, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})
        configure(root)
        copy_runtime(root)
        say("making the initial ramdisk and the disk")
        kernel = next((root / "boot").glob("vmlinuz-*"))
        run("chroot", str(root), "update-initramfs", "-u", "-k", kernel.name.removeprefix("vmlinuz-"))
        made = pathlib.Path(work) / "made"
        made.mkdir()
        shutil.copy(kernel, made / "vmlinuz")
        shutil.copy(next((root / "boot").glob("initrd.img-*")), made / "initrd.img")
        run("mke2fs", "-q", "-t", "ext4", "-d", str(root), str(made / "base.img"), f"{MEGABYTES}M")
        made.rename(folder)
    say(f"made {folder}")


def configure(root):
    """A device in a plant: one wired network, a serial console for the log, nobody logs in."""
    (root / "etc/hostname").write_text("virtual-device\n")
    (root / "etc/fstab").write_text("/dev/vda / ext4 defaults 0 1\n")
    (root / "etc/initramfs-tools/initramfs.conf").write_text("MODULES=list\nBUSYBOX=no\nCOMPRESS=gzip\n")
    (root / "etc/initramfs-tools/modules").write_text("\n".join(INITRD_MODULES) + "\n")
    network = root / "etc/systemd/network"
    network.mkdir(parents=True, exist_ok=True)
    (network / "wired.network").write_text("[Match]\nName=eth0\n[Network]\nDHCP=yes\n")
    journal = root / "etc/systemd/journald.conf.d"
    journal.mkdir(parents=True, exist_ok=True)
    # Kept over a power cut: what the agent said before it is what the tests ask for.
    (journal / "device.conf").write_text("[Journal]\nStorage=persistent\nSyncIntervalSec=1\n")
    run("chroot", str(root), "systemctl", "enable", "systemd-networkd")
    run("chroot", str(root), "systemctl", "mask", "apt-daily.timer", "apt-daily-upgrade.timer", "dpkg-db-backup.timer", "e2scrub_all.timer", "fstrim.timer")
    shutil.rmtree(root / "var/cache/apt/archives", ignore_errors=True)
    shutil.rmtree(root / "var/lib/apt/lists", ignore_errors=True)


def copy_runtime(root):
    source, folders = runtime_folders()
    target = root / "usr/share/dotnet"
    for folder in folders:
        shutil.copytree(folder, target / folder.relative_to(source))
    shutil.copy(source / "dotnet", target / "dotnet")
    (root / "usr/bin/dotnet").symlink_to("/usr/share/dotnet/dotnet")


def base():
    """The folder with the image, made first if there is none."""
    folder = cache_folder() / key()
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        make(folder)
    return folder


if __name__ == "__main__":
    print(base())

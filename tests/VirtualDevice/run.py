#!/usr/bin/env python3
"""Scenarios on a virtual factory device. Needs no hardware; needs qemu-system-x86, debootstrap, mtools, dosfstools, mosquitto.

    tests/VirtualDevice/run.py                 all of them
    tests/VirtualDevice/run.py insert-fat32    some of them
    tests/VirtualDevice/run.py --list
    tests/VirtualDevice/run.py --cuts 50 power-cut
"""
import argparse
import pathlib
import shutil
import signal
import sys
import tempfile
import time
import traceback

import factory
import scenarios
from device import Device


def main():
    parser = argparse.ArgumentParser(description="Scenarios on a virtual factory device.")
    parser.add_argument("scenario", nargs="*", choices=[[], *scenarios.ALL], metavar="SCENARIO", help=", ".join(scenarios.ALL))
    parser.add_argument("--list", action="store_true", help="only name the scenarios")
    parser.add_argument("--cuts", type=int, default=3, help="how often the power is cut in power-cut (default 3)")
    parser.add_argument("--slow", type=float, default=1, help="this host is so many times slower than an idle one: the limit of 60 s is scaled")
    parser.add_argument("--published", help="a folder that deploy/publish.sh has made; without it the agent of this tree is published first")
    parser.add_argument("--keep", action="store_true", help="keep the disks and logs, and say where")
    arguments = parser.parse_args()
    if arguments.list:
        print("\n".join(scenarios.ALL))
        return 0

    # Ended by a signal, it leaves neither QEMU nor the broker behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    work = pathlib.Path(tempfile.mkdtemp(prefix="edgeagent-device-"))
    broker = None
    failed = []
    try:
        broker = factory.Broker(work)
        surroundings = scenarios.Surroundings(work, broker, factory.Packages(work / "packages"), arguments.cuts, arguments.slow, arguments.published)
        print("preparing a device", flush=True)
        surroundings.prepare()
        for name in arguments.scenario or scenarios.ALL:
            begin = time.monotonic()
            device = Device(work / name, disk=surroundings.disk)
            try:
                with device:
                    device.boot(awake=True)
                    told = scenarios.ALL[name](device, surroundings)
                print(f"ok      {name}: {told} ({time.monotonic() - begin:.0f} s in all)", flush=True)
            except Exception:
                failed.append(name)
                traceback.print_exc()
                print(f"FAILED  {name}", flush=True)
            finally:
                if not arguments.keep:
                    shutil.rmtree(work / name, ignore_errors=True)
    finally:
        if broker is not None:
            broker.close()
        if arguments.keep:
            print(f"kept in {work}")
        else:
            shutil.rmtree(work, ignore_errors=True)
    print(f"{len(arguments.scenario or scenarios.ALL) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

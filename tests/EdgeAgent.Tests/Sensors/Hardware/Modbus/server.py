"""A Modbus server for the tests: pymodbus, another implementation than the agent's libmodbus.

    server.py tcp                 serves on a free loopback port
    server.py rtu                 serves unit 17 on one end of a pseudo-terminal pair, which it makes

Prints one line: the port, or the terminal that a client opens. Serves until its input ends.
Table values: holding 0 = 0xFF38, 10..11 = 12.5 as float, 20..21 = 12.5 with its words swapped; input 5 = 4321; coil 3 on; discrete 4 on.
A line "holding ADDRESS VALUE" on its input sets a register.
"""
import asyncio
import logging
import os
import pty
import socket
import sys
import threading
import tty

from pymodbus.datastore import ModbusSequentialDataBlock, ModbusServerContext, ModbusSlaveContext
from pymodbus.framer.rtu_framer import ModbusRtuFramer
from pymodbus.server.async_io import StartAsyncSerialServer, StartAsyncTcpServer

logging.disable(logging.CRITICAL)


def table(size, values):
    cells = [0] * size
    for address, value in values.items():
        cells[address] = value
    return ModbusSequentialDataBlock(0, cells)


unit = ModbusSlaveContext(
    hr=table(100, {0: 0xFF38, 10: 0x4148, 11: 0, 20: 0, 21: 0x4148}),
    ir=table(100, {5: 4321}),
    co=table(100, {3: 1}),
    di=table(100, {4: 1}),
    zero_mode=True,
)
context = ModbusServerContext(slaves={17: unit}, single=False)


def obey():
    for line in sys.stdin:
        _, address, value = line.split()
        unit.setValues(3, int(address), [int(value)])
        print("set", flush=True)
    os._exit(0)


def join(one, other):
    """Carries bytes between the two masters, as a wire would."""
    def carry(source, target):
        while True:
            try:
                os.write(target, os.read(source, 256))
            except OSError:
                return
    for source, target in ((one, other), (other, one)):
        threading.Thread(target=carry, args=(source, target), daemon=True).start()


async def main():
    if sys.argv[1] == "tcp":
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        server = await StartAsyncTcpServer(context, address=("127.0.0.1", port), defer_start=True, allow_reuse_address=True)
        serving = asyncio.create_task(server.serve_forever())
        await server.serving
        print(port, flush=True)
        await serving
    else:
        (near, client), (far, served) = pty.openpty(), pty.openpty()
        for end in (client, served):
            tty.setraw(end)
        join(near, far)
        server = await StartAsyncSerialServer(context, framer=ModbusRtuFramer, port=os.ttyname(served), baudrate=19200, defer_start=True)
        await server.start()
        print(os.ttyname(client), flush=True)
        await asyncio.Event().wait()


threading.Thread(target=obey, daemon=True).start()
asyncio.run(main())

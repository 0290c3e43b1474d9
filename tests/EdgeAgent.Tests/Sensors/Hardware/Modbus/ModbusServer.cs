using System.Diagnostics;
using EdgeAgent.Configuration;

namespace EdgeAgent.Tests.Sensors.Hardware.Modbus;

/// <summary>pymodbus as a process of its own, over TCP or behind a pair of pseudo-terminals; what it holds stands in server.py.</summary>
internal sealed class ModbusServer : IDisposable
{
    private readonly Process _process;
    private bool _ended;

    private ModbusServer(Process process, string place)
    {
        _process = process;
        Place = place;
    }

    /// <summary>The port, or the terminal.</summary>
    public string Place { get; }

    public ModbusTcpOptions Tcp => new() { Host = "127.0.0.1", Port = int.Parse(Place, System.Globalization.CultureInfo.InvariantCulture) };

    public ModbusSerialOptions Serial => new() { Device = Place };

    /// <param name="kind">tcp or rtu.</param>
    public static ModbusServer Start(string kind)
    {
        var script = Path.Combine(Repository.Root, "tests/EdgeAgent.Tests/Sensors/Hardware/Modbus/server.py");
        var start = new ProcessStartInfo("/usr/bin/python3", [script, kind]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        var process = Process.Start(start)!;
        return new ModbusServer(process, process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("server.py did not start: are python3-pymodbus and python3-serial-asyncio installed?"));
    }

    /// <summary>Returns when the register has the value.</summary>
    public void SetHolding(int address, int value)
    {
        _process.StandardInput.WriteLine($"holding {address} {value}");
        Assert.Equal("set", _process.StandardOutput.ReadLine());
    }

    /// <summary>A test may end it before its end.</summary>
    public void Dispose()
    {
        if (_ended)
        {
            return;
        }

        _ended = true;
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}

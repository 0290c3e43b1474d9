using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace EdgeAgent.Tests.Mqtt;

/// <summary>
/// A real Mosquitto broker of a test's own: one process on a free loopback port, with its own configuration and folder.
/// It can be stopped, killed, frozen and started again on the same port; disposal kills it and removes the folder.
/// </summary>
public sealed class MosquittoBroker : IAsyncDisposable
{
    private const int SignalTerminate = 15;
    private const int SignalContinue = 18;
    private const int SignalStop = 19;
    private const int PortAttempts = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly StringBuilder _log = new();
    private readonly Func<string, IEnumerable<string>> _configure;
    private Process? _process;

    private MosquittoBroker(Func<string, IEnumerable<string>> configure)
    {
        _configure = configure;
        Folder = Directory.CreateTempSubdirectory("edgeagent-broker-").FullName;
    }

    /// <summary>For password files, certificates and the like.</summary>
    public string Folder { get; }

    public int Port { get; private set; }

    public string Log
    {
        get
        {
            lock (_log)
            {
                return _log.ToString();
            }
        }
    }

    public static Task<MosquittoBroker> StartAsync(params string[] configuration) => StartAsync(_ => configuration);

    /// <param name="configure">Gets the folder, returns lines of mosquitto.conf, which go before the defaults.</param>
    public static async Task<MosquittoBroker> StartAsync(Func<string, IEnumerable<string>> configure)
    {
        var broker = new MosquittoBroker(configure);
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                broker.Port = FreePort();
                broker.WriteConfiguration();
                if (await broker.TryRunAsync())
                {
                    return broker;
                }

                // Somebody else took the port in between, or the configuration is wrong: the log tells.
                if (attempt == PortAttempts || !broker.Log.Contains("Address already in use", StringComparison.Ordinal))
                {
                    throw new InvalidOperationException($"mosquitto does not start:\n{broker.Log}");
                }
            }
        }
        catch
        {
            await broker.DisposeAsync();
            throw;
        }
    }

    /// <summary>After <see cref="StopAsync"/> or <see cref="KillAsync"/>: a new process, same port and configuration.</summary>
    public async Task RestartAsync()
    {
        if (!await TryRunAsync())
        {
            throw new InvalidOperationException($"mosquitto does not start again:\n{Log}");
        }
    }

    /// <summary>SIGTERM, as systemd would.</summary>
    public async Task StopAsync()
    {
        Signal(SignalTerminate);
        await ExitAsync();
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process?.Kill();
        await ExitAsync();
    }

    /// <summary>SIGSTOP: the kernel still accepts connections and bytes, nobody answers.</summary>
    public void Freeze() => Signal(SignalStop);

    public void Thaw() => Signal(SignalContinue);

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private void WriteConfiguration()
    {
        var lines = _configure(Folder).ToList();
        string[] defaults =
        [
            "allow_anonymous true",
            // As root, mosquitto would change to a user that cannot read the folder.
            $"user {Environment.UserName}",
            "persistence false",
            "log_dest stderr",
            // The queue of a client must not overflow in a test. 0, for no limit, makes 2.0.11 cut a client off after a
            // publish that the access list denies.
            "max_queued_messages 100000",
        ];
        lines.AddRange(defaults.Where(line => !lines.Any(given => given.StartsWith(line.Split(' ')[0] + ' ', StringComparison.Ordinal))));

        // Listener options, such as those of TLS, belong to the listener that is named last before them.
        File.WriteAllLines(Path.Combine(Folder, "mosquitto.conf"), [$"listener {Port} 127.0.0.1", .. lines]);
    }

    private static void AddUnlessSet(List<string> lines, string option, string value)
    {
        if (!lines.Any(line => line.StartsWith(option + " ", StringComparison.Ordinal)))
        {
            lines.Add($"{option} {value}");
        }
    }

    private async Task<bool> TryRunAsync()
    {
        var running = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = new Process
        {
            StartInfo = new ProcessStartInfo(Executable(), ["-c", Path.Combine(Folder, "mosquitto.conf")])
            {
                RedirectStandardError = true,
            },
            EnableRaisingEvents = true,
        };
        process.Exited += (_, _) => running.TrySetResult(false);
        process.ErrorDataReceived += (_, line) =>
        {
            lock (_log)
            {
                _log.AppendLine(line.Data);
            }

            if (line.Data?.EndsWith(" running", StringComparison.Ordinal) == true)
            {
                running.TrySetResult(true);
            }
        };
        process.Start();
        process.BeginErrorReadLine();
        _process = process;
        if (await running.Task.WaitAsync(Patience))
        {
            return true;
        }

        await ExitAsync();
        return false;
    }

    private async Task ExitAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            await process.WaitForExitAsync().WaitAsync(Patience);
            process.Dispose();
        }
    }

    private void Signal(int signal)
    {
        if (_process is not { } process || SendSignal(process.Id, signal) != 0)
        {
            throw new InvalidOperationException("The broker is not running.");
        }
    }

    private static string Executable() =>
        new[] { "/usr/sbin/mosquitto", "/usr/local/sbin/mosquitto", "/usr/bin/mosquitto" }.FirstOrDefault(File.Exists) ?? "mosquitto";

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

#pragma warning disable SYSLIB1054 // Two integers need no generated marshalling, and no unsafe code in the tests.
    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int process, int signal);
#pragma warning restore SYSLIB1054
}

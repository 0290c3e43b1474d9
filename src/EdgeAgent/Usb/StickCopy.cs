using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace EdgeAgent.Usb;

/// <summary>Reads a file of a stick from its first byte to its last, in pieces.</summary>
internal static class StickCopy
{
    private const int BufferBytes = 1 << 20;

    /// <returns>The SHA-256 of what was copied, in hex.</returns>
    /// <exception cref="StickReadException">The stick cannot be read, or the file is no longer as long as it was.</exception>
    /// <exception cref="IOException">The disk does not take it.</exception>
    /// <exception cref="OperationCanceledException">Stopped on the way.</exception>
    public static string Copy(SafeFileHandle from, long bytes, Stream to, CancellationToken stop) => Read(from, bytes, to, stop);

    /// <exception cref="StickReadException">As for <see cref="Copy"/>.</exception>
    /// <exception cref="OperationCanceledException">Stopped on the way.</exception>
    public static string Hash(SafeFileHandle from, long bytes, CancellationToken stop) => Read(from, bytes, Stream.Null, stop);

    private static string Read(SafeFileHandle from, long bytes, Stream to, CancellationToken stop)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferBytes];
        long done = 0;
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            var read = StickReadException.Guard(() => RandomAccess.Read(from, buffer, done));
            if (read == 0)
            {
                return done == bytes ? Convert.ToHexStringLower(hash.GetHashAndReset())
                    : throw new StickReadException($"the file ended after {done} of {bytes} bytes");
            }

            done += read;
            if (done > bytes)
            {
                throw new StickReadException($"the file grew beyond {bytes} bytes while it was read");
            }

            hash.AppendData(buffer, 0, read);
            to.Write(buffer, 0, read);
        }
    }
}

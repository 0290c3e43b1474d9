using System.Text;
using Microsoft.Win32.SafeHandles;

namespace EdgeAgent.Tests.Storage.PowerLoss;

/// <summary>Tells on the standard output what is acknowledged; each line lies in the recording at its place among the writes.</summary>
internal sealed class Teller : IDisposable
{
    /// <summary>Not the console's own stream, which writes to a copy of the descriptor that the recording does not know.</summary>
    private readonly FileStream _output = new(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);

    /// <summary>Something begins that may be done or not done after a power cut from here on.</summary>
    public void Begin() => Line("begin");

    /// <summary>It is done, and was acknowledged: this is what there is, and what must be there from here on.</summary>
    public void Is(StoredState state) => Line("is " + state);

    /// <summary>From here on the files are tampered with; no image is made.</summary>
    public void Pause() => Line("pause");

    public void Resume() => Line("resume");

    public void Say(string text) => Line(text);

    public void Dispose() => _output.Dispose();

    private void Line(string text)
    {
        _output.Write(Encoding.UTF8.GetBytes(text + "\n"));
        _output.Flush();
    }
}

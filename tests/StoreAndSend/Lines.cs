using System.Text;

namespace EdgeAgent.StoreAndSend;

/// <summary>One write to stdout per line, so that a kill leaves whole lines or nothing.</summary>
internal static class Lines
{
    private static readonly Stream Output = Console.OpenStandardOutput();
    private static readonly Lock Gate = new();

    public static void Say(string line)
    {
        lock (Gate)
        {
            Output.Write(Encoding.UTF8.GetBytes(line + "\n"));
        }
    }
}

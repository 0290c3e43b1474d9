using System.Text;

namespace EdgeAgent.Mqtt.Connections;

/// <summary>Text from a broker or a library, made fit for one line of a log.</summary>
internal static class OneLine
{
    private const int Longest = 300;

    public static string Of(string text)
    {
        var line = new StringBuilder(Math.Min(text.Length, Longest));
        foreach (var letter in text.AsSpan().Trim())
        {
            if (line.Length == Longest)
            {
                break;
            }

            line.Append(char.IsControl(letter) ? ' ' : letter);
        }

        return line.ToString();
    }
}

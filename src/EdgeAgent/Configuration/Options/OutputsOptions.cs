using System.ComponentModel;

namespace EdgeAgent.Configuration;

[Description("What the agent shows at the machine itself.")]
internal sealed record OutputsOptions
{
    public StatusLightOptions? StatusLight { get; set; }

    public AlarmRelayOptions? AlarmRelay { get; set; }

    /// <summary>Those that are there, each with its key.</summary>
    internal IEnumerable<(string Key, GpioOutputOptions Output)> All
    {
        get
        {
            if (StatusLight is not null)
            {
                yield return ("statusLight", StatusLight);
            }

            if (AlarmRelay is not null)
            {
                yield return ("alarmRelay", AlarmRelay);
            }
        }
    }
}

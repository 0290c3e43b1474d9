using EdgeAgent.Core.Lights;

namespace EdgeAgent.Outputs;

/// <summary>Something on a line that tells people what the agent decided.</summary>
internal interface IOutput
{
    void Follow(StandingAlarms alarms, TimeSpan now);

    /// <param name="verdict">What became of a package.</param>
    void Tell(LightSign verdict, TimeSpan now);

    /// <summary>Brings the line to what it should be now.</summary>
    /// <returns>When it is to be called again at the latest.</returns>
    TimeSpan Drive(TimeSpan now);

    /// <summary>Leaves the line in its safe state.</summary>
    void End();
}

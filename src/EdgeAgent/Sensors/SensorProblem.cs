using EdgeAgent.Configuration;

namespace EdgeAgent.Sensors;

/// <summary>Why a source cannot be read.</summary>
/// <param name="Where">The file, with the line if one is to blame.</param>
/// <param name="What">What was found and what is allowed, in one line.</param>
internal sealed record SensorProblem(string Where, string What)
{
    public override string ToString() => OneLine.Of($"{Where}: {What}");
}

namespace EdgeAgent.Packages;

/// <summary>What an operator takes the responsibility for.</summary>
[Flags]
internal enum OperatorWord
{
    None = 0,

    /// <summary>A lower sequence than one that was taken before.</summary>
    Older = 1,

    /// <summary>A package that the device went back from by itself.</summary>
    Again = 2,
}

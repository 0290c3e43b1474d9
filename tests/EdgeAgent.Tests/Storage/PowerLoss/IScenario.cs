namespace EdgeAgent.Tests.Storage.PowerLoss;

/// <summary>Work on stores that is recorded, and how to look at what a power cut left of it.</summary>
internal interface IScenario
{
    /// <summary>Runs in a process of its own; tells what is acknowledged.</summary>
    void Work(string folder, Teller tell, Random random, int steps);

    /// <summary>Opens the files as the agent does.</summary>
    /// <param name="before">What was acknowledged last.</param>
    /// <param name="after">What was under way then.</param>
    Finding Look(string folder, StoredState before, StoredState after);
}

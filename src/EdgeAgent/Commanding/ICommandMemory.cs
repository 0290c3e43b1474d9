namespace EdgeAgent.Commanding;

/// <summary>Which commands were begun and how they were answered; outlives the process.</summary>
internal interface ICommandMemory
{
    /// <summary>Looks an id up and, if it is new, writes it down for good before it returns.</summary>
    /// <param name="print">What tells two commands with the same id apart.</param>
    /// <param name="write">False: only looks.</param>
    Remembered Begin(string id, byte[] print, bool write);

    /// <returns>null, or why the answer could not be written down.</returns>
    string? Finish(string id, byte[] answer);
}

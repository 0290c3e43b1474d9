namespace EdgeAgent.Usb;

/// <summary>What became of a file on a stick.</summary>
internal enum IntakeVerdict
{
    /// <summary>Copied; the running agent judges it, or the next one that runs.</summary>
    Taken,

    /// <summary>Copied before, and not judged yet.</summary>
    Waiting,

    /// <summary>Judged before; nothing was done.</summary>
    Known,

    /// <summary>Not a package that the agent would look at.</summary>
    LeftOut,

    /// <summary>The disk of the device did not take it; nothing of it was kept.</summary>
    NotStored,

    /// <summary>The stick could not be read to its end; nothing of it was kept.</summary>
    NotRead,
}

namespace EdgeAgent.Usb;

/// <summary>The stick, not the device's own disk, is what failed. Told apart because the two need different hands.</summary>
internal sealed class StickReadException : Exception
{
    public StickReadException(string message)
        : base(message)
    {
    }

    private StickReadException(string message, Exception cause)
        : base(message, cause)
    {
    }

    public static T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StickReadException(e.Message, e);
        }
    }
}

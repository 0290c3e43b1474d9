namespace EdgeAgent.Core.Outbox;

/// <summary>Why a record was thrown away, as the notice `records-lost` says it.</summary>
public static class LossReason
{
    /// <summary>The outbox had reached its bytes.</summary>
    public const string Quota = "quota";

    /// <summary>It had waited longer than the config allows.</summary>
    public const string Age = "age";

    /// <summary>The disk refused, and the memory that holds decisions meanwhile was full.</summary>
    public const string Memory = "memory";
}

namespace EdgeAgent.Core.Sampling;

/// <summary>In which order a device sends the bytes of a number whose highest byte is A. Of numbers of one register the first two letters count.</summary>
public enum ModbusOrder
{
    /// <summary>As the protocol means it: high byte first, high word first.</summary>
    Abcd,

    /// <summary>Words swapped.</summary>
    Cdab,

    /// <summary>Bytes swapped in each word.</summary>
    Badc,

    /// <summary>Both swapped.</summary>
    Dcba,
}

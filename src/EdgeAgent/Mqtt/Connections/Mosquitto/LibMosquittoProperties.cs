using System.Runtime.InteropServices;

namespace EdgeAgent.Mqtt.Connections.Mosquitto;

/// <summary>Property lists of libmosquitto. Strings and data that are read are copies for the C library's free().</summary>
internal static unsafe partial class LibMosquittoProperties
{
    private const string Library = LibMosquitto.Library;

    [LibraryImport(Library, EntryPoint = "mosquitto_property_free_all")]
    public static partial void FreeAll(ref nint list);

    [LibraryImport(Library, EntryPoint = "mosquitto_property_add_int32")]
    public static partial MosquittoError AddInt32(ref nint list, MosquittoProperty name, uint value);

    [LibraryImport(Library, EntryPoint = "mosquitto_property_add_binary")]
    public static partial MosquittoError AddBinary(ref nint list, MosquittoProperty name, byte* value, ushort length);

    [LibraryImport(Library, EntryPoint = "mosquitto_property_add_string", StringMarshalling = StringMarshalling.Utf8)]
    public static partial MosquittoError AddString(ref nint list, MosquittoProperty name, string value);

    [LibraryImport(Library, EntryPoint = "mosquitto_property_add_string_pair", StringMarshalling = StringMarshalling.Utf8)]
    public static partial MosquittoError AddStringPair(ref nint list, MosquittoProperty name, string key, string value);

    [LibraryImport(Library, EntryPoint = "mosquitto_property_identifier")]
    public static partial MosquittoProperty Name(nint property);

    [LibraryImport(Library, EntryPoint = "mosquitto_property_next")]
    public static partial nint Next(nint property);

    [LibraryImport(Library, EntryPoint = "mosquitto_property_read_byte")]
    public static partial nint ReadByte(
        nint list, MosquittoProperty name, byte* value, [MarshalAs(UnmanagedType.U1)] bool skipFirst);

    [LibraryImport(Library, EntryPoint = "mosquitto_property_read_int16")]
    public static partial nint ReadInt16(
        nint list, MosquittoProperty name, ushort* value, [MarshalAs(UnmanagedType.U1)] bool skipFirst);

    [LibraryImport(Library, EntryPoint = "mosquitto_property_read_int32")]
    public static partial nint ReadInt32(
        nint list, MosquittoProperty name, uint* value, [MarshalAs(UnmanagedType.U1)] bool skipFirst);

    [LibraryImport(Library, EntryPoint = "mosquitto_property_read_binary")]
    public static partial nint ReadBinary(
        nint list, MosquittoProperty name, byte** value, ushort* length, [MarshalAs(UnmanagedType.U1)] bool skipFirst);

    [LibraryImport(Library, EntryPoint = "mosquitto_property_read_string")]
    public static partial nint ReadString(
        nint list, MosquittoProperty name, byte** value, [MarshalAs(UnmanagedType.U1)] bool skipFirst);

    [LibraryImport(Library, EntryPoint = "mosquitto_property_read_string_pair")]
    public static partial nint ReadStringPair(
        nint list, MosquittoProperty name, byte** key, byte** value, [MarshalAs(UnmanagedType.U1)] bool skipFirst);
}

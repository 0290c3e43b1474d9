#if SYSTEM_SQLITE
using System.Reflection;
using System.Runtime.InteropServices;
#endif

namespace EdgeAgent.Storage;

/// <summary>
/// Makes Microsoft.Data.Sqlite find its native library: the one that the package bundles, or, on a portable feed, the
/// system's own libsqlite3, which the distribution keeps patched.
/// </summary>
internal static class SqliteLibrary
{
#if SYSTEM_SQLITE
    private static readonly Lazy<bool> Loaded = new(() =>
    {
        NativeLibrary.SetDllImportResolver(typeof(SQLitePCL.SQLite3Provider_e_sqlite3).Assembly, Resolve);
        SQLitePCL.raw.SetProvider(new SQLitePCL.SQLite3Provider_e_sqlite3());
        return true;
    });

    /// <summary>Safe to call as often as one likes.</summary>
    public static void Load() => _ = Loaded.Value;

    private static IntPtr Resolve(string name, Assembly assembly, DllImportSearchPath? path) =>
        name == "e_sqlite3" ? NativeLibrary.Load("libsqlite3.so.0") : IntPtr.Zero;
#else
    /// <summary>Safe to call as often as one likes.</summary>
    public static void Load() => SQLitePCL.Batteries_V2.Init();
#endif
}

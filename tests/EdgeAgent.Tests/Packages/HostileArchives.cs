using System.Buffers.Binary;

namespace EdgeAgent.Tests.Packages;

/// <summary>Archives that two ZIP readers could read in two ways, that reach outside, or that grow without bound.</summary>
internal static class HostileArchives
{
    public static IEnumerable<HostileCase> All(PackageWorkshop shop) =>
        [.. Names(shop), .. Headers(shop), .. Directories(shop), .. Bombs(shop), .. Contents(shop)];

    private static IEnumerable<HostileCase> Names(PackageWorkshop shop)
    {
        string[] unsafeNames =
        [
            "../evil.onnx", "../../etc/cron.d/evil", "/etc/passwd", "//share/evil", "a/../../evil", "a/./b", "./evil", "a//b", "a/", "a\\b", "..\\evil", "C:\\evil", "C:evil",
            "evil\0.onnx", "evil\n.onnx", "évil.onnx", "e\u0301vil.onnx", "ｅvil.onnx", "evil.", "evil.onnx.", ".", "..", "...", " evil", "evil ", "-\u202egnp.onnx", "evil;rm", "$HOME", "~/evil",
            "con:evil", "evil\u200b.onnx", "", new string('a', 101), string.Concat(Enumerable.Repeat("a/", 50)) + "evil",
        ];
        foreach (var name in unsafeNames)
        {
            yield return new HostileCase($"name \"{name}\"", Extra(shop, new ForgedEntry(name, [1])), "is no name for a file");
        }

        yield return new HostileCase("the same name twice", Extra(shop, new ForgedEntry("score.onnx", [1])), "is there twice");
        yield return new HostileCase("a second manifest", Extra(shop, new ForgedEntry("manifest.json", [1])), "is there twice");
        yield return new HostileCase("a name that differs in case", Extra(shop, new ForgedEntry("Score.onnx", [1])), "is there twice");
        yield return new HostileCase("a manifest in capitals beside it", Extra(shop, new ForgedEntry("MANIFEST.JSON", [1])), "is there twice");
        yield return new HostileCase("a file that is a folder as well", Extra(shop, new ForgedEntry("score.onnx/evil", [1])), "is a file of the archive");
        yield return new HostileCase("a file that nobody listed", Extra(shop, new ForgedEntry("evil.so", [1])), "does not list it");
        yield return new HostileCase("a nested file that nobody listed", Extra(shop, new ForgedEntry("lib/evil.so", [1])), "does not list it");
        yield return new HostileCase("a hidden file", Extra(shop, new ForgedEntry(".profile", [1])), "does not list it");
    }

    private static IEnumerable<HostileCase> Headers(PackageWorkshop shop)
    {
        yield return Mode(shop, "a symbolic link", 0xA1FF_0000);
        yield return Mode(shop, "a folder", 0x41ED_0000);
        yield return Mode(shop, "a device", 0x21B6_0000);
        yield return Mode(shop, "a block device", 0x61B6_0000);
        yield return Mode(shop, "a pipe", 0x11B6_0000);
        yield return Mode(shop, "a socket", 0xC1B6_0000);
        yield return Mode(shop, "a DOS folder", 0x0000_0010);
        yield return Both(shop, "encrypted", 6, 1, "flags");
        yield return Both(shop, "strongly encrypted", 6, 0x41, "flags");
        yield return Both(shop, "sizes after the data", 6, 8, "flags");
        yield return Both(shop, "a patch", 6, 0x20, "flags");
        yield return Both(shop, "masked headers", 6, 0x2000, "flags");
        foreach (var method in new ushort[] { 1, 6, 9, 12, 14, 93, 95, 97, 98, 99, 0xFFFF })
        {
            yield return Both(shop, $"method {method}", 8, method, "is packed by method");
        }

        yield return Both(shop, "needs zip64", 4, 45, "needs ZIP version");
        yield return Touch(shop, "on another disk", central => central[34] = 1, "another disk");
        yield return Touch(shop, "zip64 sizes", central => BinaryPrimitives.WriteUInt64LittleEndian(central.AsSpan(20), ulong.MaxValue), "zip64 sizes");
        yield return Touch(shop, "a comment in the directory", central => central[32] = 4, "extra fields or a comment");
        yield return new HostileCase("extra fields", Extra(shop, new ForgedEntry("x", [1]) { Extra = (new byte[8], new byte[8]) }), "extra fields or a comment");
        yield return new HostileCase("a zip64 field", Extra(shop, new ForgedEntry("x", [1]) { Extra = ([1, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0], [1, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0]) }), "extra fields");
        yield return new HostileCase("an extra field before the data only", Extra(shop, new ForgedEntry("x", [1]) { Extra = (new byte[4], []) }), "");
        (string What, int At)[] fields = [("version", 4), ("flags", 6), ("method", 8), ("time", 10), ("date", 12), ("crc", 14), ("packed size", 18), ("size", 22), ("name length", 26), ("extra length", 28), ("signature", 0), ("name", 30)];
        foreach (var (what, at) in fields)
        {
            yield return new HostileCase($"{what} differs before the data", Flipped(shop, "manifest.json", at), "has another header than the directory says");
            yield return new HostileCase($"{what} of a graph differs before the data", Flipped(shop, "score.onnx", at), "has another header than the directory says");
        }

        yield return new HostileCase("stored in other than its size", Extra(shop, new ForgedEntry("x", [1, 2]) { TouchCentral = c => c[24] = 3, TouchLocal = l => l[22] = 3 }), "is stored in 2 bytes and claims 3");
    }

    private static IEnumerable<HostileCase> Directories(PackageWorkshop shop)
    {
        var honest = shop.Entries(shop.Manifest()).ToArray();
        ForgedArchive Of() => new(honest);
        yield return new HostileCase("nothing", [], "not a ZIP archive");
        yield return new HostileCase("text", "this is no archive, whatever its name says, and it is long enough"u8.ToArray(), "does not end with a ZIP directory");
        yield return new HostileCase("an empty archive", new ForgedArchive([]).Build(), "holds 0 files");
        yield return new HostileCase("a program before it", new ForgedArchive(honest) { Before = new byte[100] }.Build(), "");
        yield return new HostileCase("a program before it, offsets from its end", Program(honest), "");
        yield return new HostileCase("bytes behind it", new ForgedArchive(honest) { After = [0] }.Build(), "does not end with a ZIP directory");
        yield return new HostileCase("a second archive behind it", [.. Of().Build(), .. Of().Build()], "");
        yield return new HostileCase("a comment", new ForgedArchive(honest) { TouchEnd = end => end[20] = 4, After = [1, 2, 3, 4] }.Build(), "");
        yield return new HostileCase("a comment that is an archive's end", new ForgedArchive(honest) { TouchEnd = end => end[20] = 22, After = new byte[22] }.Build(), "");
        yield return new HostileCase("a gap before the directory", new ForgedArchive(honest) { BeforeDirectory = new byte[7] }.Build(), "between the last file and the directory");
        yield return new HostileCase("a gap before the end", new ForgedArchive(honest) { BeforeEnd = new byte[20] }.Build(), "has a directory of");
        yield return new HostileCase("a zip64 end", new ForgedArchive(honest) { BeforeEnd = new byte[76], TouchEnd = end => end.AsSpan(8, 12).Fill(0xFF) }.Build(), "");
        yield return new HostileCase("more files than told", new ForgedArchive(honest) { TouchEnd = end => end[8] = end[10] = 1 }.Build(), "");
        yield return new HostileCase("fewer files than told", new ForgedArchive(honest) { TouchEnd = end => end[8] = end[10] = 40 }.Build(), "");
        yield return new HostileCase("65,535 files", new ForgedArchive(honest) { TouchEnd = end => end.AsSpan(8, 4).Fill(0xFF) }.Build(), "holds 65535 files");
        yield return new HostileCase("several disks", new ForgedArchive(honest) { TouchEnd = end => end[4] = 1 }.Build(), "several disks");
        yield return new HostileCase("a directory elsewhere", new ForgedArchive(honest) { TouchEnd = end => end[16] ^= 1 }.Build(), "has a directory of");
        yield return new HostileCase("a directory beyond the end", new ForgedArchive(honest) { TouchEnd = end => end.AsSpan(16, 4).Fill(0xFF) }.Build(), "has a directory of");
        yield return new HostileCase("a directory without its size", new ForgedArchive(honest) { TouchEnd = end => end.AsSpan(12, 4).Clear() }.Build(), "has a directory of");
        yield return new HostileCase("files in another order", new ForgedArchive(honest) { TouchDirectory = headers => headers.Reverse() }.Build(), "must follow the file before it");
        yield return new HostileCase("one file told twice", new ForgedArchive(honest) { TouchDirectory = headers => [.. headers, headers[^1]] }.Build(), "is there twice");
        yield return new HostileCase("a file that is not told", new ForgedArchive(honest) { TouchDirectory = headers => headers.Skip(1) }.Build(), "must follow the file before it");
        yield return new HostileCase("the last file is not told", new ForgedArchive(honest) { TouchDirectory = headers => headers.SkipLast(1) }.Build(), "between the last file and the directory");
        yield return new HostileCase("two names for the same bytes", Overlapping(honest), "must follow the file before it");
        yield return new HostileCase("a file inside another", Extra(shop, new ForgedEntry("x", [.. new ForgedEntry("y", [1]).Local()]) { TouchCentral = c => c[42] += 31 }), "must follow the file before it");
        var whole = Of().Build();
        foreach (var share in new[] { 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 95, 99 })
        {
            yield return new HostileCase($"cut off at {share}%", whole[..(whole.Length * share / 100)], "");
        }
    }

    private static IEnumerable<HostileCase> Bombs(PackageWorkshop shop)
    {
        yield return new HostileCase("a bomb of zeros", Extra(shop, new ForgedEntry("zeros", new byte[4 << 20], deflate: true)), "allowed: up to 200 times");
        yield return new HostileCase("a manifest of zeros", new ForgedArchive(shop.Entries(new byte[3 << 20])).Build(), "allowed: up to");
        yield return new HostileCase("a manifest of noise", new ForgedArchive(shop.Entries(Noise(2 << 20))).Build(), "allowed: up to 1048576");
        yield return new HostileCase("a signature without end", new ForgedArchive([new ForgedEntry("manifest.json", [1]), new ForgedEntry("manifest.sig", new byte[4096])]).Build(), "allowed: up to 256");
        yield return new HostileCase("4 GB from nothing", Sized(shop, uint.MaxValue - 1), "claims");
        yield return new HostileCase("2 GB from nothing", Sized(shop, 1u << 31), "allowed: up to 200 times");
        yield return new HostileCase("more than it claims", Sized(shop, 10), "the manifest says");
        yield return new HostileCase("less than it claims", Sized(shop, 150_000), "");
        yield return new HostileCase("too many files", new ForgedArchive([.. shop.Entries(shop.Manifest()), .. Enumerable.Range(0, 100).Select(i => new ForgedEntry($"f{i}", [1]))]).Build(), "allowed: 1..64");
    }

    private static IEnumerable<HostileCase> Contents(PackageWorkshop shop)
    {
        var entries = shop.Entries(shop.Manifest()).ToArray();
        foreach (var entry in entries)
        {
            yield return new HostileCase($"without {entry.Name}", new ForgedArchive(entries.Where(other => other != entry)).Build(), "");
        }

        foreach (var (name, bytes) in shop.Files)
        {
            byte[] flipped = [.. bytes];
            flipped[bytes.Length / 2] ^= 4;
            yield return new HostileCase($"a bit of {name} flipped", Swapped(shop, name, new ForgedEntry(name, flipped, deflate: true)), "SHA-256 is");
            yield return new HostileCase($"{name} one byte longer", Swapped(shop, name, new ForgedEntry(name, [.. bytes, 0], deflate: true)), "the manifest says");
            yield return new HostileCase($"{name} with a bit of its packed bytes flipped", Packed(shop, name), "");
        }

        yield return new HostileCase("files swapped (mix and match)", Swapped(shop, "score.onnx", new ForgedEntry("score.onnx", shop.Files["fit.onnx"], deflate: true)), "the manifest says");
    }

    private static byte[] Extra(PackageWorkshop shop, ForgedEntry entry) => new ForgedArchive([.. shop.Entries(shop.Manifest()), entry]).Build();

    private static HostileCase Mode(PackageWorkshop shop, string what, uint attributes) =>
        Touch(shop, what, central => BinaryPrimitives.WriteUInt32LittleEndian(central.AsSpan(38), attributes), "is not a regular file");

    private static HostileCase Touch(PackageWorkshop shop, string what, Action<byte[]> touch, string reason) =>
        new(what, Extra(shop, new ForgedEntry("x", [1]) { TouchCentral = touch }), reason);

    /// <summary>A field that both headers agree on; <paramref name="at"/> as in the local one.</summary>
    private static HostileCase Both(PackageWorkshop shop, string what, int at, ushort value, string reason) => new(
        what,
        Extra(shop, new ForgedEntry("x", [1])
        {
            TouchLocal = local => BinaryPrimitives.WriteUInt16LittleEndian(local.AsSpan(at), value),
            TouchCentral = central => BinaryPrimitives.WriteUInt16LittleEndian(central.AsSpan(at + 2), value),
        }),
        reason);

    private static byte[] Flipped(PackageWorkshop shop, string name, int at)
    {
        var entries = shop.Entries(shop.Manifest()).ToArray();
        var archive = new ForgedArchive(entries).Build();
        var offset = entries.TakeWhile(entry => entry.Name != name).Sum(entry => entry.Local().Length);
        archive[offset + at] ^= 1;
        return archive;
    }

    private static byte[] Packed(PackageWorkshop shop, string name)
    {
        var entries = shop.Entries(shop.Manifest()).ToArray();
        var archive = new ForgedArchive(entries).Build();
        var offset = entries.TakeWhile(entry => entry.Name != name).Sum(entry => entry.Local().Length);
        archive[offset + (entries.First(entry => entry.Name == name).Local().Length / 2)] ^= 8;
        return archive;
    }

    private static byte[] Swapped(PackageWorkshop shop, string name, ForgedEntry by) =>
        new ForgedArchive(shop.Entries(shop.Manifest()).Select(entry => entry.Name == name ? by : entry)).Build();

    private static byte[] Sized(PackageWorkshop shop, uint claimed) => Swapped(shop, "score.onnx", new ForgedEntry("score.onnx", shop.Files["score.onnx"], deflate: true)
    {
        TouchLocal = local => BinaryPrimitives.WriteUInt32LittleEndian(local.AsSpan(22), claimed),
        TouchCentral = central => BinaryPrimitives.WriteUInt32LittleEndian(central.AsSpan(24), claimed),
    });

    private static byte[] Overlapping(ForgedEntry[] honest)
    {
        var offset = honest[..^1].Sum(entry => entry.Local().Length);
        return new ForgedArchive(honest)
        {
            TouchDirectory = headers =>
            [
                .. headers, new ForgedEntry("twin.onnx", [1]) { TouchCentral = central => BinaryPrimitives.WriteInt32LittleEndian(central.AsSpan(42), offset) }.Central(offset),
            ],
        }.Build();
    }

    private static byte[] Program(ForgedEntry[] honest)
    {
        var plain = new ForgedArchive(honest).Build();
        return [.. "#!/bin/sh\nexit 1\n"u8, .. plain];
    }

    private static byte[] Noise(int count)
    {
        var bytes = new byte[count];
        new Random(7).NextBytes(bytes);
        return bytes;
    }
}

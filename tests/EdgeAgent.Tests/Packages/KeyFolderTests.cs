using System.Security.Cryptography;
using EdgeAgent.Core.ModelPackages.Trust;
using EdgeAgent.Packages;

namespace EdgeAgent.Tests.Packages;

public sealed class KeyFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly PackageWorkshop _shop = new();

    public void Dispose()
    {
        _shop.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Every_key_is_trusted_but_the_withdrawn_ones()
    {
        _shop.WriteKeys(_folder.Path);

        Assert.True(KeyFolder.TryRead(_folder.Path, out var ring, out var problem), problem?.ToString());
        using var owned = ring;
        Assert.Equal(["old.pem", "plant.pem"], ring.Keys.Select(key => key.Name));
        Assert.True(ring.IsWithdrawn(PackageKey.IdOf(_shop.Withdrawn)));
        Assert.False(ring.IsWithdrawn(PackageKey.IdOf(_shop.Key)));
    }

    [Theory]
    [InlineData("secret.pem", "private", "only public keys")]
    [InlineData("rsa.pem", "rsa", "not a public key on P-256")]
    [InlineData("other.pem", "p384", "not a public key on P-256")]
    [InlineData("text.pem", "text", "not a public key on P-256")]
    [InlineData("revoked.txt", "half an id", "hex digits of a key's id")]
    public void A_file_that_cannot_be_read_right_means_that_nothing_is_trusted(string file, string what, string reason)
    {
        _shop.WriteKeys(_folder.Path);
        using var rsa = RSA.Create(2048);
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        _folder.Write(file, what switch
        {
            "private" => _shop.Key.ExportPkcs8PrivateKeyPem(),
            "rsa" => rsa.ExportSubjectPublicKeyInfoPem(),
            "p384" => p384.ExportSubjectPublicKeyInfoPem(),
            "text" => "trust me",
            _ => PackageKey.IdOf(_shop.Withdrawn)[..30],
        });

        Assert.False(KeyFolder.TryRead(_folder.Path, out _, out var problem));
        Assert.Contains(reason, problem.ToString(), StringComparison.Ordinal);
        Assert.Contains(file, problem.Where, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_keys_is_told_as_such()
    {
        Assert.False(KeyFolder.TryRead(_folder.Path, out _, out var none));
        Assert.Contains("holds 0 keys", none.What, StringComparison.Ordinal);
        Assert.False(KeyFolder.TryRead(Path.Combine(_folder.Path, "nowhere"), out _, out var absent));
        Assert.Contains("cannot be read", absent.What, StringComparison.Ordinal);
    }
}

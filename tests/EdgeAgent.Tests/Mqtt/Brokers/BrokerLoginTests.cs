using EdgeAgent.Mqtt.Brokers;

namespace EdgeAgent.Tests.Mqtt.Brokers;

public sealed class BrokerLoginTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Name_and_password_are_read_anew_each_time_and_a_newline_at_the_end_is_no_part_of_them()
    {
        var login = new BrokerLogin { UsernameFile = Write("name", "pump-1\n"), PasswordFile = Write("password", " first \r\n") };
        Assert.True(login.TryRead(out var credentials, out _));
        Assert.Equal(("pump-1", " first "), (credentials.Username, credentials.Password));

        Write("password", "second");
        Assert.True(login.TryRead(out credentials, out _));
        Assert.Equal("second", credentials.Password);
        Assert.DoesNotContain("second", credentials.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_may_come_without_a_password()
    {
        Assert.True(new BrokerLogin { Username = "pump-1" }.TryRead(out var credentials, out _));
        Assert.Equal(("pump-1", null), (credentials.Username, credentials.Password));
    }

    [Fact]
    public void A_file_that_is_missing_or_empty_is_named_with_its_key()
    {
        Assert.False(new BrokerLogin { Username = "a", PasswordFile = Path.Combine(_folder.Path, "absent") }.TryRead(out _, out var problem));
        Assert.StartsWith("/mqtt/passwordFile: ", problem, StringComparison.Ordinal);
        Assert.Contains("absent cannot be read", problem, StringComparison.Ordinal);
        Assert.False(new BrokerLogin { UsernameFile = Write("name", "\n") }.TryRead(out _, out problem));
        Assert.Equal($"/mqtt/usernameFile: {_folder.Path}/name is empty", problem);
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.Path, name);
        File.WriteAllText(path, text);
        return path;
    }
}

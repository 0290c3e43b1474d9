using System.Text;
using EdgeAgent.Commanding;
using EdgeAgent.Mqtt.Commands;

namespace EdgeAgent.Tests.Mqtt.Commands;

/// <summary>Payloads that strangers write.</summary>
public sealed class CommandEnvelopeReaderTests
{
    [Fact]
    public void A_payload_with_everything_is_read()
    {
        Assert.True(Read("""{"schema":"edgeagent/command/1","id":"a-1","who":"Zoë, shift 2","arguments":{"level":"debug","list":[1,{"a":null}]}}""", out var id, out var read, out _));
        Assert.Equal(("a-1", "Zoë, shift 2", "debug"), (id, read!.Who, read.Arguments.GetProperty("level").GetString()));
    }

    [Fact]
    public void An_id_is_enough()
    {
        Assert.True(Read("""{"id":"x"}""", out _, out var read, out _));
        Assert.Null(read!.Who);
        Assert.Empty(read.Arguments.EnumerateObject());
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("\"text\"")]
    [InlineData("[]")]
    [InlineData("[{\"id\":\"a\"}]")]
    [InlineData("{\"id\":\"a\"")]
    [InlineData("{\"id\":\"a\"}{\"id\":\"b\"}")]
    [InlineData("{\"id\":\"a\",}")]
    [InlineData("{\"id\":\"a\"/* note */}")]
    [InlineData("{'id':'a'}")]
    [InlineData("{\"id\":\"a\",\"arguments\":{\"x\":NaN}}")]
    [InlineData("\uFEFF{\"id\":\"a\"}")]
    public void What_is_no_json_object_is_malformed(string payload) => AssertMalformed(payload, id: null);

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"id\":null}")]
    [InlineData("{\"id\":1}")]
    [InlineData("{\"id\":\"\"}")]
    [InlineData("{\"id\":[\"a\"]}")]
    [InlineData("{\"id\":\"a b\"}")]
    [InlineData("{\"id\":\"a\\n\"}")]
    [InlineData("{\"id\":\"ä\"}")]
    [InlineData("{\"ID\":\"a\"}")]
    [InlineData("{\"id\":\"12345678901234567890123456789012345678901234567890123456789012345\"}")]
    public void An_id_that_is_none_is_malformed(string payload) => AssertMalformed(payload, id: null);

    [Theory]
    [InlineData("{\"id\":\"a\",\"who\":1}")]
    [InlineData("{\"id\":\"a\",\"who\":\"\"}")]
    [InlineData("{\"id\":\"a\",\"who\":\"line\\nline\"}")]
    [InlineData("{\"id\":\"a\",\"arguments\":[]}")]
    [InlineData("{\"id\":\"a\",\"arguments\":null}")]
    [InlineData("{\"id\":\"a\",\"arguments\":\"level\"}")]
    [InlineData("{\"id\":\"a\",\"schema\":\"edgeagent/command/2\"}")]
    [InlineData("{\"id\":\"a\",\"argument\":{}}")]
    public void A_key_of_the_wrong_kind_or_name_is_malformed_and_the_answer_can_name_the_id(string payload) => AssertMalformed(payload, "a");

    [Theory]
    [InlineData("{\"id\":\"a\",\"id\":\"b\"}")]
    [InlineData("{\"id\":\"a\",\"\\u0069d\":\"b\"}")]
    [InlineData("{\"id\":\"a\",\"arguments\":{\"x\":1,\"x\":2}}")]
    public void A_key_that_stands_twice_is_malformed(string payload) => AssertMalformed(payload, id: null);

    [Theory]
    [InlineData("{\"id\":\"a\",\"who\":\"\\ud800\"}")]
    [InlineData("{\"id\":\"\\udc00\"}")]
    [InlineData("{\"id\":\"a\",\"arguments\":{\"\\ud800\":1}}")]
    [InlineData("{\"id\":\"a\",\"arguments\":{\"x\":[\"\\ud800x\"]}}")]
    public void Half_a_character_is_malformed(string payload) => AssertMalformed(payload, id: null);

    [Theory]
    [InlineData(9)]
    [InlineData(5000)]
    public void What_is_nested_deeply_is_malformed(int levels)
    {
        var lists = levels - 2;
        AssertMalformed("{\"id\":\"a\",\"arguments\":{\"x\":" + new string('[', lists) + new string(']', lists) + "}}", id: null);
        AssertMalformed(new string('[', levels), id: null);
    }

    [Fact]
    public void Eight_levels_are_not_deep() => Assert.True(Read("""{"id":"a","arguments":{"x":[[[[[[]]]]]]}}""", out _, out _, out _));

    [Fact]
    public void Bytes_that_are_no_utf8_are_malformed()
    {
        byte[] payload = [.. "{\"id\":\"a\",\"who\":\""u8, 0xC3, 0x28, .. "\"}"u8];
        Assert.False(CommandEnvelopeReader.TryRead(payload, out _, out _, out var problem));
        Assert.Equal(CommandCodes.Malformed, problem.Code);
    }

    [Fact]
    public void No_cut_and_no_flipped_byte_of_a_good_payload_throws()
    {
        var good = Encoding.UTF8.GetBytes("""{"schema":"edgeagent/command/1","id":"a-1","who":"\u00e9ö","arguments":{"seconds":600,"list":[1.5e3,true]}}""");
        for (var place = 0; place < good.Length; place++)
        {
            CommandEnvelopeReader.TryRead(good.AsMemory(0, place), out _, out _, out _);
            for (var bit = 0; bit < 8; bit++)
            {
                var bad = good.ToArray();
                bad[place] ^= (byte)(1 << bit);
                var isRead = CommandEnvelopeReader.TryRead(bad, out _, out var envelope, out var problem);
                Assert.True(isRead ? envelope is not null : problem is { Text.Length: > 0 });
            }
        }
    }

    private static void AssertMalformed(string payload, string? id)
    {
        Assert.False(Read(payload, out var found, out var envelope, out var problem), payload);
        Assert.Null(envelope);
        Assert.Equal((CommandCodes.Malformed, id), (problem!.Code, found));
        Assert.DoesNotContain('\n', problem.Text);
    }

    private static bool Read(string payload, out string? id, out CommandEnvelope? envelope, out CommandProblem? problem) =>
        CommandEnvelopeReader.TryRead(Encoding.UTF8.GetBytes(payload), out id, out envelope, out problem);
}

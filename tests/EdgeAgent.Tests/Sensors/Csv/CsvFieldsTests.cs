using EdgeAgent.Sensors.Csv;

namespace EdgeAgent.Tests.Sensors.Csv;

public sealed class CsvFieldsTests
{
    [Theory]
    [InlineData("1;2;3", new[] { "1", "2", "3" })]
    [InlineData("", new[] { "" })]
    [InlineData(";", new[] { "", "" })]
    [InlineData(" 1 ; 2", new[] { "1", "2" })]
    [InlineData("\"a;b\";2", new[] { "a;b", "2" })]
    [InlineData("\"\";2", new[] { "", "2" })]
    [InlineData("  \"a\"  ;2", new[] { "a", "2" })]
    [InlineData("\"a\"\"b\";2", new[] { "a\"\"b", "2" })]
    [InlineData("a\"b;2", new[] { "a\"b", "2" })]
    public void A_line_is_split_into_its_fields(string line, string[] expected)
    {
        var fields = new CsvFields(';');

        Assert.True(fields.Split(line));
        Assert.Equal(expected, Enumerable.Range(0, fields.Count).Select(i => fields[i].ToString()));
    }

    [Theory]
    [InlineData("1;\"2")]
    [InlineData("\"")]
    [InlineData("\"a\"b;2")]
    [InlineData("\"a\"\"")]
    public void A_quote_that_does_not_end_breaks_the_line(string line) => Assert.False(new CsvFields(';').Split(line));

    [Fact]
    public void Any_text_is_split_or_refused_without_an_exception()
    {
        var random = new Random(1);
        var letters = "\";,1. \t";
        for (var i = 0; i < 20_000; i++)
        {
            var line = new string([.. Enumerable.Range(0, random.Next(12)).Select(_ => letters[random.Next(letters.Length)])]);
            var fields = new CsvFields(';');
            fields.Split(line);
            Assert.All(Enumerable.Range(0, fields.Count), field => Assert.True(fields[field].Length <= line.Length));
        }
    }
}

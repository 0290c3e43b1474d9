using EdgeAgent.Sensors.Csv;

namespace EdgeAgent.Tests.Sensors.Csv;

public sealed class CsvNumberTests
{
    [Theory]
    [InlineData("1.5", ',', 1.5f)]
    [InlineData("-2e-3", ',', -0.002f)]
    [InlineData("1,5", ';', 1.5f)]
    [InlineData("-0,25", '\t', -0.25f)]
    public void Numbers_are_read_with_a_point_or_where_it_is_free_with_a_comma(string cell, char delimiter, float expected) =>
        Assert.Equal(expected, CsvNumber.Parse(cell, delimiter));

    [Theory]
    [InlineData("")]
    [InlineData("NaN")]
    [InlineData("nan")]
    [InlineData("inf")]
    [InlineData("1e99")]
    [InlineData("n/a")]
    [InlineData("1,2,3")]
    [InlineData("1.234,5")]
    [InlineData("0x10")]
    [InlineData("12 bar")]
    public void Anything_else_is_no_reading(string cell) => Assert.True(float.IsNaN(CsvNumber.Parse(cell, ';')));

    [Fact]
    public void A_very_long_cell_is_no_reading() => Assert.True(float.IsNaN(CsvNumber.Parse(new string('x', 10_000), ';')));
}

using System.Text.Json.Nodes;
using EdgeAgent.Configuration.Schema;

namespace EdgeAgent.Tests.Configuration;

public sealed class SchemaCheckTests
{
    [Theory]
    [InlineData("""{ "type": "integer", "minimum": 1, "maximum": 5 }""", "1", "5", "0", "6", "1.5", "1.0", "\"1\"", "null", "true")]
    [InlineData("""{ "type": ["integer", "null"] }""", "null", "-7", "99999999999999999999", "{}", "[]")]
    [InlineData("""{ "type": "number", "exclusiveMinimum": 0 }""", "1e-9", "7", "0", "-1", "1e400")]
    [InlineData("""{ "type": "string", "minLength": 1, "maxLength": 2 }""", "\"a\"", "\"ab\"", "\"\"", "\"abc\"", "1")]
    [InlineData("""{ "type": "string", "pattern": "^[a-z]+$" }""", "\"a\"", "\"abc\"", "\"A\"", "\"a\\n\"", "\"\"")]
    [InlineData("""{ "type": "string", "enum": ["a", "b"] }""", "\"a\"", "\"b\"", "\"c\"", "\"A\"", "1", "null")]
    [InlineData("""{ "type": "boolean" }""", "true", "false", "0", "\"true\"")]
    [InlineData("""{ "type": "array", "items": { "type": "boolean" }, "minItems": 1, "maxItems": 2 }""", "[true]", "[true, false]", "[]", "[true, true, true]", "[1]", "{}")]
    [InlineData("""{ "type": "object", "propertyNames": { "enum": ["x"] }, "additionalProperties": { "type": "integer" } }""", "{}", "{\"x\": 1}", "{\"x\": \"1\"}", "{\"y\": 1}", "null")]
    public void The_first_two_values_fit_and_the_others_do_not(string schema, string fits, string fitsToo, params string[] others)
    {
        var node = new SchemaNode((JsonObject)JsonNode.Parse(schema)!);

        Assert.Empty(SchemaCheck.Run(node, JsonNode.Parse(fits)));
        Assert.Empty(SchemaCheck.Run(node, JsonNode.Parse(fitsToo)));
        Assert.All(others, other => Assert.Single(SchemaCheck.Run(node, JsonNode.Parse(other))));
    }

    [Theory]
    [InlineData("port", "prot")]
    [InlineData("port", "Port")]
    [InlineData("keepAliveSeconds", "keepAliveSecond")]
    [InlineData("keepAliveSeconds", "keepAlive")]
    [InlineData(null, "topic")]
    [InlineData(null, "")]
    public void A_slip_is_recognized(string? meant, string written) =>
        Assert.Equal(meant, SimilarName.Among(["host", "port", "keepAliveSeconds"], written));
}

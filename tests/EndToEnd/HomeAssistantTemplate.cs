using System.Text.Json;
using System.Text.RegularExpressions;

namespace EdgeAgent.EndToEnd;

/// <summary>Home Assistant's templates (Jinja) as far as the agent uses them; any other is a failure.</summary>
internal static partial class HomeAssistantTemplate
{
    public static string Render(string template, JsonElement valueJson)
    {
        if (Value().Match(template) is { Success: true } value)
        {
            return valueJson.GetProperty(value.Groups[1].Value).GetString()!;
        }

        var choice = Choice().Match(template);
        Assert.True(choice.Success, $"a template that these tests cannot read: {template}");
        return choice.Groups[IsTrue(valueJson.GetProperty(choice.Groups[2].Value)) ? 1 : 3].Value;
    }

    /// <summary>As Jinja, like Python, takes it: nothing, zero and what is empty are false.</summary>
    private static bool IsTrue(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False or JsonValueKind.Null => false,
        JsonValueKind.Array => value.GetArrayLength() > 0,
        JsonValueKind.String => value.GetString()!.Length > 0,
        JsonValueKind.Number => value.GetDouble() != 0,
        _ => value.EnumerateObject().Any(),
    };

    [GeneratedRegex(@"^\{\{ value_json\.(\w+) \}\}$")]
    private static partial Regex Value();

    [GeneratedRegex(@"^\{\{ '(\w+)' if value_json\.(\w+) else '(\w+)' \}\}$")]
    private static partial Regex Choice();
}

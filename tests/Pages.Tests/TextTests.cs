using System.Text.Json;
using System.Text.RegularExpressions;
using Parking.GateProtocol;
using Parking.Pages.Shared;

namespace Parking.Pages.Tests;

/// <summary>Both languages say the same things.</summary>
public sealed partial class TextTests
{
    private static readonly Texts Chinese = Texts.In("zh"), English = Texts.In("en");

    [Fact]
    public void Languages_HaveTheSameKeys_AndTheSameValuesInTheirTexts()
    {
        Assert.Equal(English.Keys.Order(), Chinese.Keys.Order());
        Assert.All(English.Keys, key => Assert.Equal(ValuesIn(English[key]), ValuesIn(Chinese[key])));
    }

    [Fact]
    public void EveryReason_HasAWord() => Assert.All(
        Enum.GetValues<ScanReason>(),
        reason => Assert.Contains($"console.reason.{JsonNamingPolicy.SnakeCaseLower.ConvertName($"{reason}")}", English.Keys));

    private static IEnumerable<string> ValuesIn(string text) => Value().Matches(text).Select(match => match.Value).Order();

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Value();
}

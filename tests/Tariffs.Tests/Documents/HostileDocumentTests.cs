using System.Text;
using Parking.Tariffs.Documents;

namespace Parking.Tariffs.Tests.Documents;

/// <summary>Documents that mean harm: each is refused by the one exception that a caller expects, or read.</summary>
public class HostileDocumentTests
{
    private const string Line = "$.versions[0].rateTables[0].rates[0].bands[0].rateLines[1]";

    public static TheoryData<string> Names => [.. Documents.Keys];

    private static readonly Dictionary<string, byte[]> Documents = new()
    {
        ["empty"] = [],
        ["white space"] = "  \n"u8.ToArray(),
        ["not JSON"] = "tariff: 1"u8.ToArray(),
        ["a comment"] = Bytes("/* 1 */" + TestDocuments.Simple),
        ["something after the end"] = Bytes(TestDocuments.Simple + "{}"),
        ["a trailing comma"] = Bytes(TestDocuments.Simple.Replace("\"currency\": \"CNY\",", "\"currency\": \"CNY\",,")),
        ["a number"] = "1"u8.ToArray(),
        ["null"] = "null"u8.ToArray(),
        ["a list"] = "[]"u8.ToArray(),
        ["NaN"] = Bytes(TestDocuments.Simple.Replace("1500", "NaN")),
        ["Infinity"] = Bytes(TestDocuments.Simple.Replace("1500", "-Infinity")),
        ["1e308"] = Bytes(TestDocuments.Simple.Replace("1500", "1e308")),
        ["1e400"] = Bytes(TestDocuments.Simple.Replace("1500", "1e400")),
        ["1.0"] = Bytes(TestDocuments.Simple.Replace("1500", "1.0")),
        ["15e2"] = Bytes(TestDocuments.Simple.Replace("1500", "15e2")),
        ["negative"] = Bytes(TestDocuments.Simple.Replace("1500", "-1500")),
        ["a thousand digits"] = Bytes(TestDocuments.Simple.Replace("1500", new string('9', 1000))),
        ["a long text for a number"] = Bytes(TestDocuments.Simple.Replace("1500", $"\"{new string('9', 100_000)}\"")),
        ["byte order mark"] = [0xEF, 0xBB, 0xBF, .. Bytes(TestDocuments.Simple)],
        ["UTF-16"] = Encoding.Unicode.GetBytes(TestDocuments.Simple),
        ["bytes that are not UTF-8"] = [.. "{\"id\":\""u8, 0xFF, 0xFE, .. "\"}"u8],
        ["an overlong encoding"] = [.. "{\"id\":\""u8, 0xC0, 0xAF, .. "\"}"u8],
        ["lone surrogate in a text"] = Bytes(TestDocuments.Simple.Replace("简单", "\\ud800")),
        ["lone surrogate in an id"] = Bytes(TestDocuments.Simple.Replace("\"simple\"", "\"\\udc00\"")),
        ["lone surrogate in a name of a field"] = Bytes(TestDocuments.Simple.Replace("\"currency\"", "\"\\ud800\"")),
        ["lone surrogate in a word"] = Bytes(TestDocuments.Simple.Replace("halfUp", "\\ud800")),
        ["lone surrogate in a length"] = Bytes(TestDocuments.Simple.Replace("PT15M", "\\ud800")),
        ["two fields of one name"] = Bytes(TestDocuments.Simple.Replace("\"format\": 1,", "\"format\": 1, \"format\": 1,")),
        ["two fields of one name, one escaped"] =
            Bytes(TestDocuments.Simple.Replace("\"format\": 1,", "\"format\": 1, \"f\\u006Frmat\": 1,")),
        ["depth 33"] = Bytes(TestDocuments.Simple.Replace("1500", Nested(33))),
        ["depth 10 000"] = Bytes(Nested(10_000)),
        ["depth 10 000 of objects"] = Bytes(string.Concat(Enumerable.Repeat("{\"a\":", 10_000)) + "1" + new string('}', 10_000)),
        ["5 MB"] = Bytes(TestDocuments.Simple + new string(' ', 5 * 1024 * 1024)),
        ["5 MB of list"] = Bytes($"[{string.Join(',', Enumerable.Repeat("0", 2_500_000))}]"),
        ["10 000 lines"] =
            Bytes(TestDocuments.Simple.Replace("\"rateLines\": [", "\"rateLines\": [" + string.Concat(Enumerable.Repeat("0,", 10_000)))),
        ["thousands of wrong lines"] = Bytes(Versions(string.Join(
            ',', Enumerable.Repeat($$"""{"rateLines":[{{string.Join(',', Enumerable.Repeat("0", 256))}}]}""", 32)))),
        ["thousands of unknown fields"] = Bytes($"{{{string.Join(',', Enumerable.Range(0, 20_000).Select(i => $"\"{i}\":1"))}}}"),
        ["a name of 200 000 letters"] = Bytes($"{{\"{new string('a', 200_000)}\":1}}"),
        ["a name with quotes and dots"] = Bytes("""{"a.b[0]'\"\\ $":1}"""),
        ["a length of a billion seconds"] = Bytes(TestDocuments.Simple.Replace("PT30M", "PT1000000000S")),
        ["a length of a billion days"] = Bytes(TestDocuments.Simple.Replace("PT30M", "P999999999D")),
        ["a length of many digits"] = Bytes(TestDocuments.Simple.Replace("PT30M", $"PT{new string('9', 1000)}S")),
        ["a date beyond the years"] =
            Bytes(TestDocuments.With(TestDocuments.Simple, "$.versions[0].validityEnd", "\"-9998-01-01T00:00:00+18:00\"")),
        ["a name of Arabic digits"] = Bytes(TestDocuments.Simple.Replace("PT15M", "PT١٥M")),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_HostileDocument_IsRefusedAsOneThatIsNoTariff(string name)
    {
        var exception = Assert.Throws<TariffDocumentException>(() => TariffReader.Read(Documents[name], TestDocuments.Calendars));

        Assert.NotEmpty(exception.Errors);
        Assert.All(exception.Errors, error => Assert.StartsWith("$", error.Path));
        Assert.All(exception.Errors, error => Assert.True(error.ToString().Length < 1000, error.ToString()));
        Assert.InRange(exception.Message.Length, 1, 20_000);
    }

    [Fact]
    public void Read_DeepDocument_IsRefusedUnread()
    {
        var error = Assert.Single(TestDocuments.ErrorsOf(Encoding.UTF8.GetString(Documents["depth 33"])));

        Assert.Equal(("$", "JSON, at most 32 deep"), (error.Path, error.Expected));
    }

    [Fact]
    public void Read_LongestDocument_IsRead()
    {
        var json = TestDocuments.Simple.PadRight(
            TariffReader.MaxBytes - (Encoding.UTF8.GetByteCount(TestDocuments.Simple) - TestDocuments.Simple.Length));

        Assert.Equal("simple", TestDocuments.Read(json).Id);
        Assert.Equal("$", Assert.Single(TestDocuments.ErrorsOf(json + " ")).Path);
    }

    [Fact]
    public void Read_LongestLength_IsRead()
    {
        var json = TestDocuments.With(TestDocuments.Simple, Line + ".incrementPeriod", "\"P3660D\"");

        Assert.Equal("simple", TestDocuments.Read(json).Id);
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Nested(int depth) => new string('[', depth) + new string(']', depth);

    private static string Versions(string bands) =>
        $$"""{"versions":[{"rateTables":[{"rates":[{"bands":[{{bands}}]}]}]}]}""";
}

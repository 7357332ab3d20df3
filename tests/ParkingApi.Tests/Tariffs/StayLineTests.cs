using System.Buffers;
using System.Text;
using NodaTime;
using Parking.Api.Hosting.Ndjson;
using Parking.Api.Tariffs;
using Parking.Tariffs;
using Parking.Tariffs.Documents;

namespace Parking.Api.Tests.Tariffs;

public sealed class StayLineTests
{
    private static readonly Tariff Tariff = TariffReader.Read(
        Encoding.UTF8.GetBytes(TariffDocuments.HalfHours("one", root =>
        {
            root["versions"]![0]!["validityStart"] = "2026-01-01T00:00:00Z";
            root["versions"]![0]!["validityEnd"] = "2030-01-01T00:00:00Z";
            root["versions"]![0]!["validations"] = System.Text.Json.Nodes.JsonNode.Parse(
                """[ { "id": "cinema", "name": { "zh": "影", "en": "C" }, "freeTime": "PT1H", "stackable": true }"""
                    + """, { "id": "shop", "name": { "zh": "店", "en": "S" }, "percentOff": 5, "stackable": true } ]""");
        })),
        HolidayCalendarReader.BuiltIn);

    [Fact]
    public void Stay_WithEveryField_HasThemAll()
    {
        var stay = Read("""
            {"enteredAt":"2026-05-04T08:30:15.5+08:00","exitedAt":"2026-05-04T02:00:00Z",
             "vehicleClass":"coach","entitlements":["resident","staff"],"occupancyPercent":1000,
             "validations":["shop","cinema","shop"],
             "payments":[{"paidAt":"2026-05-04T01:00:00Z","amount":1},{"paidAt":"2026-05-04T01:00:00Z","amount":10000000000}]}
            """).Stay;

        Assert.Equal(Instant.FromUtc(2026, 5, 4, 0, 30, 15) + Duration.FromMilliseconds(500), stay.EnteredAt);
        Assert.Equal(Instant.FromUtc(2026, 5, 4, 2, 0), stay.ExitedAt);
        Assert.Equal((VehicleClass.Coach, 1000), (stay.VehicleClass, stay.OccupancyPercent));
        Assert.Equal(["resident", "staff"], stay.Entitlements);
        Assert.Equal(["shop", "cinema", "shop"], stay.Validations);
        Assert.Equal([1, 10_000_000_000], stay.Payments.Select(payment => payment.Amount));
    }

    [Theory]
    [InlineData("")]
    [InlineData(""","entitlements":[],"validations":[],"payments":[]""")]
    public void Stay_WithTheTimesAlone_IsACarsWithoutAnything(string more)
    {
        var stay = Read($$"""{"enteredAt":"2026-05-04T00:30:15Z","exitedAt":"2026-05-04T00:30:15Z"{{more}}}""").Stay;

        Assert.Equal((VehicleClass.Car, null), (stay.VehicleClass, stay.OccupancyPercent));
        Assert.True(stay is { Entitlements.IsEmpty: true, Validations.IsEmpty: true, Payments.IsEmpty: true });
    }

    [Theory]
    [InlineData("{", "$")]
    [InlineData("not json", "$")]
    [InlineData("[]", "$")]
    [InlineData("null", "$")]
    [InlineData("17", "$")]
    [InlineData("""{"enteredAt":"2026-05-04T00:30:15Z"} {}""", "$")]
    [InlineData("""{"enteredAt":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":1}}}}}}}}}""", "$")]
    [InlineData("{}", "$.enteredAt")]
    [InlineData("""{"enteredAt":"2026-05-04T00:30:15Z"}""", "$.exitedAt")]
    [InlineData("""{"enteredAt":"2026-05-04","exitedAt":"2026-05-04T00:30:15Z"}""", "$.enteredAt")]
    [InlineData("""{"enteredAt":"2026-05-04T00:30:15","exitedAt":"2026-05-04T00:30:15Z"}""", "$.enteredAt")]
    [InlineData("""{"enteredAt":1777854615,"exitedAt":"2026-05-04T00:30:15Z"}""", "$.enteredAt")]
    [InlineData("""{"enteredAt":"1899-12-31T23:59:59Z","exitedAt":"2026-05-04T00:30:15Z"}""", "$.enteredAt")]
    [InlineData("""{"enteredAt":"2026-05-04T00:30:15Z","exitedAt":"2200-01-01T00:00:00Z"}""", "$.exitedAt")]
    [InlineData("""{"enteredAt":"0001-01-01T00:00:00+14:00","exitedAt":"9999-12-31T23:59:59-14:00"}""", "$.enteredAt")]
    [InlineData("""{"enteredAt":"9999-12-31T23:59:59-18:00","exitedAt":"9999-12-31T23:59:59-18:00"}""", "$.enteredAt")]
    [InlineData("""{"enteredAt":"0001-01-01T00:00:00+18:00","exitedAt":"2026-05-04T00:30:15Z"}""", "$.enteredAt")]
    [InlineData("""{"enteredAt":"2026-05-04T00:30:15Z","exitedAt":"2026-05-04T00:30:14Z"}""", "$.exitedAt")]
    [InlineData("""{"enteredAt":"2026-05-04T00:30:15Z","exitedAt":"2036-05-11T00:30:16Z"}""", "$.exitedAt")]
    [InlineData("""{"enteredAt":"2025-12-31T23:59:59Z","exitedAt":"2026-05-04T00:30:15Z"}""", "$.enteredAt")]
    [InlineData("""{"enteredAt":"2030-01-01T00:00:00Z","exitedAt":"2030-05-04T00:30:15Z"}""", "$.enteredAt")]
    public void Line_ThatIsNoStay_SaysWhere(string line, string path) => Assert.Equal(path, ErrorOf(line).Path);

    [Theory]
    [InlineData("\"colour\":1", "$.colour", "the field is unknown")]
    [InlineData("\"vehicleClass\":\"tram\"", "$.vehicleClass", "'tram' is neither")]
    [InlineData("\"vehicleClass\":1", "$.vehicleClass", "1 stands here")]
    [InlineData("\"vehicleClass\":null", "$.vehicleClass", "null stands here")]
    [InlineData("\"entitlements\":\"resident\"", "$.entitlements", "\"resident\" stands here")]
    [InlineData("\"entitlements\":[1]", "$.entitlements[0]", "1 stands here")]
    [InlineData("\"entitlements\":[\"\\ud800\"]", "$.entitlements[0]", "the text is not Unicode")]
    [InlineData("\"occupancyPercent\":-1", "$.occupancyPercent", "-1 is out of range")]
    [InlineData("\"occupancyPercent\":1001", "$.occupancyPercent", "1001 is out of range")]
    [InlineData("\"occupancyPercent\":1e308", "$.occupancyPercent", "1e308 stands here")]
    [InlineData("\"occupancyPercent\":50.0", "$.occupancyPercent", "50.0 stands here")]
    [InlineData("\"validations\":[\"shop\",\"zoo\"]", "$.validations[1]", "the version in force at entry has no such validation")]
    [InlineData("\"payments\":[{}]", "$.payments[0].paidAt", "the field is missing")]
    [InlineData("\"payments\":[{\"paidAt\":\"2026-05-04T01:00:00Z\"}]", "$.payments[0].amount", "the field is missing")]
    [InlineData("\"payments\":[{\"paidAt\":\"2026-05-04T01:00:00Z\",\"amount\":0}]", "$.payments[0].amount", "0 is out of range")]
    [InlineData(
        "\"payments\":[{\"paidAt\":\"2026-05-04T00:30:14Z\",\"amount\":1}]", "$.payments[0].paidAt", "the payment comes before the entry")]
    [InlineData(
        "\"payments\":[{\"paidAt\":\"2026-05-04T01:00:00Z\",\"amount\":1},{\"paidAt\":\"2026-05-04T00:59:59Z\",\"amount\":1}]",
        "$.payments[1].paidAt",
        "the payment comes before the entry or the payment before it")]
    public void Stay_WithOneThingWrong_SaysWhereAndWhat(string field, string path, string problem)
    {
        var error = ErrorOf($$"""{"enteredAt":"2026-05-04T00:30:15Z","exitedAt":"2026-05-04T02:00:00Z",{{field}}}""");

        Assert.Equal(path, error.Path);
        Assert.StartsWith(problem, error.Problem, StringComparison.Ordinal);
        Assert.NotEmpty(error.Expected);
    }

    [Fact]
    public void Stay_WithTooManyOfAnything_SaysHowManyThereMayBe()
    {
        var many = string.Join(',', Enumerable.Repeat("\"shop\"", 33));

        Assert.Equal(
            "the list has 33 members",
            ErrorOf($$"""{"enteredAt":"2026-05-04T00:30:15Z","exitedAt":"2026-05-04T02:00:00Z","validations":[{{many}}]}""").Problem);
    }

    private static StayLine Read(string json)
    {
        Assert.True(StayLineReader.TryRead(LineOf(json), Tariff, out var stay, out var error), error?.ToString());
        return stay;
    }

    private static DocumentError ErrorOf(string json)
    {
        Assert.False(StayLineReader.TryRead(LineOf(json), Tariff, out _, out var error));
        return error;
    }

    private static NdjsonLine LineOf(string json) => new(new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(json)), IsTooLong: false);
}

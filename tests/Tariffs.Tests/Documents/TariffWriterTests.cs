using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;
using Parking.Tariffs.Documents;

namespace Parking.Tariffs.Tests.Documents;

public class TariffWriterTests
{
    [Theory]
    [InlineData(TestDocuments.Simple)]
    [InlineData(TestDocuments.Everything)]
    public void Write_WhatWasRead_SaysTheSame(string document)
    {
        var written = TariffWriter.Write(TestDocuments.Read(document));

        // The sample documents are canonical but for one thing: an instant in UTC is written with the offset of the time zone.
        var expected = JsonNode.Parse(document.Replace("2025-12-31T16:00:00Z", "2026-01-01T00:00:00+08:00"));
        Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(written)), Encoding.UTF8.GetString(written));
    }

    [Theory]
    [InlineData(TestDocuments.Simple)]
    [InlineData(TestDocuments.Everything)]
    public void Write_WhatItWroteItself_GivesTheSameBytes(string document)
    {
        var once = TariffWriter.Write(TestDocuments.Read(document));
        var twice = TariffWriter.Write(TariffReader.Read(once, TestDocuments.Calendars));

        Assert.Equal(Encoding.UTF8.GetString(once), Encoding.UTF8.GetString(twice));
    }

    [Fact]
    public void Write_Document_IsReadableByPeople()
    {
        var text = Encoding.UTF8.GetString(TariffWriter.Write(TestDocuments.Read(TestDocuments.Simple)));

        Assert.StartsWith("{\n  \"format\": 1,\n  \"id\": \"simple\",\n  \"name\": {\n    \"zh\": \"简单\",", text);
        Assert.DoesNotContain('\r', text);
    }

    [Fact]
    public void Write_DefaultsThatWereSaid_AreLeftOut()
    {
        const string line = "$.versions[0].rateTables[0].rates[0].bands[0].rateLines[1]";
        var json = TestDocuments.With(TestDocuments.Simple, line + ".proRata", "false");
        json = TestDocuments.With(json, line + ".incrementPeriod", "\"PT0H1800S\"");

        Assert.Equal(TariffWriter.Write(TestDocuments.Read(TestDocuments.Simple)), TariffWriter.Write(TestDocuments.Read(json)));
    }

    [Theory]
    [InlineData("America/New_York", "2026-07-01T00:00:00-04:00")]
    [InlineData("America/New_York", "2026-01-01T00:00:00-05:00")]
    [InlineData("UTC", "1900-01-01T00:00:00Z")]
    [InlineData("Asia/Shanghai", "1901-01-01T08:00:00+08:00")]
    [InlineData("Africa/Monrovia", "1971-01-01T00:00:00Z")]
    [InlineData("Pacific/Kiritimati", "3000-01-01T13:59:59+14:00")]
    public void Write_Instant_HasTheOffsetOfTheZoneWhereItCanBeWritten(string zone, string instant)
    {
        var json = TestDocuments.With(TestDocuments.Simple, "$.timeZone", $"\"{zone}\"");
        json = TestDocuments.With(json, "$.versions[0].validityStart", $"\"{instant}\"");

        var written = TariffWriter.Write(TestDocuments.Read(json));

        Assert.Equal(instant, JsonNode.Parse(written)!["versions"]![0]!["validityStart"]!.GetValue<string>());
        Assert.Equal(written, TariffWriter.Write(TariffReader.Read(written, TestDocuments.Calendars)));
    }

    [Fact]
    public void WriteAndRead_DocumentWithinAnother_KeepsItAndItsPaths()
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WritePropertyName("tariff");
            TariffWriter.Write(json, TestDocuments.Read(TestDocuments.Everything));
            json.WriteEndObject();
        }

        var errors = new List<DocumentError>();
        using var document = JsonDocument.Parse(stream.ToArray());
        var node = new DocumentNode(document.RootElement, "$", errors).Required("tariff", "a tariff")!;
        Assert.Equal("everything", TariffReader.Read(node, TestDocuments.Calendars)?.Id);
        Assert.Empty(errors);

        Assert.Null(TariffReader.Read(node, new([])));
        Assert.Equal("$.tariff.holidayCalendar", Assert.Single(errors).Path);
    }

    [Theory]
    [InlineData(0, "PT0S")]
    [InlineData(1, "PT1S")]
    [InlineData(60, "PT1M")]
    [InlineData(5400, "PT1H30M")]
    [InlineData(86400, "P1D")]
    [InlineData(90061, "P1DT1H1M1S")]
    [InlineData(86401, "P1DT1S")]
    [InlineData(3660 * 86400L, "P3660D")]
    public void DurationText_Length_IsWrittenShortestAndReadBack(long seconds, string text)
    {
        Assert.Equal(text, DurationText.Format(Duration.FromSeconds(seconds)));
        Assert.Equal(Duration.FromSeconds(seconds), DurationText.Parse(text));
    }

    [Theory]
    [InlineData("PT90M", 5400)]
    [InlineData("PT05M", 300)]
    [InlineData("P0DT24H", 86400)]
    public void DurationText_OtherForms_AreRead(string text, long seconds) =>
        Assert.Equal(Duration.FromSeconds(seconds), DurationText.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("P1DT")]
    [InlineData("1H")]
    [InlineData("pt1h")]
    [InlineData("P1H")]
    [InlineData("PT1D")]
    [InlineData("PT1M1H")]
    [InlineData("PT1M1M")]
    [InlineData("PTT1M")]
    [InlineData("PT1.5H")]
    [InlineData("-PT1H")]
    [InlineData("PT-1H")]
    [InlineData("PT+1H")]
    [InlineData("PT 1H")]
    [InlineData("PT1H ")]
    [InlineData("P1M")]
    [InlineData("P1Y")]
    [InlineData("P1W")]
    [InlineData("PT1")]
    [InlineData("P3660DT1S")]
    [InlineData("PT1234567890S")]
    public void DurationText_NoLength_IsNotRead(string text) => Assert.Null(DurationText.Parse(text));
}

using System.Text;
using System.Text.Json;
using CsCheck;
using Json.Schema;
using Parking.Tariffs.Documents;
using Parking.Tariffs.Tests.Cases;

namespace Parking.Tariffs.Tests.Documents;

public class TariffSchemaTests
{
    private const string Rate = "$.versions[0].rateTables[0].rates[0]";
    private const string Line = Rate + ".bands[0].rateLines[1]";
    private static readonly JsonSchema Schema = JsonSchema.FromText(TariffSchema.Json);

    [Theory]
    [InlineData(TestDocuments.Simple)]
    [InlineData(TestDocuments.Everything)]
    public void Schema_ValidDocument_IsValid(string document)
    {
        Assert.True(IsValid(document));
        Assert.True(IsValid(TariffWriter.Write(TestDocuments.Read(document))));
    }

    [Theory]
    [InlineData("$.format", "2")]
    [InlineData("$.id", "\"A\"")]
    [InlineData("$.id", null)]
    [InlineData("$.name.zh", "\"\"")]
    [InlineData("$.name.zh", "\" \"")]
    [InlineData("$.name.zh", "\"a\\u0000\"")]
    [InlineData("$.currency", "\"yuan\"")]
    [InlineData("$.extra", "1")]
    [InlineData("$.versions", "[]")]
    [InlineData("$.versions[0].version", "1.5")]
    [InlineData("$.versions[0].validityStart", "\"2026-01-01\"")]
    [InlineData("$.versions[0].rounding.mode", "\"nearest\"")]
    [InlineData("$.versions[0].validations", "[{\"id\":\"a\",\"name\":{\"zh\":\"券\",\"en\":\"V\"},\"stackable\":true}]")]
    [InlineData("$.versions[0].validations",
        "[{\"id\":\"a\",\"name\":{\"zh\":\"券\",\"en\":\"V\"},\"stackable\":true,\"amountOff\":1,\"percentOff\":1}]")]
    [InlineData("$.versions[0].rateTables[0].choose", "\"first\"")]
    [InlineData("$.versions[0].rateTables[0].vehicleClasses", "[\"tank\"]")]
    [InlineData(Rate + ".conditions", "{}")]
    [InlineData(Rate + ".conditions", "{\"exitTimes\":[{\"days\":[\"mon\"]}]}")]
    [InlineData(Rate + ".entryGrace", "\"PT0S\"")]
    [InlineData(Rate + ".entryGrace", "\"P1W\"")]
    [InlineData(Rate + ".entryGrace", "\"P1DT\"")]
    [InlineData(Rate + ".ladderAtBandChange", "\"restarts\"")]
    [InlineData(Rate + ".bands[1]", "{\"id\":\"b\",\"rateLines\":[{\"rateLineType\":\"flatRate\",\"value\":1,\"per\":\"stay\"}]}")]
    [InlineData(Rate + ".bands[0].id", "\"overstay\"")]
    [InlineData(Rate + ".bands[0].activeTimes", "[{}]")]
    [InlineData(Rate + ".bands[0].activeTimes", "[{\"startTime\":\"08:00\"}]")]
    [InlineData(Rate + ".bands[0].activeTimes", "[{\"startTime\":\"08:00\",\"endTime\":\"00:00\"}]")]
    [InlineData(Rate + ".bands[0].activeTimes", "[{\"startTime\":\"24:00\",\"endTime\":\"08:00\"}]")]
    [InlineData(Rate + ".bands[0].activeTimes", "[{\"days\":[\"mon\",\"mon\"]}]")]
    [InlineData(Rate + ".bands[0].activeTimes", "[{\"dates\":[{\"from\":\"2026-01-01\",\"to\":\"01-01\"}]}]")]
    [InlineData(Line + ".value", "-1")]
    [InlineData(Line + ".value", "\"1\"")]
    [InlineData(Line + ".per", "\"stay\"")]
    [InlineData(Line + ".incrementPeriod", null)]
    [InlineData(Rate + ".bands[0].rateLines[0].incrementPeriod", "\"PT1H\"")]
    [InlineData(Rate + ".bands[0].rateLines[0]", "{\"rateLineType\":\"flatRate\",\"value\":1,\"per\":\"stay\"}")]
    [InlineData(Rate + ".caps[0].per", "\"week\"")]
    [InlineData(Rate + ".maximumStay", "{\"overstay\":{}}")]
    public void Schema_BrokenDocument_IsInvalid(string path, string? value)
    {
        var json = TestDocuments.With(TestDocuments.Simple, path, value);

        Assert.NotEmpty(TestDocuments.ErrorsOf(json));
        Assert.False(IsValid(json));
    }

    [Fact]
    public void Schema_TariffOfEveryCase_IsValid()
    {
        var folders = CaseFolder.All().Select(CaseFolder.Read).ToList();

        Assert.All(folders.Where(folder => folder.Refusals is null), folder =>
        {
            var document = folder.TariffDocument();
            Assert.True(IsValid(document), folder.Name);

            var written = TariffWriter.Write(TariffReader.Read(document, folder.Calendars));
            Assert.True(IsValid(written), folder.Name);
            Assert.Equal(written, TariffWriter.Write(TariffReader.Read(written, folder.Calendars)));
        });
        Assert.True(folders.Count(folder => folder.Refusals is null) > 100);
    }

    [Fact]
    public void Schema_WhateverTheReaderAccepts_IsValid() =>
        Gen.Select(Gen.OneOf(TestDocuments.Simple, TestDocuments.Everything), Gen.Int).SampleCases(
            Depth.DearCases,
            (document, seed) =>
            {
                var json = DocumentMutator.Mutate(document, seed);
                try
                {
                    TestDocuments.Read(json);
                }
                catch (TariffDocumentException)
                {
                    return;
                }

                Assert.True(IsValid(json));
            },
            print: mutation => DocumentMutator.Mutate(mutation.Item1, mutation.Item2));

    private static bool IsValid(string json) => IsValid(Encoding.UTF8.GetBytes(json));

    private static bool IsValid(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        return Schema.Evaluate(document.RootElement).IsValid;
    }
}

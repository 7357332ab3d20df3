using System.Text;
using Parking.Tariffs.Documents;

namespace Parking.Tariffs.Tests.Properties;

/// <summary>What holds of every document.</summary>
public sealed class DocumentProperties
{
    [Fact]
    public void Write_WhatWasRead_IsReadAsTheSameTariff() =>
        Cases.HoldFor(PricedCase.OfAnyLength, one =>
        {
            var written = TariffWriter.Write(one.Version.Tariff);
            var again = TariffReader.Read(written, TariffGen.Calendars);

            Assert.Equal(Encoding.UTF8.GetString(written), Encoding.UTF8.GetString(TariffWriter.Write(again)));
            Assert.Equal(one.Version.Price(one.Stay), again.FindVersion(one.Version.Number)!.Price(one.Stay));
        });
}

using System.Text;
using Parking.Tariffs.Documents;

namespace Parking.Tariffs.Tests.Properties;

/// <summary>What holds of every document.</summary>
public sealed class DocumentProperties
{
    [Fact]
    public void Write_WhatWasRead_IsReadAsTheSameTariff() =>
        PricedCase.OfAnyLength.SampleCases(Depth.Cases, one =>
        {
            var tariff = one.Version.Tariff;
            var written = TariffWriter.Write(tariff);
            var again = TariffReader.Read(written, TariffGen.Calendars);

            Assert.Equal(Encoding.UTF8.GetString(written), Encoding.UTF8.GetString(TariffWriter.Write(again)));
            Assert.Equal(one.Version.Price(one.Stay), again.FindVersion(one.Version.Number)!.Price(one.Stay));

            // Rule 19: at most one version says that it is in force, and both tariffs name it.
            Assert.Equal(
                tariff.Versions.SingleOrDefault(version => version.IsInForceAt(one.Stay.EnteredAt)), tariff.InForceAt(one.Stay.EnteredAt));
            Assert.Equal(tariff.InForceAt(one.Stay.EnteredAt)?.Number, again.InForceAt(one.Stay.EnteredAt)?.Number);
        });
}

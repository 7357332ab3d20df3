using CsCheck;
using Parking.Events;

namespace Parking.Api.Tests.Holders;

public sealed class EntitlementsTests
{
    [Fact]
    public void Of_NamesInAnyOrderAndForm_AreOneSet()
    {
        var one = Entitlements.Of("resident disabled-badge");
        var other = Entitlements.Of("disabled-badge", "resident", "resident");

        Assert.Equal(one, other);
        Assert.Equal("disabled-badge resident", one.Text);
        Assert.Equal(["disabled-badge", "resident"], one.Names);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("Resident 居民 re_sident a,b {}")]
    [InlineData("a123456789b123456789c123456789d12")]
    public void Of_WhatIsNoName_IsNone(string text)
    {
        Assert.Equal(Entitlements.None, Entitlements.Of(text));
        Assert.Equal(default, Entitlements.Of(text));
        Assert.Empty(Entitlements.Of(text).Names);
        Assert.Equal("", Entitlements.Of(text).Text);
    }

    [Fact]
    public void Of_NoTexts_IsNone() => Assert.Equal(Entitlements.None, Entitlements.Of());

    [Fact]
    public void Of_TooMany_KeepsTheFirst()
    {
        var names = Enumerable.Range(10, 30).Select(n => $"n{n}").ToArray();

        Assert.Equal(names[..Entitlements.MaxCount], Entitlements.Of(names.Reverse()).Names);
    }

    [Fact]
    public void Text_OfAny_IsReadBackAsTheSame() =>
        Gen.Char["ab-9 Z"].Array[0, 60].Select(letters => new string(letters)).SampleCases(
            Depth.Cases, text => Assert.Equal(Entitlements.Of(text), Entitlements.Of(Entitlements.Of(text).Text)));

    [Fact]
    public void ToString_OfAny_DoesNotSayThem() =>
        Assert.DoesNotContain("badge", Entitlements.Of("disabled-badge").ToString(), StringComparison.Ordinal);
}

using System.Security.Cryptography;
using System.Text;
using NodaTime;
using Parking.Accounts;
using Parking.Codes;
using Parking.Codes.Devices;
using Parking.Devices;
using Parking.Ports;

namespace Parking.Api.Tests.Devices;

/// <summary>Which devices a holder has, and which numbers they get.</summary>
public sealed class DeviceBookTests
{
    private static readonly Instant Now = Instant.FromUtc(2026, 5, 4, 8, 30);

    [Fact]
    public void Link_Again_IsTheSameDevice_WithTheNewNameAndSignIn()
    {
        var key = NewKey();
        var (book, first, _) = DeviceBook.Empty.Link(DevicePoint.Of(key), "phone", Now)!.Value;

        var (after, again, _) = book.Link(DevicePoint.Of(key), "my phone", Now + Duration.FromDays(1))!.Value;

        Assert.Equal(first.Number, again.Number);
        Assert.Equal(("my phone", Now, Now + Duration.FromDays(1)), (again.Link!.Name, again.Link.LinkedAt, again.Link.SignedInAt));
        Assert.Single(after.Linked);
    }

    [Fact]
    public void Link_OfASixth_RetiresTheLongestUnused()
    {
        var book = DeviceBook.Empty;
        for (var n = 0; n < DeviceBook.MaxLinked; n++)
        {
            book = book.Link(DevicePoint.Of(NewKey()), $"phone {n}", Now + Duration.FromHours(n))!.Value.Book;
        }

        var oldest = book.Linked.First();
        var used = book.With(oldest with { Link = oldest.Link! with { UsedAt = Now + Duration.FromHours(9) }, Issued = [Issued(1, 7)] });
        var second = used.Linked.ElementAt(1);
        used = used.With(second with { Issued = [Issued(2, 7)] });

        var after = used.Link(DevicePoint.Of(NewKey()), "sixth", Now + Duration.FromHours(10))!.Value.Book;

        Assert.Equal(
            ["phone 0", "phone 2", "phone 3", "phone 4", "sixth"], after.Linked.Select(device => device.Link!.Name).Order());
        Assert.Equal(DeviceEndReason.Retired, after.Find(second.Number)!.Ended!.Reason);
    }

    [Fact]
    public void Number_OfAnEndedDevice_IsGivenAgain_OnlyOnceItsCertificatesHaveExpired()
    {
        var (book, device, _) = DeviceBook.Empty.Link(DevicePoint.Of(NewKey()), "lost", Now)!.Value;
        book = book.With(device with { Issued = [Issued(1, 7)] }).End(device.Number, DeviceEndReason.Removed, Now);

        var before = book.Link(DevicePoint.Of(NewKey()), "new", Now + Duration.FromDays(7))!.Value.Device;
        var after = book.Link(DevicePoint.Of(NewKey()), "new", Now + Duration.FromDays(7) + Duration.FromHours(1))!.Value.Device;

        Assert.NotEqual(device.Number, before.Number);
        Assert.Equal(device.Number, after.Number);
    }

    [Fact]
    public void Admit_OfTheSameGuest_IsTheSameDevice_UntilItHasEnded()
    {
        var guest = new GuestDevice(new ShareId(1), new HolderId(2), new DeviceNumber(3));
        var (book, first) = DeviceBook.Empty.Admit(guest, Now)!.Value;
        Assert.Equal(first, book.Admit(guest, Now)!.Value.Device);

        var ended = book.With(first with { Issued = [Issued(1, 7)] }).End(first.Number, DeviceEndReason.ShareEnded, Now);

        Assert.NotEqual(first.Number, ended.Admit(guest, Now)!.Value.Device.Number);
        Assert.Empty(ended.Linked);
    }

    [Fact]
    public void Numbers_ThatAreAllTaken_LeaveNoneForAnother()
    {
        // Each of a share of its own: one share cannot take them all.
        var book = DeviceBook.Empty;
        for (var n = 1; n <= byte.MaxValue; n++)
        {
            book = book.Admit(new(new ShareId((ulong)n), new HolderId(2), new DeviceNumber(3)), Now)!.Value.Book;
        }

        Assert.Equal(byte.MaxValue, book.All.Length);
        Assert.Null(book.Link(DevicePoint.Of(NewKey()), "phone", Now));
        Assert.Null(book.Admit(new(new ShareId(1000), new HolderId(2), new DeviceNumber(3)), Now));
    }

    [Fact]
    public void Admit_OfMoreThanFiveForOneShare_IsRefused_CountingThoseThatEnded()
    {
        var book = DeviceBook.Empty;
        for (var n = 1; n <= DeviceBook.MaxGuests; n++)
        {
            var (admitted, device) = book.Admit(new(new ShareId(1), new HolderId(2), new DeviceNumber((byte)n)), Now)!.Value;
            book = admitted.With(device with { Issued = [Issued((ulong)n, 7)] }).End(device.Number, DeviceEndReason.Removed, Now);
        }

        Assert.Null(book.Admit(new(new ShareId(1), new HolderId(2), new DeviceNumber(9)), Now));
        Assert.NotNull(book.Admit(new(new ShareId(2), new HolderId(2), new DeviceNumber(9)), Now));
        Assert.NotNull(book.Admit(new(new ShareId(1), new HolderId(2), new DeviceNumber(9)), Now + Duration.FromDays(8)));
    }

    /// <summary>Whoever has lost a phone may link the new one first.</summary>
    [Fact]
    public void Retired_IsStillListed_AndCanBeRemoved()
    {
        var (book, device, _) = DeviceBook.Empty.Link(DevicePoint.Of(NewKey()), "lost", Now)!.Value;
        var retired = book.With(device with { Issued = [Issued(1, 7)] }).End(device.Number, DeviceEndReason.Retired, Now);

        var removed = retired.End(device.Number, DeviceEndReason.Removed, Now);

        Assert.Single(retired.Listed);
        Assert.Empty(removed.Listed);
        Assert.Equal((DeviceEndReason.Removed, ""), (removed.All[0].Ended!.Reason, removed.All[0].Link!.Name));
        Assert.Equal(DeviceEndReason.Removed, removed.End(device.Number, DeviceEndReason.Retired, Now).All[0].Ended!.Reason);
    }

    [Fact]
    public void Closed_TakesNoDevice() => Assert.Null(DeviceBook.Closed.Link(DevicePoint.Of(NewKey()), "phone", Now));

    [Fact]
    public void Document_ReadsWhatItWrote()
    {
        var (book, device, _) = DeviceBook.Empty.Link(DevicePoint.Of(NewKey()), "手机 phone", Now)!.Value;
        book = book.With(device with
        {
            Issued = [Issued(ulong.MaxValue, 7), Issued(2, 6)],
            Link = device.Link! with { Elsewhere = [(new HolderId(5), new DeviceNumber(6))] },
            Ended = new(Now, DeviceEndReason.Removed),
        });
        book = book.Admit(new(new ShareId(1), new HolderId(2), new DeviceNumber(3)), Now)!.Value.Book;

        var read = DeviceBookDocument.Read(DeviceBookDocument.Write(book));

        Assert.Equal(DeviceBookDocument.Write(book), DeviceBookDocument.Write(read));
        Assert.Equal(book.All[0].Link!.Key, read.All[0].Link!.Key);
        Assert.Equal(book.All[0].Issued, read.All[0].Issued);
        Assert.Equal(book.All[1].Guest, read.All[1].Guest);
        Assert.True(DeviceBookDocument.Read(DeviceBookDocument.Write(DeviceBook.Closed)).IsClosed);
        Assert.Empty(DeviceBookDocument.Read(default).All);
    }

    /// <summary>The sample that freezes the format.</summary>
    [Fact]
    public void Document_OfVersion1_IsReadAndWrittenAsBefore()
    {
        const string written = """
            {"v":1,"devices":[
            {"n":1,"link":{
            "key":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEXH8UTNG72bfocs3-257rn0s2ldbqkLJK2KRiMohYjlrQ",
            "name":"phone","linked":1777883415000,"signedIn":1777883416000,"used":1777883417000,
            "elsewhere":[{"owner":"0000000000000005","n":6}]},
            "issued":[{"digest":9223372036854775809,"until":1778488200}],"ended":{"at":1777883418000,"why":1}},
            {"n":2,"guest":{"share":"00000000000000000000000000000001","member":"0000000000000002","n":3}}]}
            """;

        var book = DeviceBookDocument.Read(Encoding.UTF8.GetBytes(written));

        Assert.Equal(written.ReplaceLineEndings(""), Encoding.UTF8.GetString(DeviceBookDocument.Write(book)));
        Assert.Equal(
            (1, "phone", DeviceEndReason.Removed),
            (book.All[0].Number.Value, book.All[0].Link!.Name, book.All[0].Ended!.Reason));
        Assert.Equal([new CertificateMark(9223372036854775809, Instant.FromUnixTimeSeconds(1778488200))], book.All[0].Issued);
        Assert.Equal("""{"v":1,"devices":[],"closed":true}""", Encoding.UTF8.GetString(DeviceBookDocument.Write(DeviceBook.Closed)));
    }

    [Theory]
    [InlineData(" ")]
    [InlineData("{}")]
    [InlineData("""{"v":2,"devices":[]}""")]
    [InlineData("""{"v":1,"devices":[{"n":0,"guest":{"share":"00000000000000000000000000000001","member":"0000000000000002","n":1}}]}""")]
    [InlineData("""{"v":1,"devices":[{"n":1}]}""")]
    [InlineData("""{"v":1,"devices":[{"n":1,"link":{"key":"AAAA","name":"x","linked":0,"signedIn":0,"used":0}}]}""")]
    [InlineData("""{"v":1,"devices":[{"n":1,"guest":{"share":"1","member":"0000000000000002","n":1}}]}""")]
    public void Document_ThatIsDamaged_IsSaid(string text) =>
        Assert.Throws<InvalidDataException>(() => DeviceBookDocument.Read(Encoding.UTF8.GetBytes(text)));

    internal static VerificationKey NewKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return new(point.X, point.Y);
    }

    private static CertificateMark Issued(ulong digest, int days) => new(digest, Now + Duration.FromDays(days));
}

using NodaTime;
using Parking.BackOffice.Audit;

namespace Parking.BackOffice.Tests.Audit;

/// <summary>What auditors keep must be checked in many years as it is now. docs/audit.md has these forms for them.</summary>
public sealed class AuditFormatTests
{
    private const string PublicKey = """
        -----BEGIN PUBLIC KEY-----
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEDVz1R3tDvtLKK7Typcpdp1g9Q0FI
        yH4B0qOpS6kjxdqWBOEtqDKfynaqNg3G6KSVbQums5tPW4oOfp2KXlJJxA==
        -----END PUBLIC KEY-----
        """;

    private const string Head =
        "eyJhbGciOiJFUzI1NiIsInR5cCI6InBhcmtpbmctYXVkaXQtaGVhZCIsImtpZCI6ImQ1NGJhU3duVVJHWnlZR0NBcnh1TkEzUWNBRUZVblhWYkEyaGNwY21lbVEifQ."
        + "eyJzZXF1ZW5jZSI6OCwiaGFzaCI6IjE3YzFhZTNlODZlMzNkMmYxOTU4YjcyM2E5YzAzMjJlODYxNmFlMDY0NGRlOTcwMDk0OGFhNDQyYmFiMGM0NjIiLCJhdCI6"
        + "IjIwMjYtMTEtMjlUMTg6MDA6NThaIn0.FuA9dfiaMsTChxawnpWgXWH8u_WRGzLOwQK2NJcj_3ENyu0oUoxS69Yse95PwqjeaMJAeka379jEBYfseoE0dg";

    private static readonly AuditEntry Entry = new()
    {
        Sequence = 1719,
        At = 1777887320000000,
        RecordedAt = 1777887321000000,
        Kind = AuditEntry.OutcomeKind,
        Act = "open_once",
        Target = "gate:hsp-out-1",
        Facility = "hsp",
        Staff = "王\"\\\u0001\u007f",
        Result = "granted",
        Intent = 1718,
        Source = "command/hsp/01JTCWB2X0S3K7N5Q8V1R4T6YZ/2",
        DetailHash = AuditDetail.HashOf("00ff", "{\"reason\":\"phone is broken\"}"),
        Previous = AuditEntry.Origin,
    };

    [Fact]
    public void Entry_IsHashedAsBefore()
    {
        Assert.Equal(
            "[\"parking-audit-1\",1719,1777887320000000,1777887321000000,\"outcome\",\"open_once\",\"gate:hsp-out-1\",\"hsp\","
            + "\"王\\\"\\\\\\u0001\u007f\",null,\"granted\",1718,\"command/hsp/01JTCWB2X0S3K7N5Q8V1R4T6YZ/2\","
            + $"\"DETAIL\",\"{AuditEntry.Origin}\"]",
            Entry.HashedText().Replace(Entry.DetailHash!, "DETAIL", StringComparison.Ordinal));
        Assert.Equal("aced1af642d2b3a33852796cab0b49a7c6a13c0f5f37440b980fb61b685146c7", Entry.ComputeHash());
    }

    [Fact]
    public void Detail_IsHashedAsBefore() =>
        Assert.Equal("e89bec6150b05a4b2fbda5c48f85b74d6820ba032b4d9b0e60b800b5812dde86", Entry.DetailHash);

    [Fact]
    public void Detail_IsWrittenAsBefore_AndReadBack()
    {
        var detail = new AuditDetail("电话坏了", "4be1c6f0a7d94f0f8f2c1a5d3e6b7a90") { ArchivedStay = "not written" };

        var (salt, content) = detail.Write();

        Assert.Equal(32, salt.Length);
        Assert.Equal("""{"reason":"电话坏了","stay":"4be1c6f0a7d94f0f8f2c1a5d3e6b7a90"}""", content);
        Assert.Equal(detail with { ArchivedStay = null }, AuditDetail.Read(content));
    }

    [Fact]
    public void Head_IsReadAsBefore_AndItsSignatureHolds()
    {
        using var key = AuditKey.OfPem(PublicKey);

        Assert.True(AuditHead.TryRead(Head, out var head));

        Assert.Equal(
            (8L, "17c1ae3e86e33d2f1958b723a9c0322e8616ae0644de9700948aa442bab0c462", Instant.FromUtc(2026, 11, 29, 18, 0, 58)),
            (head.Sequence, head.Hash, head.At));
        Assert.Equal("d54baSwnURGZyYGCArxuNA3QcAEFUnXVbA2hcpcmemQ", key.Id);
        Assert.True(head.IsSignedBy(key));
        using var other = AuditKey.OfSecret(AuditKey.CreateSecret());
        var again = AuditHead.Sign(other, head.Sequence, head.Hash, head.At);
        Assert.Equal(Head.Split('.')[1], again.Text.Split('.')[1]);
    }
}

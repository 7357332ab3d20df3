namespace Parking.Api.Codes;

/// <summary>A key that was revoked, now or before.</summary>
internal sealed record RevokedKeyAnswer
{
    /// <summary>Its id: 8 hexadecimal digits.</summary>
    public required string Key { get; init; }

    /// <summary>The id of the key that signs.</summary>
    public required string Signer { get; init; }
}

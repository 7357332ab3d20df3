namespace Parking.Api.Codes;

/// <summary>Asks for a code.</summary>
internal sealed record MintRequest
{
    /// <summary>The plate of the vehicle that the code is to name, one of the citizen's own. Left out: the code names none.</summary>
    public string? Plate { get; init; }

    /// <summary>What it is, never whose.</summary>
    public override string ToString() => "mint request";
}

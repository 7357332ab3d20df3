namespace Parking.Api.Hosting.Identity;

/// <summary>The file of <c>Gates:KeysFile</c>: by gate, the SHA-256 of its key as 64 hexadecimal digits. Not a secret, but who writes it opens gates.</summary>
internal sealed record GateKeysFile
{
    public required SortedDictionary<string, string> Gates { get; init; }
}

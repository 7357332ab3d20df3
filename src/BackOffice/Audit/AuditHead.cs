using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;

namespace Parking.BackOffice.Audit;

/// <summary>
/// An end of the chain that was signed: whoever keeps it can tell later whether the chain up to there is still what it was. As a text it is
/// a compact JSON Web Signature (RFC 7515, ES256) over <c>{"sequence":…,"hash":"…","at":"…"}</c>.
/// </summary>
/// <param name="Sequence">The number of the last entry.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="At">When it was signed.</param>
/// <param name="KeyId">By which key: its <see cref="AuditKey.Id"/>.</param>
/// <param name="Text">The head as a text.</param>
public sealed record AuditHead(long Sequence, string Hash, Instant At, string KeyId, string Text)
{
    private const string Type = "parking-audit-head";

    /// <summary>Signs an end of the chain.</summary>
    public static AuditHead Sign(AuditKey key, long sequence, string hash, Instant at)
    {
        var time = Instant.FromUnixTimeSeconds(at.ToUnixTimeSeconds());
        var content = Part($$"""{"alg":"ES256","typ":"{{Type}}","kid":"{{key.Id}}"}""") + "."
            + Part($$"""{"sequence":{{sequence}},"hash":"{{hash}}","at":"{{InstantPattern.General.Format(time)}}"}""");
        var signature = Base64Url.EncodeToString(key.Sign(Encoding.ASCII.GetBytes(content)));
        return new(sequence, hash, time, key.Id, $"{content}.{signature}");
    }

    /// <summary>Reads a head, without checking its signature.</summary>
    /// <returns>False if the text is no head.</returns>
    public static bool TryRead(string text, [NotNullWhen(true)] out AuditHead? head)
    {
        head = null;
        try
        {
            if (text.Split('.') is not [var first, var second, _])
            {
                return false;
            }

            using var header = JsonDocument.Parse(Base64Url.DecodeFromChars(first));
            using var payload = JsonDocument.Parse(Base64Url.DecodeFromChars(second));
            if (header.RootElement.GetProperty("typ").GetString() != Type || header.RootElement.GetProperty("alg").GetString() != "ES256")
            {
                return false;
            }

            head = new(
                payload.RootElement.GetProperty("sequence").GetInt64(),
                payload.RootElement.GetProperty("hash").GetString()!,
                InstantPattern.General.Parse(payload.RootElement.GetProperty("at").GetString()!).Value,
                header.RootElement.GetProperty("kid").GetString()!,
                text);
            return true;
        }
        catch (Exception e) when (e is JsonException or FormatException or KeyNotFoundException or InvalidOperationException
            or ArgumentNullException or UnparsableValueException)
        {
            return false;
        }
    }

    /// <summary>Whether this key has signed it.</summary>
    public bool IsSignedBy(AuditKey key)
    {
        var end = Text.LastIndexOf('.');
        try
        {
            return key.Id == KeyId && key.Verifies(Encoding.ASCII.GetBytes(Text[..end]), Base64Url.DecodeFromChars(Text.AsSpan(end + 1)));
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}

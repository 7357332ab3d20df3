using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Parking.Api.Tariffs;

/// <summary>The answer to one stay: its quote.</summary>
internal sealed record PricedStay : QuoteContract
{
    [SetsRequiredMembers]
    public PricedStay(long stay, QuoteContract quote)
        : base(quote) => Stay = stay;

    /// <summary>Which line it answers: 1 for the first stay.</summary>
    [JsonPropertyOrder(-1)]
    public long Stay { get; }
}

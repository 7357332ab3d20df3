using System.Text.Json;
using System.Text.Json.Serialization;

namespace Parking.Api.Gates;

/// <summary>An upload before its events are looked at, one by one: one that makes no sense must not keep the others out.</summary>
/// <param name="Journal">16 lowercase hexadecimal digits.</param>
/// <param name="KeptFrom">The lowest number that the gate still has; null where it does not say.</param>
/// <param name="Events">In ascending order of their numbers.</param>
internal sealed record EventUploadBody(string? Journal, long? KeptFrom, [property: JsonConverter(typeof(EventElements))] IReadOnlyList<JsonElement>? Events);

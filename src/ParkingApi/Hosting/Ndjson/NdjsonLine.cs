using System.Buffers;

namespace Parking.Api.Hosting.Ndjson;

/// <summary>A line of a body.</summary>
/// <param name="Bytes">Without its line feed; empty if it is too long.</param>
/// <param name="IsTooLong">Whether it was longer than allowed.</param>
internal readonly record struct NdjsonLine(ReadOnlySequence<byte> Bytes, bool IsTooLong);

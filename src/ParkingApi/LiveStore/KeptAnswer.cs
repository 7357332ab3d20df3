using Parking.Api.Stays;

namespace Parking.Api.LiveStore;

/// <summary>What is kept of an answered event.</summary>
/// <param name="Content">The fingerprint of what was sent.</param>
/// <param name="Answer">What was answered.</param>
internal readonly record struct KeptAnswer(Fingerprint Content, ReadOnlyMemory<byte> Answer);

namespace Parking.Api.Stays;

/// <summary>What a rebuild found and mended.</summary>
/// <param name="Restored">Places of open stays that were missing.</param>
/// <param name="GivenBack">Places that no open stay has.</param>
internal sealed record RebuildContract(int Restored, int GivenBack);

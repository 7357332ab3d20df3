namespace Parking.Api.Stays;

/// <summary>What a rebuild found and mended.</summary>
/// <param name="Restored">Places of open stays that were missing.</param>
/// <param name="GivenBack">Places that no open stay has.</param>
/// <param name="Unreadable">Timelines that could not be read and were passed over; their places are as they were.</param>
internal sealed record RebuildContract(int Restored, int GivenBack, int Unreadable);

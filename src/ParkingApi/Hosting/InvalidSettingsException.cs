namespace Parking.Api.Hosting;

/// <summary>The service cannot start with the settings it has. The message lists everything that is missing or wrong with them.</summary>
internal sealed class InvalidSettingsException(IReadOnlyList<string> failures)
    : Exception($"The service cannot start with these settings:{string.Concat(failures.Select(failure => $"{Environment.NewLine}  {failure}"))}");

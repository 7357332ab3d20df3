namespace Parking.Tariffs.Quotes;

/// <summary>Why a rate could not be chosen: its first condition that is not met.</summary>
public enum UnmetCondition
{
    /// <summary>The entry is in none of its entry times.</summary>
    EntryTimes,

    /// <summary>The exit is in none of its exit times.</summary>
    ExitTimes,

    /// <summary>The stay is longer than the rate allows.</summary>
    MaxLength,
}

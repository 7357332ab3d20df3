using NodaTime;

namespace Parking.Ports;

/// <summary>Keeps the wall screens that administrators have named: which there are and were, and when each was last seen.</summary>
/// <remarks>
/// The rules of <see cref="ILiveStore"/> hold for every method. There are few screens, and none is ever removed. Times are those of the
/// clock of people's sign-in.
/// </remarks>
public interface IScreenStore
{
    /// <summary>Returns all screens, in no order.</summary>
    Task<IReadOnlyList<StoredScreen>> LoadAsync();

    /// <summary>Returns a screen; null if there is none of this id.</summary>
    Task<StoredScreen?> FindAsync(string id);

    /// <summary>Replaces what is kept of a screen, if it is what was expected.</summary>
    /// <param name="id">The screen's id: no text with a slash.</param>
    /// <param name="expected">What is kept; null if there must be nothing.</param>
    /// <param name="content">What to keep. It is never empty.</param>
    /// <returns>False if something else is kept; then nothing changed.</returns>
    Task<bool> SwapAsync(string id, string? expected, string content);

    /// <summary>
    /// Notes when a screen was seen, to the millisecond. An earlier time changes nothing, and a screen that is not there is passed over.
    /// </summary>
    Task NoteSeenAsync(string id, Instant at);
}

/// <summary>A screen as stored.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Content">What is kept of it.</param>
/// <param name="SeenAt">When it was last seen; null if it never was.</param>
public readonly record struct StoredScreen(string Id, string Content, Instant? SeenAt);

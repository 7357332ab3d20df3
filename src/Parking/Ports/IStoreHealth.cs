using NodaTime;

namespace Parking.Ports;

/// <summary>Whether the live store can be used, and which of its lives this is.</summary>
public interface IStoreHealth
{
    /// <summary>
    /// Tries what a scan needs, in every part of the store: to read, and to write. Notes how long the store has kept everything that it was
    /// given (<see cref="StoreEpoch.ResendFrom"/> follows from it if the store loses something later), and looks whether it lost something.
    /// The service calls this about once a second.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The store cannot be used, or it is not fit to keep what it is given.</exception>
    Task ProbeAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Tells which life of the store this is, as the last probe, or the last connection, found it. Asks the store nothing while the
    /// connection to it holds, so it may lag behind by the time between two probes.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The store could not be used yet.</exception>
    Task<StoreLife> LifeAsync();
}

/// <summary>The epochs of a store, which all instances of the service know in common.</summary>
/// <param name="Epochs">
/// The epochs, oldest first, at least one. The last is the present one. Old ones are dropped: <see cref="Keep"/>.
/// </param>
public sealed record StoreLife(IReadOnlyList<StoreEpoch> Epochs)
{
    /// <summary>
    /// How long an epoch is remembered after the next one began: no gate keeps events for longer. Within this time at most
    /// <see cref="MostEpochs"/> are remembered.
    /// </summary>
    public static readonly Duration Keep = IJournalStore.AnswerRetention;

    public const int MostEpochs = 32;

    /// <summary>
    /// The present epoch, in 8 hexadecimal digits. Another epoch means that the store was started anew, and may have lost something.
    /// </summary>
    public string Epoch => Epochs[^1].Name;

    /// <summary>
    /// From when on a gate has to send its events again: everything that was acknowledged to it before this time is still there.
    /// </summary>
    /// <param name="known">
    /// The epoch in which the gate's events were acknowledged. Null, or an epoch that is not remembered: the answer covers every change
    /// that is.
    /// </param>
    public Instant ResendFrom(string? known)
    {
        var last = Epochs.Select(epoch => epoch.Name).ToList().LastIndexOf(known ?? "");
        return last == Epochs.Count - 1 ? Epochs[^1].ResendFrom : Epochs.Skip(last + 1).Min(epoch => epoch.ResendFrom);
    }

    /// <summary>This life with a new epoch behind it.</summary>
    public StoreLife Begin(StoreEpoch next)
    {
        var kept = Epochs.Where((_, i) => i == Epochs.Count - 1 || next.BeganAt - Epochs[i + 1].BeganAt < Keep).Append(next).ToList();
        while (kept.Count > MostEpochs)
        {
            // Whoever knows neither of the two gets the earlier time.
            kept[1] = kept[1] with { ResendFrom = Instant.Min(kept[0].ResendFrom, kept[1].ResendFrom) };
            kept.RemoveAt(0);
        }

        return new(kept);
    }
}

/// <summary>A time in which the store lost nothing.</summary>
/// <param name="Name">8 hexadecimal digits, drawn at random.</param>
/// <param name="BeganAt">When it began.</param>
/// <param name="ResendFrom">
/// What had been written before this time was not lost when it began; <see cref="Everything"/> if all of it may be lost.
/// </param>
public readonly record struct StoreEpoch(string Name, Instant BeganAt, Instant ResendFrom)
{
    /// <summary>Before everything that was ever written.</summary>
    public static readonly Instant Everything = NodaConstants.UnixEpoch;

    /// <summary>
    /// How much of what was written before the last note of a store (<see cref="IStoreHealth.ProbeAsync"/>) may be lost with it all the
    /// same: instances' clocks differ, and a replica lags.
    /// </summary>
    public static readonly Duration Margin = Duration.FromSeconds(60);
}

/// <summary>
/// Proves under which secret the data of a store was written, and does not tell the secret. A store keeps the first that it is given for a
/// setting, and refuses to be used with another.
/// </summary>
/// <param name="Setting">The setting that has the secret, such as <c>Secrets:StayKey</c>.</param>
/// <param name="Value">A keyed hash under the secret, in lowercase hexadecimal digits.</param>
public sealed record SecretCheck(string Setting, string Value)
{
    /// <summary>Says of a setting that it differs, and what to do.</summary>
    /// <param name="store">Names the store.</param>
    public string Refuse(string store) =>
        $"{Setting} is not the secret under which the data in {store} was written: its stays could no longer be matched. Set it to what it "
            + "was, or use another store. docs/operations.md says what to do if the secret is lost.";
}

/// <summary>The live store cannot be reached, or is not fit to keep what it is given. Answered with 503 and Retry-After.</summary>
public class StoreUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// The store answers and must not be used by this service as it is configured: waiting does not help. The service does not start; if it
/// runs already, its store is out of reach.
/// </summary>
public sealed class StoreRefusedException(IReadOnlyList<string> reasons, Exception? inner = null)
    : StoreUnavailableException(string.Join(' ', reasons), inner)
{
    /// <summary>Why, and what to do. No secret is in it.</summary>
    public IReadOnlyList<string> Reasons => reasons;
}

using Parking.GateProgram.Journal;
using Parking.GateProtocol;

namespace Parking.GateProgram;

/// <summary>Events that are sent together.</summary>
/// <param name="Journal">Their journal.</param>
/// <param name="From">The first number that is meant.</param>
/// <param name="Through">The last number that is meant.</param>
/// <param name="Events">What of them is sent.</param>
internal sealed record UploadBatch(string Journal, long From, long Through, IReadOnlyList<StoredEvent> Events)
{
    /// <summary>The oldest number that the gate still has, where the service waits for older ones; null: it does not.</summary>
    public long? KeptFrom { get; init; }

    /// <summary>Up to where everything was answered for good.</summary>
    public long AnsweredThrough(UploadAnswer answer)
    {
        var open = answer.Answers.Where(one => one.Outcome is EventOutcome.Waiting or EventOutcome.Conflict).Select(one => one.Seq)
            .Concat(Events.Select(stored => stored.Seq).Except(answer.Answers.Select(one => one.Seq))).ToList();
        return open.Count == 0 ? Through : open.Min() - 1;
    }
}

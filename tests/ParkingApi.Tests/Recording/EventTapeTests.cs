using NodaTime;
using Parking.Api.Recording;
using Parking.Events;
using Parking.Facilities;

namespace Parking.Api.Tests.Recording;

public sealed class EventTapeTests
{
    private static readonly Instant Began = Instant.FromUtc(2026, 5, 4, 8, 30);

    [Fact]
    public async Task Tape_ThatIsReadTooSlowly_EndsAtTheHole_AndSaysSo()
    {
        var tape = new EventTape(Began, length: 2);
        tape.Add(Noted(1));
        tape.Add(Noted(2));
        Assert.False(tape.Lost.IsCancellationRequested);

        tape.Add(Noted(3));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Task.Delay(Timeout.Infinite, tape.Lost).WaitAsync(TestContext.Current.CancellationToken));
        Assert.True(tape.Events.TryRead(out var first) && tape.Events.TryRead(out var second) && (first.Id.Seq, second.Id.Seq) == (1, 2));

        tape.Add(Noted(4));
        Assert.False(tape.Events.TryRead(out _));
    }

    private static NotedEvent Noted(long seq) =>
        new(null!, new(new GateId("in"), new JournalId(1), seq), Began, null, null, null);
}

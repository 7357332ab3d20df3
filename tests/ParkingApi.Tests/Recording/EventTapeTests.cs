using NodaTime;
using Parking.Api.Facilities;
using Parking.Api.Recording;
using Parking.Api.Stays;

namespace Parking.Api.Tests.Recording;

public sealed class EventTapeTests
{
    private static readonly Instant Began = Instant.FromUtc(2026, 5, 4, 8, 30);

    [Fact]
    public async Task Tape_ThatIsReadTooSlowly_HasWhatCameBeforeTheHole_AndEnds()
    {
        var tape = new EventTape(Began, length: 3);

        for (var seq = 1; seq <= 5; seq++)
        {
            tape.Add(Noted(seq));
        }

        Assert.Equal([1, 2, 3], await tape.Events.ReadAllAsync(TestContext.Current.CancellationToken).Select(noted => noted.Id.Seq).ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Tape_ThatWasFullOnce_TakesNothingMore()
    {
        var tape = new EventTape(Began, length: 1);
        tape.Add(Noted(1));
        tape.Add(Noted(2));

        Assert.True(tape.Events.TryRead(out _));
        tape.Add(Noted(3));

        Assert.False(tape.Events.TryRead(out _));
    }

    private static NotedEvent Noted(long seq) => new(null!, new(new GateId("in"), new JournalId(1), seq), Began, Began, null, null, false);
}

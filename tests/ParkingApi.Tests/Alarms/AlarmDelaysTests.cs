using NodaTime;
using Parking.Alarms;

namespace Parking.Api.Tests.Alarms;

/// <summary>When a condition becomes an alarm, and when an alarm returns.</summary>
public sealed class AlarmDelaysTests
{
    private static readonly AlarmCause Silent = new(AlarmKind.GateSilent, "f1-0");
    private static readonly Instant Start = Instant.FromUtc(2026, 5, 4, 8, 0);

    private readonly AlarmBook _book = new();
    private readonly AlarmDelays _delays = new();
    private Instant _now = Start;

    [Fact]
    public void Condition_IsAnAlarm_WhenItWasSeenForLongEnoughWithoutABreak()
    {
        Look(20, holds: true);
        Look(1, holds: false);
        Look(29, holds: true);
        Assert.False(_book.Find(Silent).IsActive);

        Look(2, holds: true);

        Assert.True(_book.Find(Silent).IsActive);
    }

    [Fact]
    public void Condition_ThatComesAndGoes_IsRaisedOnce()
    {
        Look(40, holds: true);
        for (var n = 0; n < 20; n++)
        {
            Look(50, holds: false);
            Look(5, holds: true);
        }

        Assert.Equal((1L, true), (_book.Find(Silent).Occurrence, _book.Find(Silent).IsActive));
        Look(61, holds: false);
        Assert.Equal((1L, false), (_book.Find(Silent).Occurrence, _book.Find(Silent).IsActive));
    }

    [Fact]
    public void WhatCannotBeKnown_ChangesNothing_AndCountsForNothing()
    {
        Look(40, holds: true);
        Look(59, holds: false);
        Look(600, holds: null);
        Assert.True(_book.Find(Silent).IsActive);

        Look(59, holds: false);
        Assert.True(_book.Find(Silent).IsActive);
        Look(2, holds: false);

        Assert.False(_book.Find(Silent).IsActive);
    }

    [Fact]
    public void StandingAlarm_IsNotedFromTimeToTime()
    {
        Look(31, holds: true);
        var raised = _book.Waiting().Count;

        Look(60, holds: true);

        Assert.Equal((1, 2), (raised, _book.Waiting().Count));
        Assert.InRange(_now - _book.Find(Silent).SeenAt, Duration.Zero, Silent.Rule.NotedEvery);
    }

    [Fact]
    public void WhatIsNotStored_IsToldAfterFiveSeconds()
    {
        Look(31, holds: true);

        Assert.Empty(_book.Told(_now));
        Assert.Single(_book.Told(_now + AlarmBook.Patience));
    }

    /// <summary>A day without the database, in which a gate comes and goes.</summary>
    [Fact]
    public void WhatWaits_IsBounded_AndEndsInTheSameState()
    {
        for (var n = 0; n < 100; n++)
        {
            Look(40, holds: true);
            Look(70, holds: false);
        }

        Assert.InRange(_book.Waiting().Count, 1, 8);
        Look(40, holds: true);
        Assert.True(_book.Waiting().Aggregate(Alarm.Never(Silent), (alarm, step) => alarm.After(step)).IsActive);
    }

    /// <summary>Looks once a second.</summary>
    /// <param name="seconds">For how long.</param>
    /// <param name="holds">What is seen; null if nobody can know.</param>
    private void Look(int seconds, bool? holds)
    {
        for (var second = 0; second < seconds; second++)
        {
            var look = new AlarmConditions();
            if (holds == true)
            {
                look.Add(Silent);
            }
            else if (holds is null)
            {
                look.CannotKnow(Silent.Kind);
            }

            foreach (var step in _delays.StepsFor(look, _book, _now))
            {
                _book.Take(step);
            }

            _now += Duration.FromSeconds(1);
        }
    }
}

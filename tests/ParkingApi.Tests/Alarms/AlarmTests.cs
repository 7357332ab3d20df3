using CsCheck;
using NodaTime;
using Parking.Alarms;

namespace Parking.Api.Tests.Alarms;

/// <summary>The states of one alarm, against a table that was written for itself.</summary>
public sealed class AlarmTests
{
    private const string Raise = "raise", Return = "return", Acknowledge = "acknowledge";

    private static readonly AlarmCause Cause = new(AlarmKind.ExitBarrierFault, "harbour-out");
    private static readonly Duration Quiet = Cause.Rule.ReturnsAfter;
    private static readonly Instant Start = Instant.FromUtc(2026, 5, 4, 8, 0);

    /// <summary>What each step makes of each state. What has no row changes nothing.</summary>
    private static readonly Dictionary<(AlarmState, string), AlarmState> Table = new()
    {
        [(AlarmState.Normal, Raise)] = AlarmState.Unacknowledged,
        [(AlarmState.Unacknowledged, Return)] = AlarmState.ReturnedUnacknowledged,
        [(AlarmState.Unacknowledged, Acknowledge)] = AlarmState.Acknowledged,
        [(AlarmState.Acknowledged, Return)] = AlarmState.Normal,
        [(AlarmState.ReturnedUnacknowledged, Raise)] = AlarmState.Unacknowledged,
        [(AlarmState.ReturnedUnacknowledged, Acknowledge)] = AlarmState.Normal,
    };

    [Fact]
    public void Alarm_AfterAnySteps_IsAsTheTableSays_AndEachStepTwiceIsOnce() =>
        Gen.Select(Gen.Int[0, 8], Gen.Int[1, 50]).List[1, 60].SampleCases(Depth.Cases, moves =>
        {
            var (alarm, now) = (Alarm.Never(Cause), Start);
            var model = new Model();
            foreach (var (move, seconds) in moves)
            {
                now += Duration.FromSeconds(seconds);
                var step = StepOf(move, alarm, now);
                model.Take(step, now);
                var before = alarm;
                alarm = alarm.After(step);

                Assert.Equal(model.StateAt(now), alarm.StateAt(now));
                Assert.Equal(model.Occurrence, alarm.Occurrence);
                Assert.Equal(alarm, alarm.After(step));
                Assert.Equal(alarm with { SeenAt = before.SeenAt } == before ? 0 : 1, alarm.Version - before.Version);
            }
        });

    [Fact]
    public void Acknowledging_WhatWasSeen_LeavesWhatWasRaisedSince()
    {
        var first = Raised(Start);
        var again = first.After(new AlarmReturned(Cause, Start + Quiet)).After(new AlarmRaised(Cause, Start + Quiet + Quiet));

        Assert.Equal(AlarmState.Unacknowledged, again.After(Known(again, first.Occurrence)).StateAt(Start));
        Assert.Equal(AlarmState.Acknowledged, again.After(Known(again, again.Occurrence)).StateAt(Start));
    }

    [Fact]
    public void Raise_FromBeforeItReturned_IsNoNewOccurrence()
    {
        var returned = Raised(Start).After(new AlarmReturned(Cause, Start + Quiet));

        Assert.Equal(returned, returned.After(new AlarmRaised(Cause, Start + Duration.FromSeconds(1))));
    }

    [Fact]
    public void Return_WhileAnotherInstanceSeesIt_IsNone()
    {
        var seen = Raised(Start).After(new AlarmSeen(Cause, Start + Duration.FromSeconds(20)));

        Assert.Equal(seen, seen.After(new AlarmReturned(Cause, Start + Quiet)));
        Assert.False(seen.After(new AlarmReturned(Cause, seen.SeenAt + Quiet)).IsActive);
    }

    [Theory]
    [InlineData(true, AlarmState.Unacknowledged)]
    [InlineData(false, AlarmState.ReturnedUnacknowledged)]
    public void Shelved_AtItsEnd_IsWhatItWouldBe(bool stillHolds, AlarmState after)
    {
        var until = Start + Duration.FromHours(1);
        var shelved = Raised(Start).After(new AlarmShelved(Cause, Start, "road works", until, "li-na"));
        var later = stillHolds ? shelved : shelved.After(new AlarmReturned(Cause, Start + Quiet));

        Assert.Equal(AlarmState.Shelved, later.StateAt(until - Duration.Epsilon));
        Assert.Equal(after, later.StateAt(until));
        Assert.Equal(after, later.After(new AlarmShelvingEnded(Cause, until)).StateAt(until));
        Assert.Equal(after, later.After(new AlarmUnshelved(Cause, Start + Quiet)).StateAt(Start + Quiet));
    }

    [Theory]
    [InlineData("store_unreachable", true)]
    [InlineData("gate_silent:hsp-in-1", true)]
    [InlineData("calendar_ends:CN", true)]
    [InlineData("store_unreachable:hsp", false)]
    [InlineData("gate_silent", false)]
    [InlineData("gate_silent:", false)]
    [InlineData("full:hsp", false)]
    [InlineData("", false)]
    public void Cause_IsReadAsItIsWritten(string text, bool isOne)
    {
        Assert.Equal(isOne, AlarmCause.TryParse(text, out var cause));
        Assert.True(!isOne || cause.ToString() == text);
    }

    [Fact]
    public void EveryKind_HasARuleAndTextsInBothLanguages() => Assert.All(Enum.GetValues<AlarmKind>(), kind =>
    {
        var text = AlarmText.Of(kind);
        Assert.Equal(kind, AlarmRule.Of(kind).Kind);
        Assert.DoesNotContain("", new[] { text.Name, text.Meaning, text.Action }.SelectMany(both => new[] { both.Zh, both.En }));
    });

    /// <summary>What people read on the page is what the service says.</summary>
    [Fact]
    public async Task Page_OfTheDocuments_HasEveryKindWithItsTexts()
    {
        var page = await File.ReadAllTextAsync(
            Path.Combine(AppContext.BaseDirectory, "Documents", "alarms.md"), TestContext.Current.CancellationToken);

        Assert.All(AlarmRule.All, rule =>
        {
            var (text, priority) = (AlarmText.Of(rule.Kind), rule.Priority.ToString().ToLowerInvariant());
            Assert.Matches($@"\| `{rule.Word}(:<\w+>)?` \| {priority} \|", page);
            Assert.Contains($"**`{rule.Word}`** ({priority}): {text.Name.En}, {text.Name.Zh}\n", page, StringComparison.Ordinal);
            Assert.Contains($"- {text.Meaning.En}\n  {text.Action.En}\n", page, StringComparison.Ordinal);
            Assert.Contains($"- {text.Meaning.Zh}\n  {text.Action.Zh}\n", page, StringComparison.Ordinal);
        });
    }

    private static Alarm Raised(Instant at) => Alarm.Never(Cause).After(new AlarmRaised(Cause, at));

    private static AlarmAcknowledged Known(Alarm alarm, long occurrence) => new(alarm.Cause, Start, occurrence, "li-na");

    private static AlarmStep StepOf(int move, Alarm alarm, Instant now) => move switch
    {
        0 or 1 => new AlarmRaised(Cause, now),
        2 => new AlarmSeen(Cause, now),
        3 => new AlarmReturned(Cause, now),
        4 => new AlarmAcknowledged(Cause, now, alarm.Occurrence, "li-na"),
        5 => new AlarmAcknowledged(Cause, now, alarm.Occurrence - 1, "li-na"),
        6 => new AlarmShelved(Cause, now, "road works", now + Duration.FromSeconds(60), "li-na"),
        7 => new AlarmUnshelved(Cause, now),
        _ => new AlarmShelvingEnded(Cause, now),
    };

    /// <summary>What the table says, with shelving laid over it.</summary>
    private sealed class Model
    {
        private AlarmState _state;
        private Instant _shelvedUntil = Instant.MinValue, _seenAt;

        public long Occurrence { get; private set; }

        public AlarmState StateAt(Instant now) => now < _shelvedUntil ? AlarmState.Shelved : _state;

        public void Take(AlarmStep step, Instant now)
        {
            var holds = _state is AlarmState.Unacknowledged or AlarmState.Acknowledged;
            var word = step switch
            {
                AlarmRaised => Raise,
                AlarmReturned when now - _seenAt >= Quiet => Return,
                AlarmAcknowledged known when known.Occurrence == Occurrence && Occurrence > 0 => Acknowledge,
                _ => "",
            };
            if (Table.TryGetValue((_state, word), out var next))
            {
                Occurrence += word == Raise ? 1 : 0;
                _state = next;
            }

            _seenAt = step is AlarmRaised || (step is AlarmSeen && holds) ? now : _seenAt;
            _shelvedUntil = step switch
            {
                AlarmShelved aside when Occurrence > 0 => aside.Until,
                AlarmUnshelved => Instant.MinValue,
                _ => _shelvedUntil,
            };
        }
    }
}

using NodaTime;
using Parking.Codes;
using Parking.GateProtocol;
using Parking.Timelines;

namespace Parking.Api.Tests.Gates;

/// <summary>Tells a story at the gates minute by minute, and describes in words what the books make of it.</summary>
internal sealed class Scene(GateWorld world)
{
    public static readonly HolderId Driver = new(0xd21);

    private readonly Instant _start = world.Now;

    /// <summary>Sets the clock to this minute of the story.</summary>
    public void At(int minute) => world.Time.AdjustTime((_start + Duration.FromMinutes(minute)).ToDateTimeOffset());

    /// <summary>
    /// A code is shown at a gate that reaches the service. The gate does as it is told, unless <paramref name="acts"/> says what it did
    /// instead.
    /// </summary>
    public async Task<Shown> LiveAsync(string gate, int minute, HolderId? driver = null, string? code = null, BarrierAct[]? acts = null)
    {
        At(minute);
        return await PassAsync(gate, driver ?? Driver, code, acts);
    }

    /// <summary>The same, now.</summary>
    public async Task<Shown> PassAsync(string gate, HolderId driver, string? code = null, BarrierAct[]? acts = null)
    {
        var shown = new Shown(gate, world.Shown(gate, code ?? world.Mint(driver)));
        var answer = await world.AnswerAsync(gate, shown.Scan);
        await ActAsync(
            shown, acts ?? (answer.Decision == GateDecision.Open ? [BarrierAct.Opened, BarrierAct.Passed] : [BarrierAct.StayedShut]));
        return shown with { Answer = answer };
    }

    /// <summary>A code is shown at a gate that is cut off, which opens. The service hears nothing of it yet.</summary>
    public Shown Alone(string gate, int minute, HolderId? driver = null, string? code = null) => new(
        gate,
        world.Shown(gate, code ?? world.Mint(driver ?? Driver, at: MinuteOf(minute))) with
        {
            DeviceTime = MinuteOf(minute),
            Local = ScanReason.OpenedOffline,
        });

    /// <summary>The same, but the gate's clock has begun again in 1970, so that it takes the code for one of the future.</summary>
    public Shown AtDeadClock(string gate, int minute, HolderId? driver = null)
    {
        var shown = Alone(gate, minute, driver);
        return shown with
        {
            Scan = shown.Scan with
            {
                DeviceTime = NodaConstants.UnixEpoch + Duration.FromMinutes(minute),
                Local = ScanReason.NotYetValid,
            },
        };
    }

    /// <summary>The gate is connected again and reports what it did: it opened, unless <paramref name="acts"/> says otherwise.</summary>
    /// <param name="alone">What was shown.</param>
    /// <param name="steadyMinute">When that was by the gate's steady clock; null if the gate was switched off since.</param>
    /// <param name="acts">What the barrier did.</param>
    public async Task<Shown> ReportAsync(Shown alone, int? steadyMinute = null, BarrierAct[]? acts = null)
    {
        var answer = await world.AnswerAsync(
            alone.Gate, alone.Scan, steadyMinute is { } minute ? MinuteOf(minute) : null);
        await ActAsync(alone, acts ?? [BarrierAct.Opened, BarrierAct.Passed]);
        return alone with { Answer = answer };
    }

    public async Task ActAsync(Shown shown, params BarrierAct[] acts)
    {
        foreach (var act in acts)
        {
            var handled = await world.PostAsync(shown.Gate, new ReportedAct
            {
                Seq = world.NextSeq(shown.Gate),
                DeviceTime = shown.Scan.DeviceTime,
                Act = act,
                Scan = shown.Scan.Seq,
                Reason = act == BarrierAct.OpenedByHand ? "the attendant knows the driver" : null,
            });
            Assert.Equal(EventOutcome.Recorded, handled.Outcome);
        }
    }

    /// <summary>Somebody looked at this minute and did not find the vehicles of these stays.</summary>
    public async Task InventoryAsync(string gate, int minute, params string[] stays)
    {
        At(minute);
        var handled = await world.PostAsync(
            gate, new ReportedInventory { Seq = world.NextSeq(gate), DeviceTime = world.Now, Closes = stays });
        Assert.Equal(EventOutcome.Recorded, handled.Outcome);
    }

    public async Task FillAsync(string gate, int vehicles)
    {
        for (var n = 1; n <= vehicles; n++)
        {
            await LiveAsync(gate, 0, new((ulong)n));
        }
    }

    /// <summary>
    /// The driver's stays as <c>facility from-to ending state fee doubts</c>, in minutes of the story and minor units. The other bound of a
    /// time that is not proven is in parentheses.
    /// </summary>
    public async Task<string[]> StaysAsync(HolderId? driver = null)
    {
        await world.AssertSpacesAreTheOpenStaysAsync();
        await world.AssertNothingPendingAsync();
        Assert.Equal(default, await world.Sweep.SweepAsync(TestContext.Current.CancellationToken));
        return [.. (await world.TimelineAsync(driver ?? Driver)).Stays.Select(Describe)];
    }

    public async Task<string[]> NamesAsync() =>
        [.. (await world.TimelineAsync(Driver)).Stays.Select(stay => world.Names.NameOf(Driver, stay).ToString())];

    private string Describe(Stay stay)
    {
        var fee = stay.Ending == StayEnding.Exited ? world.Pricing.TotalsOf(stay, world.Now)?.Total : null;
        var minutes = $"{MinuteOf(stay.EnteredAt)}{Bound(stay.EarliestEntry)}-{MinuteOf(stay.EndedAt)}{Bound(stay.LatestExit)}";
        var doubts = stay.Doubts == StayDoubts.None ? "" : $" {stay.Doubts}";
        return $"{stay.Facility} {minutes} {stay.Ending} {stay.State} {(fee is null ? "no fee" : fee)}{doubts}";
    }

    private string Bound(Instant? at) => at is null ? "" : $"({MinuteOf(at)})";

    private Instant MinuteOf(int minute) => _start + Duration.FromMinutes(minute);

    private string MinuteOf(Instant? at) => at is { } instant ? $"{(instant - _start).TotalMinutes:0.####}" : "";

    /// <summary>A scan, its gate, and the service's answer.</summary>
    internal sealed record Shown(string Gate, ReportedScan Scan, ScanAnswer? Answer = null)
    {
        public ScanReason Reason => Answer!.Reason;

        public string Stay => Answer!.Stay!.Id;
    }
}

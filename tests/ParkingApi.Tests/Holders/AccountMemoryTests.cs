using NodaTime;
using Parking.Accounts;
using Parking.Codes;
using Parking.Events;

namespace Parking.Api.Tests.Holders;

public class AccountMemoryTests
{
    private static readonly HolderId Holder = new(7);
    private static readonly Instant Start = Instant.FromUtc(2026, 5, 4, 8, 30);

    private readonly AccountMemory _memory = new();

    /// <summary>A load that began before a change of the account ended after it.</summary>
    [Fact]
    public void OlderState_NotedLater_IsIgnored()
    {
        var (before, after) = (VehicleAccount.Empty, VehicleAccount.Empty.With(Entitlements.Of("resident")));
        _memory.Note(Holder, after, Start + Duration.FromMilliseconds(1));

        _memory.Note(Holder, before, Start);

        Assert.Same(after, _memory.Find(Holder, since: Start));
    }

    [Fact]
    public void StateOfTheSameMoment_NotedLater_Counts()
    {
        var (before, after) = (VehicleAccount.Empty, VehicleAccount.Empty.With(Entitlements.Of("resident")));
        _memory.Note(Holder, before, Start);

        _memory.Note(Holder, after, Start);

        Assert.Same(after, _memory.Find(Holder, since: Start));
        Assert.Null(_memory.Find(Holder, since: Start + Duration.FromMilliseconds(1)));
    }
}

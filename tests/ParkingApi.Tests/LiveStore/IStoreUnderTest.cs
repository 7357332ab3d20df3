using Microsoft.Extensions.Time.Testing;
using Parking.Events;
using Parking.Facilities;
using Parking.Ports;

namespace Parking.Api.Tests.LiveStore;

/// <summary>A store of a test's own, and what a test can do to it from outside.</summary>
internal interface IStoreUnderTest : IAsyncDisposable
{
    ILiveStore Live { get; }

    IAccountStore Holders { get; }

    IAuditHeadStore AuditHeads { get; }

    IPageKeyStore PageKeys { get; }

    IArchiveFeed Feed { get; }

    IWithdrawalStore Withdrawals { get; }

    IScreenStore Screens { get; }

    IDeviceStore Devices { get; }

    ICommandStore Commands { get; }

    /// <summary>The clock of the service.</summary>
    FakeTimeProvider Time { get; }

    /// <summary>Ends the store without a chance to tidy up, and opens what is left of it.</summary>
    Task RestartAsync();

    /// <summary>
    /// Makes the store unreachable until <see cref="BringBackAsync"/>. <see cref="Live"/> and <see cref="Holders"/> stay the same objects,
    /// and work again afterwards.
    /// </summary>
    Task TakeAwayAsync();

    Task BringBackAsync();

    /// <summary>Takes everything out of the store. Where the service can, it goes on; otherwise it is started anew.</summary>
    Task EmptyAsync();

    /// <summary>Everything that is in the store, byte by byte, as far as the service can see to it.</summary>
    Task<string> ReadAllAsync();

    /// <summary>Copies the store, and later puts the copy in its place, while the service goes on with its open connection.</summary>
    /// <returns>What puts the copy back.</returns>
    Task<Func<Task>> CopyAsync();

    /// <summary>Loses what a facility's slot has, as when the shard of a cluster that owns it comes back empty.</summary>
    Task LoseFacilityAsync(FacilityId facility);

    /// <summary>Drops the kept answers of a journal, as time would.</summary>
    Task LoseAnswersAsync(FacilityId facility, GateId gate, JournalId journal);

    /// <summary>Writes a journal's prefix, as if that many events had been answered.</summary>
    Task SetPrefixAsync(FacilityId facility, GateId gate, JournalId journal, long through);
}

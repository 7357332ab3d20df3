using Parking.Api.Tests.Gates;
using Parking.Codes;
using Parking.Ports;

namespace Parking.Api.Tests.Holders;

/// <summary>
/// Accounts whose caller dies at one of its writes: just before the write is carried out, or just after, without learning the outcome.
/// </summary>
/// <param name="store">The accounts.</param>
/// <param name="writesUntilCrash">The write at which the caller dies, counted from 0. Later writes are carried out.</param>
/// <param name="isWritten">Whether that write is carried out.</param>
internal sealed class CrashingAccounts(IAccountStore store, int writesUntilCrash, bool isWritten) : IAccountStore
{
    private int _writesLeft = writesUntilCrash;

    public Task<CitizenHolder> FindOrAddAsync(CitizenKey citizen, HolderId proposed) => store.FindOrAddAsync(citizen, proposed);

    public Task<CitizenHolder?> FindAsync(CitizenKey citizen) => store.FindAsync(citizen);

    public Task<bool> ReplaceHolderAsync(CitizenKey citizen, CitizenHolder expected, CitizenHolder replacement) =>
        WriteAsync(() => store.ReplaceHolderAsync(citizen, expected, replacement));

    public Task<StoredVehicleAccount> LoadAccountAsync(HolderId holder) => store.LoadAccountAsync(holder);

    public Task<bool> SaveAccountAsync(HolderId holder, long expectedVersion, ReadOnlyMemory<byte> content) =>
        WriteAsync(() => store.SaveAccountAsync(holder, expectedVersion, content));

    private async Task<bool> WriteAsync(Func<Task<bool>> write)
    {
        var crashes = _writesLeft-- == 0;
        if (crashes && !isWritten)
        {
            throw new CrashException();
        }

        var isDone = await write();
        return crashes ? throw new CrashException() : isDone;
    }
}

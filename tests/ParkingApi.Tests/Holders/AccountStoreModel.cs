using Parking.Codes;
using Parking.Ports;

namespace Parking.Api.Tests.Holders;

/// <summary>What <see cref="IAccountStore"/> means, in memory. Used by one thread.</summary>
internal sealed class AccountStoreModel : IAccountStore
{
    private readonly Dictionary<CitizenKey, CitizenHolder> _holders = [];
    private readonly Dictionary<HolderId, StoredVehicleAccount> _garages = [];

    public Task<CitizenHolder> FindOrAddAsync(CitizenKey citizen, HolderId proposed)
    {
        _holders.TryAdd(citizen, new(proposed));
        return Task.FromResult(_holders[citizen]);
    }

    public Task<CitizenHolder?> FindAsync(CitizenKey citizen) =>
        Task.FromResult(_holders.TryGetValue(citizen, out var holder) ? holder : (CitizenHolder?)null);

    public Task<bool> ReplaceHolderAsync(CitizenKey citizen, CitizenHolder expected, CitizenHolder replacement)
    {
        var isExpected = _holders.TryGetValue(citizen, out var holder) && holder == expected;
        if (isExpected)
        {
            _holders[citizen] = replacement;
        }

        return Task.FromResult(isExpected);
    }

    public Task<StoredVehicleAccount> LoadAccountAsync(HolderId holder) => Task.FromResult(_garages.GetValueOrDefault(holder));

    public Task<bool> SaveAccountAsync(HolderId holder, long expectedVersion, ReadOnlyMemory<byte> content)
    {
        var isCurrent = _garages.GetValueOrDefault(holder).Version == expectedVersion;
        if (isCurrent)
        {
            _garages[holder] = new(expectedVersion + 1, content.ToArray());
        }

        return Task.FromResult(isCurrent);
    }
}

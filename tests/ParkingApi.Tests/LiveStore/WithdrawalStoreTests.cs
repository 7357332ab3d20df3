using NodaTime;
using Parking.Api.Tests.Infrastructure;
using Parking.Ports;

namespace Parking.Api.Tests.LiveStore;

/// <summary>What every store of withdrawn sign-ins does.</summary>
public abstract class WithdrawalStoreContract : StoreTests
{
    private static readonly CitizenKey Alice = new(new string('a', 64)), Robert = new(new string('b', 64));
    private static readonly Instant At = Instant.FromUtc(2026, 5, 4, 8, 30, 15).PlusNanoseconds(1_000_000);

    private IWithdrawalStore Store => Subject.Withdrawals;

    [Fact]
    public async Task Find_NothingWithdrawn_IsNull() => Assert.Null(await Store.FindAsync(Alice));

    [Fact]
    public async Task Withdraw_IsOfOnePerson_ToTheMillisecond()
    {
        await Store.WithdrawAsync(Alice, At);

        Assert.Equal(At, await Store.FindAsync(Alice));
        Assert.Null(await Store.FindAsync(Robert));
    }

    [Fact]
    public async Task Withdraw_Later_IsRaised_AndEarlier_ChangesNothing()
    {
        await Store.WithdrawAsync(Alice, At);
        await Store.WithdrawAsync(Alice, At + Duration.FromSeconds(1));
        await Store.WithdrawAsync(Alice, At);

        Assert.Equal(At + Duration.FromSeconds(1), await Store.FindAsync(Alice));
    }

    [Fact]
    public async Task Withdraw_OfSomebodyElse_KeepsWhatIsNotOver()
    {
        await Store.WithdrawAsync(Alice, At);
        await Store.WithdrawAsync(Robert, At + IWithdrawalStore.Retention);

        Assert.Equal(At, await Store.FindAsync(Alice));
    }

    [Fact]
    public async Task Withdraw_IsThereAfterARestart()
    {
        await Store.WithdrawAsync(Alice, At);
        await Subject.RestartAsync();

        Assert.Equal(At, await Store.FindAsync(Alice));
    }
}

/// <summary>On the embedded store.</summary>
public sealed class SqliteWithdrawalStoreTests : WithdrawalStoreContract
{
    [Fact]
    public async Task Withdraw_DropsWhatIsOver()
    {
        var old = new CitizenKey(new string('c', 64));
        var at = Instant.FromUtc(2026, 5, 4, 8, 30);
        await Subject.Withdrawals.WithdrawAsync(old, at);

        await Subject.Withdrawals.WithdrawAsync(new(new string('d', 64)), at + IWithdrawalStore.Retention + Duration.FromSeconds(1));

        Assert.Null(await Subject.Withdrawals.FindAsync(old));
    }

    private protected override Task<IStoreUnderTest> CreateAsync() => Task.FromResult<IStoreUnderTest>(new SqliteUnderTest());
}

/// <summary>On Redis, which a test may kill.</summary>
public sealed class RedisWithdrawalStoreTests(OwnRedisServer own) : WithdrawalStoreContract, IClassFixture<OwnRedisServer>
{
    private protected override Task<IStoreUnderTest> CreateAsync() => RedisUnderTest.CreateAsync(own);
}

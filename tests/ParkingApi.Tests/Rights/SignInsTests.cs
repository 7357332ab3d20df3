using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using NodaTime.Extensions;
using Parking.Api.Hosting.Identity;
using Parking.Ports;

namespace Parking.Api.Tests.Rights;

/// <summary>Which sign-ins count, and when the store is asked.</summary>
public sealed class SignInsTests
{
    private static readonly CitizenKey Olga = new(new string('a', 64));

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 5, 4, 8, 30, 15, TimeSpan.Zero));
    private readonly Withdrawals _store = new();
    private readonly SignIns _signIns;

    public SignInsTests() => _signIns = new(_store, screens: null!, new(_time));

    private Instant Now => _time.ToClock().GetCurrentInstant();

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    public async Task SignIn_MadeUpToTheWithdrawal_CountsNoMore(int secondsToTheWithdrawal, bool stands)
    {
        await _store.WithdrawAsync(Olga, Now + Duration.FromSeconds(secondsToTheWithdrawal));

        Assert.Equal(stands, await _signIns.StandAsync(SignIn(hasDuties: true)));
    }

    [Fact]
    public async Task Operator_IsLookedUpEachTime()
    {
        var signIn = SignIn(hasDuties: true);
        Assert.True(await _signIns.StandAsync(signIn));

        await _store.WithdrawAsync(Olga, Now);

        Assert.False(await _signIns.StandAsync(signIn));
    }

    [Fact]
    public async Task Driver_IsLookedUpOnceInFiveMinutes_AndAtOnceWhereItWasWithdrawn()
    {
        var signIn = SignIn(hasDuties: false);
        Assert.True(await _signIns.StandAsync(signIn));
        await _store.WithdrawAsync(Olga, Now);

        _time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        Assert.True(await _signIns.StandAsync(signIn));
        Assert.Equal(1, _store.Reads);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(await _signIns.StandAsync(signIn));

        var later = signIn with { IssuedAt = Now };
        Assert.True(await _signIns.StandAsync(later));
        await _signIns.WithdrawAsync(Olga, Now);
        Assert.False(await _signIns.StandAsync(later));
    }

    /// <summary>An operator of whom nothing is known may have been withdrawn elsewhere. A driver needs the way out.</summary>
    [Fact]
    public async Task StoreOutOfReach_LeavesWhatWasLastKnown()
    {
        _store.IsAway = true;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => _signIns.StandAsync(SignIn(hasDuties: true)));
        Assert.True(await _signIns.StandAsync(SignIn(hasDuties: false)));
        _store.IsAway = false;
        await _signIns.WithdrawAsync(Olga, Now - Duration.FromSeconds(1));
        _store.IsAway = true;

        Assert.True(await _signIns.StandAsync(SignIn(hasDuties: true)));
        Assert.False(await _signIns.StandAsync(SignIn(hasDuties: true) with { IssuedAt = Now - Duration.FromSeconds(1) }));
    }

    [Fact]
    public async Task SignInThatDoesNotSaySinceWhen_EndsWithAnyWithdrawal()
    {
        var ancient = SignIn(hasDuties: false) with { IssuedAt = Instant.MinValue };
        Assert.True(await _signIns.StandAsync(ancient));

        await _signIns.WithdrawAsync(Olga, Instant.FromUnixTimeSeconds(1));

        Assert.False(await _signIns.StandAsync(ancient));
    }

    /// <summary>While the store does not answer for one person, the others' turn comes.</summary>
    [Fact]
    public async Task Watch_LooksAtManySideBySide()
    {
        const int Many = 8;
        var (ended, all) = (0, new TaskCompletionSource());
        _store.Answering = new TaskCompletionSource();
        using var watch = new SignInWatch(_signIns, new(_time), NullLogger<SignInWatch>.Instance);
        for (var i = 0; i < Many; i++)
        {
            watch.Add(SignIn(hasDuties: true), () => Interlocked.Increment(ref ended));
        }

        _store.Asked = () => _ = _store.Reads == Many && all.TrySetResult();
        var looking = watch.LookAsync(TestContext.Current.CancellationToken);

        await all.Task.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
        _store.Answering.SetResult();
        await looking;
        Assert.Equal(0, ended);
    }

    private SignIn SignIn(bool hasDuties) => new(Olga, Now, Now + Duration.FromMinutes(15), hasDuties);

    private sealed class Withdrawals : IWithdrawalStore
    {
        private Instant? _through;
        private int _reads;

        public bool IsAway { get; set; }

        public int Reads => _reads;

        public Action Asked { get; set; } = () => { };

        /// <summary>Until this is complete, reads have no answer.</summary>
        public TaskCompletionSource? Answering { get; set; }

        public async Task<Instant?> FindAsync(CitizenKey person)
        {
            Interlocked.Increment(ref _reads);
            Asked();
            await (Answering?.Task ?? Task.CompletedTask);
            return IsAway ? throw new StoreUnavailableException("away") : _through;
        }

        public Task WithdrawAsync(CitizenKey person, Instant through)
        {
            _through = through;
            return Task.CompletedTask;
        }
    }
}

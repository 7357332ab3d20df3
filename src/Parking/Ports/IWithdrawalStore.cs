using NodaTime;

namespace Parking.Ports;

/// <summary>
/// Keeps from when on a person's sign-ins count again, after they were ended as a whole: a lost phone, a shift that ended, a duty that was
/// taken away.
/// </summary>
/// <remarks>The rules of <see cref="ILiveStore"/> hold for every method. Times are those of the clock of people's sign-in.</remarks>
public interface IWithdrawalStore
{
    /// <summary>
    /// How long a withdrawal is kept after its time. No sign-in may live longer: then a withdrawal that is gone has nothing left to end.
    /// </summary>
    static readonly Duration Retention = Duration.FromDays(31);

    /// <summary>The time up to which this person's sign-ins count no more, to the millisecond; null if none were withdrawn.</summary>
    Task<Instant?> FindAsync(CitizenKey person);

    /// <summary>Ends the sign-ins of a person that were made up to <paramref name="through"/>. An earlier time changes nothing.</summary>
    Task WithdrawAsync(CitizenKey person, Instant through);
}

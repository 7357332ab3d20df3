using NodaTime;
using NodaTime.Extensions;
using Parking.Ports;

namespace Parking.Api.Hosting.Identity;

/// <summary>
/// Whether sign-ins still count: a provider or an administrator may have ended all of a person's sign-ins up to a time. The store is asked
/// at each call with duties. For drivers, who ask for a code every half minute, it is asked at most once in <see cref="DriverMemory"/>.
/// </summary>
/// <remarks>
/// While the store is out of reach, what this instance last heard of a person stands. A fixed number of cells remembers it, shared by
/// people whose keys collide: who is pushed out costs one read.
/// </remarks>
internal sealed class SignIns(IWithdrawalStore store, Screens screens, MachineTime machine)
{
    /// <summary>How long a driver's sign-in may be used after it was ended through another instance.</summary>
    public static readonly Duration DriverMemory = Duration.FromMinutes(5);

    private const int Cells = 1 << 14;

    private readonly IClock _clock = machine.Provider.ToClock();

    // A cell is replaced as a whole, so that no reader sees half of one.
    private readonly Known?[] _cells = new Known?[Cells];

    /// <summary>Whether this sign-in has not been withdrawn.</summary>
    /// <exception cref="StoreUnavailableException">
    /// The sign-in states duties, the store is out of reach, and this instance has never heard of the person or the screen.
    /// </exception>
    public async Task<bool> StandAsync(SignIn signIn)
    {
        if (signIn.Screen is { } screen)
        {
            return await screens.StandsAsync(screen);
        }

        var known = Recall(signIn.Person);
        var isFresh = known is not null && _clock.GetCurrentInstant() - known.At is var age && age >= Duration.Zero && age < DriverMemory;
        if (signIn.HasDuties || !isFresh)
        {
            try
            {
                known = Note(signIn.Person, await store.FindAsync(signIn.Person));
            }
            catch (StoreUnavailableException) when (known is not null || !signIn.HasDuties)
            {
                // A driver can go on: their code is checked at the gate, too.
            }
        }

        return known?.Through is not { } through || signIn.IssuedAt > through;
    }

    /// <summary>Ends the sign-ins of a person that were made up to a time, at this instance at once.</summary>
    /// <exception cref="StoreUnavailableException">The store is out of reach; nothing has ended.</exception>
    public async Task WithdrawAsync(CitizenKey person, Instant through)
    {
        await store.WithdrawAsync(person, through);
        Note(person, await store.FindAsync(person));
    }

    private Known? Recall(CitizenKey person) =>
        Volatile.Read(ref CellOf(person)) is { } known && known.Person == person ? known : null;

    /// <summary>A withdrawal is never taken back: what was read before one and is noted after it changes nothing.</summary>
    private Known Note(CitizenKey person, Instant? through)
    {
        var later = Recall(person)?.Through is { } noted && !(through > noted) ? noted : through;
        var known = new Known(person, later, _clock.GetCurrentInstant());
        Volatile.Write(ref CellOf(person), known);
        return known;
    }

    private ref Known? CellOf(CitizenKey person) => ref _cells[unchecked((uint)person.GetHashCode()) % Cells];

    private sealed record Known(CitizenKey Person, Instant? Through, Instant At);
}

using System.Collections.Concurrent;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication.Cookies;
using NodaTime;
using NodaTime.Extensions;
using Parking.Events;
using Parking.Ports;
using Parking.Rights;

namespace Parking.Api.Hosting.Identity;

/// <summary>
/// Wall screens: named by an administrator, opened once by their code in the screen's browser, which from then on watches one scope, until
/// they are revoked. A screen is no person and parks nowhere.
/// </summary>
/// <remarks>
/// The store is asked at each call, and every <see cref="SignInWatch.Period"/> while a hub is connected. While it is out of reach, what
/// this instance last heard of a screen stands, as with people.
/// </remarks>
internal sealed partial class Screens(IScreenStore store, ServiceSecrets secrets, MachineTime machine, ILogger<Screens> logger)
{
    /// <summary>The claim of a screen's cookie: its id, a point, and the random name of the session in which it was opened.</summary>
    public const string Claim = "screen";

    /// <summary>How long a code opens its screen.</summary>
    public static readonly Duration CodeLifetime = Duration.FromMinutes(10);

    /// <summary>
    /// 50 bits: within its ten minutes nobody finds one by trying, however fast the service answers. People type it.
    /// </summary>
    private const int CodeDigits = 10, BitsOfDigit = 5, SessionBytes = 16;

    private const string Digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static readonly Duration NotedEvery = Duration.FromMinutes(1);

    private readonly IClock _clock = machine.Provider.ToClock();

    /// <summary>What this instance last heard of a screen's session, and when it last noted that it saw it.</summary>
    private readonly ConcurrentDictionary<string, (bool Stands, Instant NotedAt)> _known = new();

    /// <summary>The value of the claim; null if this is not the cookie of a screen. Only the service itself makes such cookies.</summary>
    public static string? ClaimOf(ClaimsPrincipal? principal) =>
        principal?.Identity?.AuthenticationType == CookieAuthenticationDefaults.AuthenticationScheme
            ? principal.FindFirstValue(Claim)
            : null;

    /// <summary>All screens, the last named first; and the ids of those of which what is kept cannot be read.</summary>
    public async Task<(IReadOnlyList<Screen> Screens, IReadOnlyList<string> Unreadable)> ListAsync()
    {
        var all = (await LoadAsync()).Select(stored => (stored.Id, Screen: TryRead(stored))).ToList();
        return (
            [.. all.Select(one => one.Screen).OfType<Screen>().OrderByDescending(screen => screen.NamedAt).ThenBy(screen => screen.Id)],
            [.. all.Where(one => one.Screen is null).Select(one => one.Id).Order(StringComparer.Ordinal)]);
    }

    /// <summary>Names a screen. The same again changes nothing.</summary>
    /// <param name="id">A ULID, drawn by the client. An id that was ever used names no other screen.</param>
    /// <param name="name">What people call it.</param>
    /// <param name="scope">What it watches.</param>
    /// <param name="staff">Who names it.</param>
    /// <returns>The screen, and whether it is new; null if another one has this id, or had it until it was revoked.</returns>
    public async Task<(Screen Screen, bool IsNew)?> NameAsync(string id, string name, Scope scope, string staff)
    {
        var screen = new Screen(id, name, scope, staff, Now(), null, null, null);
        if (await store.SwapAsync(id, null, ScreenRecord.Write(screen)))
        {
            return (screen, true);
        }

        return await FindStoredAsync(id) is { } stored && TryRead(stored) is { } known && known.Name == name && known.Scope == scope
            ? (known, false)
            : null;
    }

    /// <summary>The code that opens a screen now; null if it was opened, or its time is over.</summary>
    public string? CodeOf(Screen screen) =>
        screen.OpenedAt is null && _clock.GetCurrentInstant() < screen.NamedAt + CodeLifetime ? MakeCode(screen) : null;

    /// <summary>
    /// What a code would open now; null if it opens nothing, or nothing any more. A screen that cannot be read is passed over.
    /// </summary>
    /// <param name="code">As somebody typed it.</param>
    public async Task<ScreenOpening?> FindAsync(string code)
    {
        var typed = Encoding.UTF8.GetBytes(Normalize(code));
        foreach (var stored in await LoadAsync())
        {
            if (TryRead(stored) is not { } screen)
            {
                Unreadable(logger, stored.Id);
            }
            else if (CodeOf(screen) is { } expected && CryptographicOperations.FixedTimeEquals(typed, Encoding.UTF8.GetBytes(expected)))
            {
                var opened = screen with
                {
                    OpenedAt = Now(),
                    Session = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SessionBytes)),
                };
                return new(opened, stored.Content, PrincipalOf(opened));
            }
        }

        return null;
    }

    /// <summary>Opens a screen. Of several who try at once, one succeeds.</summary>
    /// <returns>False if it was opened or revoked since it was found.</returns>
    public Task<bool> OpenAsync(ScreenOpening opening) =>
        store.SwapAsync(opening.Screen.Id, opening.Before, ScreenRecord.Write(opening.Screen));

    /// <summary>What a screen may do.</summary>
    public static Duty DutyOf(Screen screen) => new(DutyKind.Watch, screen.Scope);

    /// <summary>Ends a screen, and forgets all but its id.</summary>
    /// <returns>False if there is none of this id, or not any more.</returns>
    public async Task<bool> RevokeAsync(string id)
    {
        while (await FindStoredAsync(id) is { } stored)
        {
            if (await store.SwapAsync(id, stored.Content, ScreenRecord.Revoked))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a screen's session still counts. Notes that the screen was seen, at most once a minute.</summary>
    /// <param name="claim">The claim of its cookie.</param>
    /// <exception cref="StoreUnavailableException">The store is out of reach, and this instance has never heard of the session.</exception>
    public async Task<bool> StandsAsync(string claim)
    {
        var id = claim.Split('.')[0];
        var isKnown = _known.TryGetValue(claim, out var known);
        try
        {
            var stored = await FindStoredAsync(id);
            var screen = stored is { } kept ? TryRead(kept) : null;
            if (stored is not null && screen is null && (!isKnown || known.Stands))
            {
                Unreadable(logger, id);
            }

            var stands = screen?.Session is { } session && claim == $"{id}.{session}";
            var now = _clock.GetCurrentInstant();
            if (stands && !(now - known.NotedAt < NotedEvery && now >= known.NotedAt))
            {
                await store.NoteSeenAsync(id, now);
                known.NotedAt = now;
            }

            _known[claim] = (stands, known.NotedAt);
            return stands;
        }
        catch (StoreUnavailableException) when (isKnown)
        {
            return known.Stands;
        }
    }

    private async Task<IEnumerable<StoredScreen>> LoadAsync() => (await store.LoadAsync()).Where(IsThere);

    /// <summary>What is kept of a screen; null if there is none of this id, or not any more.</summary>
    private async Task<StoredScreen?> FindStoredAsync(string id) =>
        await store.FindAsync(id) is { } stored && IsThere(stored) ? stored : null;

    private static bool IsThere(StoredScreen stored) => stored.Content != ScreenRecord.Revoked;

    private Instant Now() => _clock.GetCurrentInstant().ToMilliseconds();

    /// <summary>Null if what is kept is damaged, or of a later version. The other screens do not depend on it.</summary>
    private static Screen? TryRead(StoredScreen stored)
    {
        try
        {
            return ScreenRecord.Read(stored);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private string MakeCode(Screen screen)
    {
        var number = secrets.NumberOf($"parking wall screen 1 {screen.Id} {screen.NamedAt.ToUnixTimeMilliseconds()}");
        return string.Concat(
            Enumerable.Range(0, CodeDigits).Select(n => Digits[(int)((number >> (n * BitsOfDigit)) % (uint)Digits.Length)]));
    }

    /// <summary>As Crockford's Base32 reads what people type: without gaps, in any case, O as 0, I and L as 1.</summary>
    private static string Normalize(string code) => string.Concat(code.Where(char.IsAsciiLetterOrDigit).Select(char.ToUpperInvariant))
        .Replace('O', '0').Replace('I', '1').Replace('L', '1');

    private static ClaimsPrincipal PrincipalOf(Screen screen) => new(new ClaimsIdentity(
        [
            new(Claim, $"{screen.Id}.{screen.Session}"),

            // The antiforgery token is bound to this; otherwise to all claims, of which the end of the session changes.
            new(ClaimTypes.NameIdentifier, $"screen {screen.Id}"),
            new(Browsers.SignInSchemes.NameClaim, screen.Name),

            // Log and audit have the id: the name is what people wrote.
            new(Staff.Claim, $"screen:{screen.Id}"),
            new(DutyReader.Claim, DutyOf(screen).ToString()),
            SignIn.ClaimOf(SignIn.IssuedClaim, screen.OpenedAt!.Value),
        ],
        CookieAuthenticationDefaults.AuthenticationScheme));

    [LoggerMessage(
        1017,
        LogLevel.Error,
        "What is kept of the wall screen {Screen} is damaged or of a later version: it stays out: revoke it, and name another",
        EventName = "ScreenUnreadable")]
    private static partial void Unreadable(ILogger logger, string screen);
}

/// <summary>A screen that a code can open.</summary>
/// <param name="Screen">The screen as it is when it is opened.</param>
/// <param name="Before">What is kept of it until then.</param>
/// <param name="Principal">What its cookie is to say.</param>
internal sealed record ScreenOpening(Screen Screen, string Before, ClaimsPrincipal Principal)
{
    /// <summary>The id alone: the session is a secret.</summary>
    public override string ToString() => Screen.Id;
}

/// <summary>A wall screen.</summary>
/// <param name="Id">Its id, a ULID.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Scope">What it watches.</param>
/// <param name="NamedBy">Who named it.</param>
/// <param name="NamedAt">When, to the millisecond.</param>
/// <param name="OpenedAt">When it was opened; null until then.</param>
/// <param name="Session">The random name of the session in which it was opened; null until then.</param>
/// <param name="SeenAt">When it was last seen; null if it never was.</param>
internal sealed record Screen(
    string Id, string Name, Scope Scope, string NamedBy, Instant NamedAt, Instant? OpenedAt, string? Session, Instant? SeenAt)
{
    /// <summary>The id alone: the session is a secret.</summary>
    public override string ToString() => Id;
}

using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using Parking.Api.Hosting.Identity;
using Parking.Api.Hosting.Problems;
using Parking.Api.Hosting.Start;

namespace Parking.Api.Hosting.Limits;

/// <summary>Rate limits: one token bucket for each citizen, gate or address, in this instance's memory.</summary>
internal static class RateLimits
{
    /// <summary>
    /// Minting codes, making or trying invitations, linking devices, disputing, and erasing, by citizen:
    /// <see cref="RateLimitOptions.MintsPerMinute"/>.
    /// </summary>
    public const string Minting = "minting";

    /// <summary>Scanning, by gate: <see cref="RateLimitOptions.ScansPerSecond"/>.</summary>
    public const string Scanning = "scanning";

    /// <summary>Asking for quotes, by citizen: <see cref="RateLimitOptions.QuotesPerMinute"/>.</summary>
    public const string Quoting = "quoting";

    /// <summary>Trying codes of wall screens, by address: <see cref="RateLimitOptions.ScreenCodesPerMinute"/>.</summary>
    public const string OpeningScreens = "opening-screens";

    /// <summary>Calls of devices, which nobody is signed in for, by address: <see cref="RateLimitOptions.DeviceCallsPerMinute"/>.</summary>
    public const string Renewing = "renewing";

    /// <summary>Whoever has one IPv6 address has as a rule all with the same first 64 bits.</summary>
    private const int NetworkBytes = 8;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public static IServiceCollection AddRateLimits(this IServiceCollection services)
    {
        services.AddSettings<RateLimitOptions>(RateLimitOptions.Section).ValidateDataAnnotations();
        return services.AddRateLimiter(options =>
        {
            options.AddPolicy(Minting, context => PartitionByCitizen(context, limits => limits.MintsPerMinute));
            options.AddPolicy(Quoting, context => PartitionByCitizen(context, limits => limits.QuotesPerMinute));
            options.AddPolicy(Scanning, context => PartitionByGate(context));
            options.AddPolicy(OpeningScreens, context => PartitionByAddress(context, limits => limits.ScreenCodesPerMinute));
            options.AddPolicy(Renewing, context => PartitionByAddress(context, limits => limits.DeviceCallsPerMinute));
            options.OnRejected = (context, _) => RejectAsync(context);
        });
    }

    private static RateLimitPartition<string> PartitionByCitizen(HttpContext context, Func<RateLimitOptions, int> perMinute)
    {
        var citizen = Citizen.Of(context.User, context.RequestServices.GetRequiredService<ServiceSecrets>());
        var limit = perMinute(context.RequestServices.GetRequiredService<IOptions<RateLimitOptions>>().Value);
        return Bucket(citizen?.Key.Hex, limit, Minute / limit);
    }

    private static RateLimitPartition<string> PartitionByGate(HttpContext context)
    {
        var limit = context.RequestServices.GetRequiredService<IOptions<RateLimitOptions>>().Value.ScansPerSecond;
        return Bucket(GateAuthenticationHandler.GateOf(context)?.Id.Value, limit, Second / limit);
    }

    private static RateLimitPartition<string> PartitionByAddress(HttpContext context, Func<RateLimitOptions, int> perMinute)
    {
        var limit = perMinute(context.RequestServices.GetRequiredService<IOptions<RateLimitOptions>>().Value);
        return Bucket(NetworkOf(context.Connection.RemoteIpAddress), limit, Minute / limit);
    }

    private static string NetworkOf(IPAddress? address) =>
        address is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false }
            ? Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, NetworkBytes))
            : $"{address?.MapToIPv4()}";

    /// <summary>
    /// A bucket that holds as many requests as may come at once, and gains one in each period. Callers without identity were rejected
    /// before.
    /// </summary>
    private static RateLimitPartition<string> Bucket(string? caller, int limit, TimeSpan period) =>
        caller is null
            ? RateLimitPartition.GetNoLimiter(string.Empty)
            : RateLimitPartition.GetTokenBucketLimiter(
                caller, _ => new() { TokenLimit = limit, TokensPerPeriod = 1, ReplenishmentPeriod = period });

    private static async ValueTask RejectAsync(OnRejectedContext context)
    {
        var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var told) ? told : Second;
        var seconds = Math.Max(1, Math.Ceiling(wait.TotalSeconds));
        context.HttpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        await HttpProblems.TooManyRequests.ToResult().ExecuteAsync(context.HttpContext);
    }
}

/// <summary>Section <c>RateLimits</c> of the configuration.</summary>
internal sealed class RateLimitOptions
{
    public const string Section = "RateLimits";

    /// <summary>
    /// Codes, invitations made or tried, devices linked, disputes, and erasures, that a citizen may request in a minute. Default 12; 1 to
    /// 6000.
    /// </summary>
    [Range(1, 6000)]
    public int MintsPerMinute { get; set; } = 12;

    /// <summary>
    /// Requests of a gate in a second. Default 20; 1 to 10,000. A gate that catches up after an outage posts as fast as this allows.
    /// </summary>
    [Range(1, 10_000)]
    public int ScansPerSecond { get; set; } = 20;

    /// <summary>Calls for quotes that a citizen may make in a minute, each with any number of stays. Default 12; 1 to 6000.</summary>
    [Range(1, 6000)]
    public int QuotesPerMinute { get; set; } = 12;

    /// <summary>
    /// Codes of wall screens that may be tried from an address in a minute. Default 12; 1 to 6000. Behind a proxy that is the proxy's
    /// address, so everybody's together.
    /// </summary>
    [Range(1, 6000)]
    public int ScreenCodesPerMinute { get; set; } = 12;

    /// <summary>
    /// Calls of devices, for challenges and certificates, from an address in a minute. Default 600; 1 to 60,000. Behind a proxy as with
    /// <see cref="ScreenCodesPerMinute"/>.
    /// </summary>
    [Range(1, 60_000)]
    public int DeviceCallsPerMinute { get; set; } = 600;
}

using Parking.Ports;
using StackExchange.Redis;

namespace Parking.Stores.Redis;

/// <summary>Tells an outage from a mistake of ours.</summary>
internal static class RedisFaults
{
    /// <summary>
    /// Whether Redis is out of reach or not able to serve for now. Errors of scripts, types and arguments are mistakes, and are
    /// not passed off as outages.
    /// </summary>
    public static bool IsOutage(Exception error) => error switch
    {
        RedisConnectionException or RedisTimeoutException => true,
        RedisServerException { Kind: var kind } => kind is RedisErrorKind.Loading or RedisErrorKind.ReadOnly or RedisErrorKind.Misconfigured
            or RedisErrorKind.OutOfMemory or RedisErrorKind.ClusterDown or RedisErrorKind.MasterDown or RedisErrorKind.NoReplicas
            or RedisErrorKind.TryAgain or RedisErrorKind.Busy or RedisErrorKind.MaxClients or RedisErrorKind.NoAuth
            or RedisErrorKind.WrongPass or RedisErrorKind.NoPermission or RedisErrorKind.Moved or RedisErrorKind.Ask
            or RedisErrorKind.ConnectionFault or RedisErrorKind.Timeout or RedisErrorKind.UnknownRedirectTarget,
        _ => false,
    };

    public static StoreUnavailableException AsOutage(Exception error) => new($"Redis cannot be used: {error.Message}", error);
}

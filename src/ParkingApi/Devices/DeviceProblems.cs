using Parking.Api.Hosting.Problems;
using Parking.Devices;

namespace Parking.Api.Devices;

/// <summary>The problems of devices that make codes without a network.</summary>
internal static class DeviceProblems
{
    public static readonly ProblemKind DeviceNotFound = new(
        "device-not-found",
        StatusCodes.Status404NotFound,
        "This citizen has linked no such device",
        "It may have been removed. Link it again: POST /v1/me/devices.");

    public static readonly ProblemKind TooManyDevices = new(
        "too-many-devices",
        StatusCodes.Status409Conflict,
        "No number is free for another device",
        "Numbers become free a week after devices were removed.");

    /// <summary>The same for a device that is not linked and a proof that is not its own: nobody learns which devices there are.</summary>
    public static readonly ProblemKind NotProven = new(
        "device-not-proven",
        StatusCodes.Status403Forbidden,
        "This is no device that is linked, or it has not signed this request",
        "Sign a new challenge with the device's own key. If that does not help, sign in, and link the device again: POST /v1/me/devices.");

    public static readonly ProblemKind SignInNeeded = new(
        "sign-in-needed",
        StatusCodes.Status403Forbidden,
        "Nobody has signed in with this device for 90 days",
        "Sign in, and link the device again with the same key: POST /v1/me/devices.");

    public static readonly ProblemKind TooManyCertificates = new(
        "too-many-certificates",
        StatusCodes.Status409Conflict,
        "There are too many certificates that have not expired",
        $"All devices of a citizen have at most {DeviceBook.MaxCertificates}, and so have those of a share. Use those that it has.");

    public static readonly ProblemKind TooManyGuests = new(
        "too-many-devices-of-a-share",
        StatusCodes.Status409Conflict,
        "Too many devices were used for this shared vehicle",
        "A share has at most 5 within a week, counting those that were removed. Use a code that needs a network.");

    public static readonly ProblemKind NoKeyYet = new(
        "no-certificate-key-yet",
        StatusCodes.Status503ServiceUnavailable,
        "The key that signs certificates has been announced, and does not sign yet",
        "Gates learn it for an offline horizon before it does. Until then, use codes that need a network.");
}

using System.Buffers.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using Parking.Accounts;
using Parking.Admission;
using Parking.Api.Hosting.Limits;
using Parking.Api.Hosting.OpenApi;
using Parking.Api.Hosting.Problems;
using Parking.Api.Vehicles;
using Parking.Codes;
using Parking.Codes.Devices;
using Parking.Contracts;
using Parking.Devices;

namespace Parking.Api.Devices;

/// <summary>The endpoints with which a linked device gets certificates, by the proof of its key and without a sign-in.</summary>
internal static class CertificateEndpoints
{
    /// <summary>The largest number of certificates in a request: eight for each of eight vehicles.</summary>
    private const int MaxCertificates = 64;

    /// <summary>As long as the format allows: a phone may be without a network for days.</summary>
    private static readonly Duration Life = Duration.FromDays(7);

    private static readonly Instant At = Instant.FromUtc(2026, 5, 4, 8, 30, 15);
    private const string DeviceExample = "7f0e2d4c6b8a39185766f4e3d2c1b0a9";

    public static void MapCertificates(this IEndpointRouteBuilder routes)
    {
        var devices = routes.MapGroup("/v1/devices").WithTags("Devices")
            .AllowAnonymous()
            .RequireRateLimiting(RateLimits.Renewing)
            .Meets(HttpProblems.InvalidRequest, HttpProblems.TooManyRequests);

        devices.MapPost("/challenges", Challenge)
            .WithName("GetDeviceChallenge").WithSummary("A challenge that a device signs")
            .WithDescription("Every well-formed name gets one: it does not say whether there is such a device.")
            .WithRequestExample(new ChallengeRequest { Device = DeviceExample })
            .WithResponseExample(new ChallengeAnswer
            {
                Challenge = "AAABndocYxgHbq0Yb3fO5oVtHk0yW1u9",
                ExpiresAt = At + DeviceIds.ChallengeLifetime,
                Time = At,
            });
        devices.MapPost("/certificates", IssueAsync)
            .WithName("IssueCertificates").WithSummary("Certificates for keys of a linked device")
            .WithDescription(
                "Each is for one vehicle and one key, and lives for 7 days from the beginning of the hour. If one of them "
                + "cannot be issued, the answer has none, and says why; some may then count towards the limit all the same. A request that "
                + "is sent again gets other certificates for the same keys; those of before stay good.")
            .WithRequestExample(new CertificateRequest { Device = DeviceExample, Proof = "hEOhASag…" })
            .WithResponseExample(new CertificateAnswer
            {
                Certificates = ["hEqjASYERHUKJJqg…"],
                ExpiresAt = At + Life - Duration.FromSeconds(1815),
                Time = At,
            })
            .Meets(
                DeviceProblems.NotProven, DeviceProblems.SignInNeeded, VehicleProblems.VehicleNotFound, DeviceProblems.TooManyCertificates,
                DeviceProblems.TooManyGuests, DeviceProblems.NoKeyYet, HttpProblems.StoreUnavailable);
    }

    private static Ok<ChallengeAnswer> Challenge(ChallengeRequest request, DeviceIds ids, IClock clock, HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        var now = clock.GetCurrentInstant();
        return TypedResults.Ok(new ChallengeAnswer
        {
            Challenge = Base64Url.EncodeToString(ids.CreateChallenge(CodeId.Parse(request.Device), now)),
            ExpiresAt = now + DeviceIds.ChallengeLifetime,
            Time = now,
        });
    }

    /// <remarks>Takes no cancellation token: it changes state.</remarks>
    private static async Task<Results<Ok<CertificateAnswer>, ValidationProblem, ProblemHttpResult>> IssueAsync(
        CertificateRequest request,
        DeviceRegistry devices,
        DeviceIds ids,
        VehicleSharing sharing,
        CodeKeys keys,
        IClock clock,
        HttpResponse response)
    {
        response.Headers.CacheControl = "no-store";
        var id = CodeId.Parse(request.Device);
        var (holder, number) = ids.Open(id);
        if (!Base64Url.IsValid(request.Proof)
            || (await devices.LoadAsync(holder)).Find(number) is not { Ended: null, Link: { } link } device
            || !ids.IsNameOf(id, holder, device)
            || DeviceProof.Read(Base64Url.DecodeFromChars(request.Proof), link.Key.Import()) is not { } payload)
        {
            return DeviceProblems.NotProven.ToResult();
        }

        var faults = new Dictionary<string, string[]>();
        if (Read(payload, faults) is not { } asked)
        {
            return HttpProblems.Invalid(faults);
        }

        if (!Base64Url.IsValid(asked.Challenge)
            || !ids.IsOpen(Base64Url.DecodeFromChars(asked.Challenge), id, clock.GetCurrentInstant()))
        {
            return DeviceProblems.NotProven.ToResult();
        }

        if (Read(asked, faults) is not { } wanted)
        {
            return HttpProblems.Invalid(faults);
        }

        var wishes = new List<CertificateWish>();
        foreach (var (plate, key) in wanted)
        {
            if (await FindAsync(holder, plate, sharing) is not { } vehicle)
            {
                return VehicleProblems.VehicleNotFound.ToResult();
            }

            wishes.Add(new(vehicle.Vehicle, vehicle.Share, key));
        }

        var ring = keys.Current.Ring;
        if (ring.CertificateSignerAt(clock.GetCurrentInstant()) is null)
        {
            return DeviceProblems.NoKeyYet.ToResult();
        }

        var issuer = new CertificateIssuer(ring);
        var result = await devices.IssueAsync(
            holder, number, wishes, (sealedHolder, key, now) => issuer.Issue(sealedHolder, key, now, Life));
        return result.Outcome switch
        {
            IssueOutcome.Issued => TypedResults.Ok(new CertificateAnswer
            {
                Certificates = [.. result.Certificates.Select(certificate => Base64Url.EncodeToString(certificate.Bytes))],
                ExpiresAt = result.Certificates.Min(certificate => certificate.ExpiresAt),
                Time = clock.GetCurrentInstant(),
            }),
            IssueOutcome.SignInNeeded => DeviceProblems.SignInNeeded.ToResult(),
            IssueOutcome.TooMany => DeviceProblems.TooManyCertificates.ToResult(),
            IssueOutcome.TooManyGuests => DeviceProblems.TooManyGuests.ToResult(),
            _ => DeviceProblems.NotProven.ToResult(),
        };
    }

    private static async Task<UsableVehicle?> FindAsync(HolderId holder, Plate? plate, VehicleSharing sharing) =>
        plate is { } named ? await sharing.FindAsync(holder, named) : new(new(holder, VehicleSlot.None));

    /// <summary>Reads what a device has signed; null, with what is wrong, if it is not of the form.</summary>
    private static WantedCertificates? Read(byte[] payload, Dictionary<string, string[]> faults)
    {
        try
        {
            if (JsonSerializer.Deserialize<WantedCertificates>(payload, ContractJson.Options) is { } wanted)
            {
                return wanted;
            }
        }
        catch (JsonException)
        {
            // Named below.
        }

        faults["proof"] = ["The payload is JSON with challenge and certificates."];
        return null;
    }

    /// <summary>The vehicles and keys that are asked for; null, with what is wrong, if they are not of the form.</summary>
    private static List<(Plate? Plate, VerificationKey Key)>? Read(WantedCertificates wanted, Dictionary<string, string[]> faults)
    {
        if (wanted.Certificates.Count is < 1 or > MaxCertificates)
        {
            faults["proof.certificates"] = [$"1 to {MaxCertificates} certificates."];
            return null;
        }

        var read = new List<(Plate? Plate, VerificationKey Key)>();
        foreach (var (one, index) in wanted.Certificates.Select((one, index) => (one, index)))
        {
            var named = default(Plate);
            if (one?.Plate is { } plate && !Plate.TryParse(plate, out named))
            {
                faults[$"proof.certificates[{index}].plate"] = [$"1 to {Plate.MaxLength} letters A–Z, digits and Chinese characters."];
            }

            if (one?.Key is not { } key || !key.TryRead(out var point))
            {
                faults[$"proof.certificates[{index}].key"] = ["x and y are a point of the curve P-256, each in base64url."];
            }
            else
            {
                read.Add((one.Plate is null ? null : named, point));
            }
        }

        if (faults.Count == 0 && read.DistinctBy(one => one.Key).Count() < read.Count)
        {
            faults["proof.certificates"] = ["Each certificate has a key of its own: a key that is seen twice links two passages."];
        }

        return faults.Count == 0 ? read : null;
    }
}

using System.Buffers.Text;
using System.Net;
using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Extensions;
using Parking.Codes;
using Parking.Codes.Devices;

namespace Parking.ScannerSim.Tests.Phones;

/// <summary>A service in this process that links one device and certifies its keys, if they are proven.</summary>
internal sealed class DeviceOffice(TimeProvider time) : HttpMessageHandler
{
    private readonly KeyRing _ring =
        KeyRing.Found(SigningKey.Create(), time.GetUtcNow().ToInstant(), certificateKey: SigningKey.Create());

    private VerificationKey? _device;

    /// <summary>Whether phones have no network.</summary>
    public bool IsAway { get; set; }

    /// <summary>The id of the device.</summary>
    public string Id { get; set; } = "7f0e2d4c6b8a39185766f4e3d2c1b0a9";

    /// <summary>Forgets the device, as a store that lost its last writes.</summary>
    public void Forget() => _device = null;

    /// <summary>The requests.</summary>
    public List<string> Received { get; } = [];

    /// <summary>Verifies codes as a gate does.</summary>
    public CodeVerifier Verifier => new(_ring.PublishedAt(Now), certificateKeys: _ring.PublishedCertificateKeysAt(Now));

    private Instant Now => time.GetUtcNow().ToInstant();

    public HttpClient CreateClient() => new(this, disposeHandler: false) { BaseAddress = new Uri("http://service.invalid") };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath;
        Received.Add($"{request.Method} {path} {request.Headers.Authorization}".TrimEnd());
        if (IsAway)
        {
            return new(HttpStatusCode.Forbidden);
        }
        if (path == "/v1/devices/certificates" && _device is null)
        {
            return new(HttpStatusCode.Forbidden);
        }
        var body = JsonNode.Parse(await request.Content!.ReadAsStringAsync(cancellationToken))!;
        JsonNode answer = path switch
        {
            "/v1/me/devices" => Link(body),
            "/v1/devices/challenges" => new JsonObject { ["challenge"] = "Y2hhbGxlbmdl", ["time"] = Now.ToString() },
            _ => Certify(body),
        };
        return new(HttpStatusCode.OK) { Content = new StringContent(answer.ToJsonString(), System.Text.Encoding.UTF8, "application/json") };
    }

    private JsonObject Link(JsonNode body)
    {
        _device = KeyOf(body["key"]!);
        return new() { ["id"] = Id };
    }

    private JsonObject Certify(JsonNode body)
    {
        Assert.Equal(Id, (string?)body["device"]);
        var payload = DeviceProof.Read(Base64Url.DecodeFromChars((string)body["proof"]!), _device!);
        var wishes = JsonNode.Parse(payload)!;
        Assert.Equal("Y2hhbGxlbmdl", (string?)wishes["challenge"]);
        var issuer = new CertificateIssuer(_ring);
        var holder = new SealedHolder(new HolderId(1), VehicleSlot.None) { Device = new DeviceNumber(1) };
        var certificates = wishes["certificates"]!.AsArray()
            .Select(wish => issuer.Issue(holder, KeyOf(wish!["key"]!), Now, CertificateFormat.LongestLife))
            .Select(certificate => JsonValue.Create(Base64Url.EncodeToString(certificate.Bytes)));
        return new() { ["certificates"] = new JsonArray([.. certificates]), ["time"] = Now.ToString() };
    }

    private static VerificationKey KeyOf(JsonNode key) =>
        new(Base64Url.DecodeFromChars((string)key["x"]!), Base64Url.DecodeFromChars((string)key["y"]!));
}

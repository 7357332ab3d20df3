using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using NodaTime;
using Parking.Codes;
using Parking.Codes.Devices;
using Parking.GateProgram;
using Parking.Simulation.Clients;
using Parking.Simulation.Settings;

namespace Parking.Simulation.Phones;

/// <summary>
/// A phone that its citizen has linked, and that makes codes without a network. For each vehicle it keeps certificates, each with a key of
/// its own, and shows each for one passage. The last one is shown until there are others.
/// </summary>
/// <param name="http">Has the service's address.</param>
/// <param name="name">The driver's name, for error messages.</param>
/// <param name="phone">The phone's clocks, which may be wrong.</param>
/// <param name="real">Waits when the service asks for it.</param>
public sealed class LinkedPhone(HttpClient http, string name, TimeProvider phone, TimeProvider real)
{
    /// <summary>So many certificates a phone keeps for each vehicle.</summary>
    public const int FullStock = 8;

    /// <summary>Certificates that soon expire are replaced.</summary>
    private static readonly Duration Fresh = Duration.FromDays(2);

    private readonly PatientSender _sender = new(http, real);
    private PhoneKey _key = PhoneKey.Create();
    private readonly Dictionary<string, Queue<Kept>> _stock = [];

    /// <summary>What the phone takes for the service's time.</summary>
    public PhoneClock Clock { get; } = new(phone);

    /// <summary>The device's id; null until it is linked.</summary>
    public string? Device { get; private set; }

    /// <summary>Links the phone, or notes the sign-in if it is linked.</summary>
    /// <param name="token">The citizen's bearer token.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <exception cref="ServiceRefusedException">The service did not link it.</exception>
    public async Task LinkAsync(string token, CancellationToken cancellationToken)
    {
        var linked = await _sender.SendAsync<LinkedDevice>(
            $"{name}, linking a phone",
            () => Request(HttpMethod.Post, "/v1/me/devices", new DeviceToLink("phone", PublicPoint.Of(_key)), token),
            cancellationToken);
        if (linked.Id != Device)
        {
            // The certificates name the device by another number.
            _stock.Clear();
            Device = linked.Id;
        }
    }

    /// <summary>Removes this phone from the citizen's devices, as after a loss. The phone itself does not know.</summary>
    /// <exception cref="ServiceRefusedException">The service did not answer.</exception>
    public Task RemoveAsync(string token, CancellationToken cancellationToken) => _sender.SendAsync<LinkedDevices>(
        $"{name}, removing a phone",
        () => Request(HttpMethod.Delete, $"/v1/me/devices/{Device}", null, token),
        cancellationToken);

    /// <summary>How many certificates are left for a vehicle; the last one is shown again and again, until it expires.</summary>
    public int StockOf(string? plate) => Count(plate, Clock.Now + DeviceCodeFormat.Life);

    /// <summary>How many of them do not expire soon.</summary>
    public int FreshStockOf(string? plate) => Count(plate, Clock.Now + Fresh);

    /// <summary>Fills up the certificates for a vehicle, by the proof of the phone's key alone, and learns the time.</summary>
    /// <param name="plate">The vehicle; null for codes without one.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <exception cref="ServiceRefusedException">The service issued none.</exception>
    /// <exception cref="InvalidOperationException">The phone is not linked.</exception>
    public async Task RestockAsync(string? plate, CancellationToken cancellationToken)
    {
        var device = Device ?? throw new InvalidOperationException("The phone is not linked.");
        var challenge = await _sender.SendAsync<DeviceChallenge>(
            $"{name}, asking for a challenge",
            () => Request(HttpMethod.Post, "/v1/devices/challenges", new ChallengeWish(device)),
            cancellationToken);
        Clock.Learn(challenge.Time);
        var stock = _stock.TryGetValue(plate ?? "", out var kept) ? kept : _stock[plate ?? ""] = new();
        DropBefore(stock, challenge.Time + Fresh);
        var keys = Enumerable.Range(0, FullStock - Math.Min(stock.Count, FullStock)).Select(_ => PhoneKey.Create()).ToList();
        if (keys.Count == 0)
        {
            return;
        }
        var wishes = new CertificateWishes(
            challenge.Challenge, [.. keys.Select(key => new CertificateWish(plate, PublicPoint.Of(key)))]);
        var proof = DeviceProof.Make(_key, JsonSerializer.SerializeToUtf8Bytes(wishes, ClientJson.Options));
        var issued = await _sender.SendAsync<IssuedCertificates>(
            $"{name}, asking for certificates",
            () => Request(HttpMethod.Post, "/v1/devices/certificates", new ProvenWish(device, Base64Url.EncodeToString(proof))),
            cancellationToken);
        foreach (var (key, certificate) in keys.Zip(issued.Certificates))
        {
            stock.Enqueue(Kept.Of(key, certificate));
        }
    }

    /// <summary>Makes a code without a network.</summary>
    /// <param name="plate">The vehicle; null for a code without one.</param>
    /// <exception cref="InvalidOperationException">There is no certificate for this vehicle, or it has expired.</exception>
    public MintedCode Mint(string? plate)
    {
        if (StockOf(plate) == 0)
        {
            throw new InvalidOperationException($"{name} has no certificate for this vehicle.");
        }
        var stock = _stock[plate ?? ""];
        DropBefore(stock, Clock.Now + DeviceCodeFormat.Life);
        return stock.Peek().Minter.Mint(Clock.Now);
    }

    /// <summary>A code was used at a gate: the next one has another certificate, if there is one.</summary>
    public void MarkUsed(string? plate)
    {
        if (StockOf(plate) > 1)
        {
            _stock[plate ?? ""].Dequeue();
        }
    }

    /// <summary>Until when the phone can make codes for a vehicle without a network; null if it has no certificate.</summary>
    public Instant? OfflineUntil(string? plate) =>
        StockOf(plate) > 0 ? _stock[plate ?? ""].Max(kept => kept.Minter.Certificate.ExpiresAt) : null;

    /// <summary>What is to be kept until the program runs again.</summary>
    public PhoneFile ToFile() => new(
        PhoneFile.Format, Device, _key.Export(), (long)Clock.Offset.TotalMilliseconds,
        [
            .. _stock.SelectMany(stock => stock.Value.Select(kept => new KeptCertificate(
                stock.Key.Length == 0 ? null : stock.Key, kept.Key.Export(),
                Base64Url.EncodeToString(kept.Minter.Certificate.Bytes)))),
        ]);

    /// <summary>Goes on as the phone of a file.</summary>
    /// <exception cref="SettingsException">A key or a certificate in it cannot be read.</exception>
    public void Resume(PhoneFile file)
    {
        try
        {
            _key = PhoneKey.Import(file.Key);
            foreach (var kept in file.Certificates)
            {
                var stock = _stock.TryGetValue(kept.Plate ?? "", out var known) ? known : _stock[kept.Plate ?? ""] = new();
                stock.Enqueue(Kept.Of(PhoneKey.Import(kept.Key), kept.Certificate));
            }
        }
        catch (Exception error) when (error is FormatException or ArgumentException)
        {
            throw new SettingsException($"The file of the phone cannot be used: {error.Message}", error);
        }
        Device = file.Device;
        Clock.Offset = Duration.FromMilliseconds(file.ClockOffset);
    }

    private int Count(string? plate, Instant until) =>
        _stock.GetValueOrDefault(plate ?? "")?.Count(kept => kept.Minter.Certificate.ExpiresAt >= until) ?? 0;

    private static void DropBefore(Queue<Kept> stock, Instant until)
    {
        while (stock.TryPeek(out var oldest) && oldest.Minter.Certificate.ExpiresAt < until)
        {
            stock.Dequeue();
        }
    }

    private static HttpRequestMessage Request(HttpMethod method, string path, object? body, string? token = null)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        request.Content = body is null ? null : JsonContent.Create(body, body.GetType(), options: ClientJson.Options);
        return request;
    }

    private sealed record Kept(PhoneKey Key, DeviceCodeMinter Minter)
    {
        public static Kept Of(PhoneKey key, string certificate) =>
            new(key, new DeviceCodeMinter(key, DeviceCertificate.Read(Base64Url.DecodeFromChars(certificate))));
    }
}

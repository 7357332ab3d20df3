using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Parking.GateProtocol;
using Parking.Simulation.Service;

namespace Parking.Simulation.LiveCity;

/// <summary>
/// Where the service passes on what drivers at a browser do at a gate: HTTP on a loopback port, for whoever has the key. It knows three
/// calls (<c>GET gates</c>, <c>POST gates/{gate}/show</c>, <c>GET pictures/{id}</c>), refuses all else with a problem document, and writes
/// nothing down.
/// </summary>
internal sealed class GateListener : IDisposable
{
    private const int Attempts = 5, MostBodyBytes = 4096, MostIgnoredBytes = 256 * 1024, KeyBytes = 32;

    private const string Scheme = "Bearer ";

    private readonly HttpListener _http;
    private readonly byte[] _keyHash;

    private GateListener(HttpListener http, Uri address)
    {
        _http = http;
        Address = address;
        Key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyBytes));
        _keyHash = SHA256.HashData(Encoding.UTF8.GetBytes(Key));
    }

    /// <summary>Where it listens, with a slash at its end.</summary>
    public Uri Address { get; }

    /// <summary>What a caller has to show: random, new with each listener.</summary>
    public string Key { get; }

    /// <summary>Takes a free port. Calls wait there until they are served.</summary>
    /// <exception cref="ServiceStartException">There is none.</exception>
    public static GateListener Open()
    {
        for (var attempt = 1; ; attempt++)
        {
            var address = new Uri($"http://127.0.0.1:{LoopbackPort.FindFree()}/");
            var http = new HttpListener { Prefixes = { address.AbsoluteUri }, IgnoreWriteExceptions = true };
            try
            {
                http.Start();
                return new GateListener(http, address);
            }
            catch (HttpListenerException error) when (attempt == Attempts)
            {
                throw new ServiceStartException($"The gates cannot be listened for at {address}: {error.Message}", error);
            }
            catch (HttpListenerException)
            {
                // Somebody took the port meanwhile: then another one.
            }
        }
    }

    /// <summary>Serves calls.</summary>
    /// <param name="drivers">What the calls do.</param>
    /// <param name="tasks">Where they are handled.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(BrowserDrivers drivers, RunningTasks tasks, CancellationToken cancellationToken)
    {
        await using var stopping = cancellationToken.Register(_http.Stop);
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _http.GetContextAsync();
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException or InvalidOperationException
                && cancellationToken.IsCancellationRequested)
            {
                throw new OperationCanceledException(cancellationToken);
            }
            tasks.Start(() => HandleAsync(context, drivers, cancellationToken));
        }
    }

    public void Dispose() => _http.Close();

    private async Task HandleAsync(HttpListenerContext context, BrowserDrivers drivers, CancellationToken cancellationToken)
    {
        try
        {
            var (status, mediaType, body) = await AnswerAsync(context.Request, drivers, cancellationToken);
            await IgnoreRestAsync(context.Request.InputStream, cancellationToken);
            context.Response.StatusCode = status;
            context.Response.ContentType = mediaType;
            context.Response.ContentLength64 = body.Length;
            await context.Response.OutputStream.WriteAsync(body, cancellationToken);
            context.Response.Close();
        }
        catch (Exception error) when (error is HttpListenerException or IOException or ObjectDisposedException)
        {
            // The caller has gone away; at the gate all went on.
            context.Response.Abort();
        }
    }

    /// <summary>Reads what is left of a body: a caller who is still sending when the connection ends does not hear the answer.</summary>
    private static async Task IgnoreRestAsync(Stream rest, CancellationToken cancellationToken)
    {
        var bytes = new byte[MostBodyBytes];
        var (read, all) = (1, 0);
        while (read > 0 && all < MostIgnoredBytes)
        {
            read = await rest.ReadAsync(bytes, cancellationToken);
            all += read;
        }
    }

    private async Task<(int Status, string MediaType, byte[] Body)> AnswerAsync(
        HttpListenerRequest request, BrowserDrivers drivers, CancellationToken cancellationToken)
    {
        if (!HasKey(request))
        {
            return Refuse(Problem.Unauthenticated);
        }
        var path = request.Url?.AbsolutePath.Trim('/').Split('/') ?? [];
        switch (request.HttpMethod, path)
        {
            case ("GET", ["gates"]):
                return Answer(drivers.List());
            case ("GET", ["pictures", var id]):
                return drivers.FindPicture(id) is { } png ? (200, "image/png", png) : Refuse(Problem.NotFound);
            case ("POST", ["gates", var gate, "show"]) when drivers.Knows(Uri.UnescapeDataString(gate)):
                return await ReadAsync(request, cancellationToken) is { } show
                    ? Answer(await drivers.ShowAsync(Uri.UnescapeDataString(gate), show.Code, cancellationToken))
                    : Refuse(Problem.InvalidRequest);
            default:
                return Refuse(Problem.NotFound);
        }
    }

    private bool HasKey(HttpListenerRequest request) =>
        request.Headers["Authorization"] is { } text && text.StartsWith(Scheme, StringComparison.Ordinal)
        && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(text[Scheme.Length..])), _keyHash);

    /// <summary>The body; null if it is not one that this call takes.</summary>
    private static async Task<ShowRequest?> ReadAsync(HttpListenerRequest request, CancellationToken cancellationToken)
    {
        var bytes = new byte[MostBodyBytes + 1];
        var length = await request.InputStream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        if (length > MostBodyBytes)
        {
            return null;
        }
        try
        {
            var show = JsonSerializer.Deserialize<ShowRequest>(bytes.AsSpan(0, length), GateProtocolJson.Options);

            // A member that is left out is null, whatever its type says.
            return show?.Code is { Length: > 0 and <= ShowRequest.MostLength } ? show : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static (int Status, string MediaType, byte[] Body) Answer<T>(T answer) =>
        (200, "application/json", JsonSerializer.SerializeToUtf8Bytes(answer, GateProtocolJson.Options));

    private static (int Status, string MediaType, byte[] Body) Refuse(Problem problem) =>
        (problem.Status, "application/problem+json", JsonSerializer.SerializeToUtf8Bytes(problem, GateProtocolJson.Options));
}

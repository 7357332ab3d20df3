using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using NodaTime;
using Parking.Api.Tests.Infrastructure;
using Parking.GateProtocol;

namespace Parking.Api.Tests.Gates;

/// <summary>kill −9 of the service on its embedded store under traffic, again and again: whatever was answered is still true.</summary>
public sealed class ServiceKills : IAsyncDisposable
{
    private const int AnswersBetweenKills = 40;

    private static readonly string[] Facilities = ["lujiazui", "jingan-temple", "nanjing-west-street", "xuhui-hospital"];

    private readonly TempFolder _folder = new();
    private readonly ServiceProcess _service;

    public ServiceKills() => _service = new(_folder.Path);

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task EveryAnsweredScan_OutlivesTheService()
    {
        await _service.StartAsync();
        var lanes = Enumerable.Range(0, 8).Select(lane => new Lane(_service, lane)).ToArray();
        for (var kill = 0; kill < Depth.Kills; kill++)
        {
            var answered = 0;
            var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var traffic = lanes.Select(lane => lane.DriveUntilTheServiceIsGoneAsync(() =>
            {
                if (Interlocked.Increment(ref answered) == AnswersBetweenKills)
                {
                    enough.SetResult();
                }
            })).ToArray();

            await Task.WhenAny(enough.Task, Task.WhenAll(traffic));
            await _service.KillAsync();
            await Task.WhenAll(traffic);
            Assert.True(answered >= AnswersBetweenKills, "The service went away by itself.");
            await _service.StartAsync();
            await Task.WhenAll(lanes.Select(lane => lane.RepeatWhatWasNotAnsweredAsync()));
            await AssertOccupancyIsTheOpenStaysAsync(lanes);
        }

        foreach (var lane in lanes)
        {
            await lane.AssertNothingIsLostAsync();
        }
    }

    private async Task AssertOccupancyIsTheOpenStaysAsync(Lane[] lanes)
    {
        using var anybody = new HttpClient { BaseAddress = _service.Address };
        var occupancy = await anybody.GetFromJsonAsync<JsonElement>("/v1/facilities", TestContext.Current.CancellationToken);
        foreach (var facility in occupancy.GetProperty("facilities").EnumerateArray())
        {
            var open = lanes.Sum(lane => lane.InsideOf(facility.GetProperty("id").GetString()!));
            Assert.Equal(open, facility.GetProperty("occupancy").GetProperty("occupied").GetInt32());
        }
    }

    /// <summary>Lets one driver after another in, and every second one out again, and remembers every answer.</summary>
    private sealed class Lane(ServiceProcess service, int number)
    {
        private readonly string _facility = Facilities[number % Facilities.Length];
        private readonly Dictionary<string, ScanAnswer> _opened = [];
        private int _driver;
        private bool _isInside;
        private long _seq;
        private (string Gate, ReportedScan Scan)? _unanswered;

        private string Driver => $"driver-{number}-{_driver}";

        public int InsideOf(string facility) => facility == _facility ? _opened.Values.Count(answer => answer.Stay!.ExitedAt is null) : 0;

        public async Task DriveUntilTheServiceIsGoneAsync(Action answered)
        {
            try
            {
                while (true)
                {
                    await MoveAsync();
                    answered();
                }
            }
            catch (Exception error) when (error is HttpRequestException { StatusCode: null } or SocketException)
            {
                // The service was killed: what was under way is repeated later.
            }
        }

        public async Task RepeatWhatWasNotAnsweredAsync()
        {
            if (_unanswered is not null)
            {
                await MoveAsync();
            }
        }

        public async Task AssertNothingIsLostAsync()
        {
            foreach (var (driver, answer) in _opened)
            {
                using var phone = service.CitizenClient(driver);
                var stay = await phone.GetFromJsonAsync<JsonElement>($"/v1/stays/{answer.Stay!.Id}", TestContext.Current.CancellationToken);
                Assert.Equal(answer.Stay.ExitedAt is null ? "open" : "exited", stay.GetProperty("ending").GetString());
            }
        }

        private async Task MoveAsync()
        {
            var (gate, scan) = _unanswered ??= await NextAsync();
            using var client = service.GateClient(gate);
            var upload = new EventUpload { Journal = $"00000000000000{number:x2}", Events = [scan] };
            var response = await client.PostAsJsonAsync(
                $"/v1/gates/{gate}/events", upload, GateProtocolJson.Options, TestContext.Current.CancellationToken);
            response.EnsureSuccessStatusCode();
            var told = await response.Content.ReadFromJsonAsync<UploadAnswer>(
                GateProtocolJson.Options, TestContext.Current.CancellationToken);
            var answer = Assert.Single(told!.Answers).Scan!;
            Assert.Equal(_isInside ? ScanReason.Exited : ScanReason.Entered, answer.Reason);
            _unanswered = null;
            _opened[Driver] = answer;
            if (_isInside || number % 2 == 0)
            {
                (_driver, _isInside) = (_driver + 1, false);
            }
            else
            {
                _isInside = true;
            }
        }

        private async Task<(string Gate, ReportedScan Scan)> NextAsync()
        {
            using var phone = service.CitizenClient(Driver);
            var response = await phone.PostAsJsonAsync("/v1/codes", new { }, TestContext.Current.CancellationToken);
            response.EnsureSuccessStatusCode();
            var code = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
            var gate = $"{_facility}-{(_isInside ? "out" : "in")}-1";
            return (gate, new()
            {
                Seq = ++_seq,
                DeviceTime = Instant.FromUnixTimeSeconds(0),
                Code = code.GetProperty("code").GetString()!,
            });
        }
    }
}

using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Parking.Api.Hosting.Ndjson;
using Parking.Api.Tariffs;
using Parking.Api.Tests.Infrastructure;
using Parking.Facilities;

namespace Parking.Api.Tests.Tariffs;

/// <summary>
/// A call between two pipes on which everything runs in the writer's turn: what is done and what waits does not depend on time.
/// </summary>
public sealed class QuoteStreamTests(SharedApplication shared) : IClassFixture<SharedApplication>, IDisposable
{
    private const string Stay = "{\"enteredAt\":\"2026-05-04T00:00:00Z\",\"exitedAt\":\"2026-05-04T01:00:00Z\"}\n";

    private readonly ParkingApplication _app = shared.App;
    private readonly Pipe _stays = new(InTurn());
    private readonly Pipe _answers = new(InTurn());
    private readonly CancellationTokenSource _gone = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _gone.Dispose();

    [Fact]
    public async Task Stays_WhileNobodyReadsTheAnswers_AreNotReadOn()
    {
        var call = StartAsync();

        // The pipes hold 4 KB each, and the call holds one turn of answers. Without back-pressure it would take all of these.
        var taken = 0;
        while (taken < 100_000 && IsTaken(Stay))
        {
            taken++;
        }

        Assert.InRange(taken, 1, 1000);
        Assert.False(call.IsCompleted);

        // Once its answers are read, it goes on to the end.
        await _stays.Writer.CompleteAsync();
        var answers = 0;
        while (await _answers.Reader.ReadAsync(Cancellation) is { Buffer: var buffer, IsCompleted: var isLast })
        {
            answers += Encoding.UTF8.GetString(buffer).Count(c => c == '\n');
            _answers.Reader.AdvanceTo(buffer.End);
            if (isLast)
            {
                break;
            }
        }

        await call;
        Assert.Equal(taken + 1, answers);
    }

    [Fact]
    public async Task Call_WhoseCallerGoesWhileItWaitsForStays_Ends()
    {
        var call = StartAsync();

        await _gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task Call_WhoseCallerGoesWhileItWaitsToAnswer_Ends()
    {
        var call = StartAsync();
        while (IsTaken(Stay))
        {
        }

        await _gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    private static PipeOptions InTurn() => new(
        readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline, pauseWriterThreshold: 4096,
        resumeWriterThreshold: 2048, useSynchronizationContext: false);

    /// <summary>Sends a part of the body; false if it fills the pipe and has to wait.</summary>
    private bool IsTaken(string part) => _stays.Writer.WriteAsync(Encoding.ASCII.GetBytes(part), Cancellation).AsTask().IsCompleted;

    private async Task StartAsync()
    {
        var tariff = _app.Services.GetRequiredService<CityDirectory>().FindFacility(new("hsp"))!.Tariff!;
        var http = new DefaultHttpContext { RequestServices = _app.Services, RequestAborted = _gone.Token };
        http.Features.Set<IHttpResponseBodyFeature>(new PipeBody(_answers.Writer));
        try
        {
            var order = new QuoteOrder(tariff, Lines: false, NextChange: false);
            await new QuoteStream(new NdjsonReader(_stays.Reader), order).ExecuteAsync(http);
        }
        finally
        {
            await _answers.Writer.CompleteAsync();
        }
    }

    private sealed class PipeBody(PipeWriter writer) : IHttpResponseBodyFeature
    {
        public Stream Stream => writer.AsStream();

        public PipeWriter Writer => writer;

        public Task CompleteAsync() => writer.CompleteAsync().AsTask();

        public void DisableBuffering()
        {
        }

        public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;
    }
}

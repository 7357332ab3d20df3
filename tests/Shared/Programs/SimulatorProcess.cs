using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Parking.Simulation.Service;

namespace Parking.Tests;

/// <summary>Runs the built simulator as a separate process, as a person would.</summary>
internal sealed class SimulatorProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<string>> _awaited = new();

    private SimulatorProcess(Process process)
    {
        _process = process;
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
    }

    public string Output => string.Join('\n', _lines);

    public int Id => _process.Id;

    public static SimulatorProcess Start(IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(ServiceLocation.FindDotnet())
        {
            // The program must not depend on the current directory.
            WorkingDirectory = Path.GetTempPath(),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.ArgumentList.Add(FindSimulator());
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }
        var simulator = new SimulatorProcess(new Process { StartInfo = start });
        simulator._process.Start();
        simulator._process.BeginOutputReadLine();
        simulator._process.BeginErrorReadLine();
        return simulator;
    }

    /// <summary>Waits for a line with this beginning, and fails if the program ends without writing it.</summary>
    public async Task<string> WaitForLineAsync(string beginning, CancellationToken cancellationToken)
    {
        var awaited = _awaited.GetOrAdd(
            beginning,
            _ => new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously));
        if (_lines.FirstOrDefault(line => line.StartsWith(beginning, StringComparison.Ordinal)) is { } line)
        {
            awaited.TrySetResult(line);
        }

        // WaitForExitAsync completes only after the last line has been received, so no line is missed.
        await Task.WhenAny(awaited.Task, _process.WaitForExitAsync(cancellationToken)).WaitAsync(Patience.Limit, cancellationToken);
        Assert.True(awaited.Task.IsCompleted, $"The program wrote no line \"{beginning}…\". It wrote:\n{Output}");
        return await awaited.Task;
    }

    /// <summary>The processes that it has started and that still run, with those that they have started.</summary>
    public async Task<IReadOnlyList<int>> FindChildrenAsync(CancellationToken cancellationToken)
    {
        var found = new List<int> { Id };
        for (var n = 0; n < found.Count; n++)
        {
            using var list = Process.Start(new ProcessStartInfo("pgrep", ["-P", $"{found[n]}"]) { RedirectStandardOutput = true })!;
            var lines = await list.StandardOutput.ReadToEndAsync(cancellationToken);
            await list.WaitForExitAsync(cancellationToken);
            found.AddRange(
                lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(id => int.Parse(id, CultureInfo.InvariantCulture)));
        }
        return found[1..];
    }

    /// <summary>What Ctrl+C in a terminal sends (SIGINT). Windows has no program for it.</summary>
    public Task InterruptAsync(CancellationToken cancellationToken) => SignalAsync("INT", cancellationToken);

    /// <summary>Sends a signal: <c>INT</c>, <c>TERM</c>, or <c>HUP</c>, which a terminal sends when it is closed.</summary>
    public async Task SignalAsync(string signal, CancellationToken cancellationToken)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{Id}"]);
        await kill.WaitForExitAsync(cancellationToken);
        Assert.Equal(0, kill.ExitCode);
    }

    public async Task<int> WaitForExitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }
        _process.Dispose();
    }

    private void Take(string? line)
    {
        if (line is null)
        {
            return;
        }
        _lines.Enqueue(line);
        foreach (var (beginning, awaited) in _awaited)
        {
            if (line.StartsWith(beginning, StringComparison.Ordinal))
            {
                awaited.TrySetResult(line);
            }
        }
    }

    /// <summary>The simulator's program file, built in the same configuration as the tests.</summary>
    private static string FindSimulator()
    {
        var configuration = typeof(SimulatorProcess).Assembly
            .GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration ?? "Debug";
        var path = Path.Combine(Repository.Root, "src", "ScannerSim", "bin", configuration, "net10.0", "ScannerSim.dll");
        return File.Exists(path) ? path : throw new FileNotFoundException($"{path} is not built.");
    }
}

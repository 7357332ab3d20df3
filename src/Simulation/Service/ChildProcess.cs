using System.Diagnostics;

namespace Parking.Simulation.Service;

/// <summary>
/// A process that this one started. It and its own child processes are killed when this object is disposed, and when this process ends by
/// return, unhandled exception or signal. Its last lines of output are kept for error messages.
/// </summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private const int KeptLines = 20;

    private readonly Process _process;
    private readonly Action<string>? _onLine;
    private readonly Queue<string> _lastLines = new();
    private readonly Lock _gate = new();
    private bool _isDisposed;

    private ChildProcess(ProcessStartInfo start, Action<string>? onLine)
    {
        _onLine = onLine;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
    }

    public bool HasExited => _process.HasExited;

    /// <summary>The processor time that it has used so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>The last lines of output, oldest first.</summary>
    public IReadOnlyList<string> LastLines
    {
        get
        {
            lock (_gate)
            {
                return [.. _lastLines];
            }
        }
    }

    /// <summary>Starts a program.</summary>
    /// <param name="start">The program. Its output is redirected and its input is closed.</param>
    /// <param name="onLine">Called with each line of output, on another thread.</param>
    /// <exception cref="ServiceStartException">The program cannot be started.</exception>
    public static ChildProcess Start(ProcessStartInfo start, Action<string>? onLine = null)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = start.RedirectStandardInput = true;
        start.UseShellExecute = false;
        start.Environment["DOTNET_EnableDiagnostics"] = "0"; // A killed .NET process would leave its sockets in the temporary folder.
        var child = new ChildProcess(start, onLine);
        try
        {
            child._process.Start();
        }
        catch (Exception error) when (error is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            throw new ServiceStartException($"{start.FileName} cannot be started: {error.Message}", error);
        }
        AppDomain.CurrentDomain.ProcessExit += child.EndNow;
        AppDomain.CurrentDomain.UnhandledException += child.EndNow;
        child._process.StandardInput.Close();
        child._process.BeginOutputReadLine();
        child._process.BeginErrorReadLine();
        return child;
    }

    /// <summary>Waits until the process has ended and its last line is in <see cref="LastLines"/>.</summary>
    public Task WaitForExitAsync(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);

    /// <summary>Kills the process and its child processes (SIGKILL). May be called more than once.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }
        _isDisposed = true;
        AppDomain.CurrentDomain.ProcessExit -= EndNow;
        AppDomain.CurrentDomain.UnhandledException -= EndNow;
        End();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void EndNow(object? sender, EventArgs e) => End();

    private void End()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // The process has already ended.
        }
    }

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }
        lock (_gate)
        {
            _lastLines.Enqueue(line);
            if (_lastLines.Count > KeptLines)
            {
                _lastLines.Dequeue();
            }
        }
        _onLine?.Invoke(line);
    }
}

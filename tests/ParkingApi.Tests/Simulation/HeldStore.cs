using System.Reflection;
using Parking.Ports;

namespace Parking.Api.Tests.Simulation;

/// <summary>A store without taken spaces. Once it is held, it does not answer until it is let go. It can do nothing else.</summary>
public class HeldStore : DispatchProxy
{
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _letGo = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private volatile bool _isHeld;

    /// <summary>Completed by the first question after it was held.</summary>
    internal Task Asked => _asked.Task;

    internal static ILiveStore Create() => Create<ILiveStore, HeldStore>();

    internal void Hold() => _isHeld = true;

    internal void LetGo() => _letGo.SetResult();

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod?.Name switch
    {
        nameof(ILiveStore.GlanceAsync) => GlanceAsync(((System.Collections.IEnumerable)args![0]!).Cast<object>().Count()),
        nameof(ILiveStore.LifeAsync) => Task.FromResult(new StoreLife([new("00000001", default, default)])),
        nameof(ILiveStore.ProbeAsync) => Task.CompletedTask,
        _ => throw new NotSupportedException(targetMethod?.Name),
    };

    private async Task<IReadOnlyList<FacilityGlance>> GlanceAsync(int facilities)
    {
        if (_isHeld)
        {
            _asked.TrySetResult();
            await _letGo.Task;
        }

        return [.. Enumerable.Repeat(new FacilityGlance(0, false, 0, 0, []), facilities)];
    }
}

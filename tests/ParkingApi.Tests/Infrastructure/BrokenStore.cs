using System.Reflection;
using Parking.Ports;

namespace Parking.Api.Tests.Infrastructure;

/// <summary>
/// A store on which every call fails in the same way. Made by reflection, so that it need not follow each change of the interface.
/// </summary>
public class BrokenStore : DispatchProxy
{
    private Action _fail = () => { };

    internal static ILiveStore Create(Action fail)
    {
        var store = Create<ILiveStore, BrokenStore>();
        ((BrokenStore)(object)store)._fail = fail;
        return store;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        _fail();
        return null;
    }
}

using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Parking.Ports;

namespace Parking.Api.Tests.Infrastructure;

/// <summary>Takes the store of a service away after so many calls.</summary>
public sealed class OutageOfStore
{
    private int _callsLeft = int.MaxValue;

    public void AfterCalls(int count) => _callsLeft = count;

    public void Over() => _callsLeft = int.MaxValue;

    /// <summary>For <see cref="ParkingApplication.Replace"/>.</summary>
    public void Use(IServiceCollection services) => Use<ILiveStore>(services);

    /// <summary>The same for the accounts.</summary>
    public void UseForAccounts(IServiceCollection services) => Use<IAccountStore>(services);

    private void Use<T>(IServiceCollection services)
        where T : class
    {
        var store = services.Single(service => service.ServiceType == typeof(T)).ImplementationFactory!;
        services.Replace(ServiceDescriptor.Singleton(provider => Proxy.Create((T)store(provider), this)));
    }

    private void Count()
    {
        if (_callsLeft != int.MaxValue && _callsLeft-- <= 0)
        {
            throw new StoreUnavailableException("The store is away.");
        }
    }

    public class Proxy : DispatchProxy
    {
        private object? _store;
        private OutageOfStore? _outage;

        internal static T Create<T>(T store, OutageOfStore outage)
            where T : class
        {
            var proxy = Create<T, Proxy>();
            ((Proxy)(object)proxy)._store = store;
            ((Proxy)(object)proxy)._outage = outage;
            return proxy;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            _outage!.Count();
            return targetMethod!.Invoke(_store, args);
        }
    }
}

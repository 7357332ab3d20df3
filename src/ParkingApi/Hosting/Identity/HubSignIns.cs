using Microsoft.AspNetCore.SignalR;

namespace Parking.Api.Hosting.Identity;

/// <summary>
/// Checks at each call of a hub, and all the time in between, that the sign-in behind the connection still counts. Otherwise the connection
/// ends, and with it its subscriptions. The client hears SignalR's close message; when it connects again, it is told to sign in.
/// </summary>
internal sealed class HubSignIns(SignInWatch watch, ServiceSecrets secrets) : IHubFilter
{
    private static readonly object Watching = new();

    public async Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        if (SignIn.Of(context.Context.User!, secrets) is { } signIn)
        {
            context.Context.Items[Watching] = watch.Add(signIn, context.Context.Abort);
        }

        await next(context);
    }

    public async ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        if (SignIn.Of(invocationContext.Context.User!, secrets) is { } signIn && !await watch.StandAsync(signIn))
        {
            invocationContext.Context.Abort();
            throw new HubException("This sign-in has ended. Sign in again.");
        }

        return await next(invocationContext);
    }

    public Task OnDisconnectedAsync(HubLifetimeContext context, Exception? exception, Func<HubLifetimeContext, Exception?, Task> next)
    {
        (context.Context.Items[Watching] as IDisposable)?.Dispose();
        return next(context, exception);
    }
}

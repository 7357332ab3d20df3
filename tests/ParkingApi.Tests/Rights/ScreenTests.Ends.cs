using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Parking.Api.Hosting.Identity;
using Parking.Api.Tests.Infrastructure;
using Parking.Ports;

namespace Parking.Api.Tests.Rights;

/// <summary>How a screen ends: it is revoked, or what is kept of it is damaged.</summary>
public sealed partial class ScreenTests
{
    [Fact]
    public async Task RevokedScreen_IsRefusedAtOnce_AndItsIdNamesNoOther()
    {
        var named = await NameAsync("city");
        var cookie = await OpenAsync(named.Code!);

        Assert.Equal(HttpStatusCode.NoContent, await RevokeAsync(named.Id));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(cookie, "/v1/gates"));
        Assert.Equal(HttpStatusCode.NotFound, await RevokeAsync(named.Id));

        foreach (var scope in new[] { "city", "district:huangpu" })
        {
            using var anew = await PostAsync(new() { Id = named.Id, Name = Name, Scope = scope });
            await ProblemAssert.IsAsync(anew, HttpStatusCode.Conflict, "screen-conflict");
        }

        var list = await ListAsync();
        Assert.Empty(list.Screens);
        Assert.Null(list.Unreadable);
        Assert.DoesNotContain(_app.Log.Lines, line => line.Contains("ScreenUnreadable", StringComparison.Ordinal));
        Assert.DoesNotContain(Name, (await _app.Services.GetRequiredService<IScreenStore>().FindAsync(named.Id))!.Value.Content);
    }

    [Fact]
    public async Task RevokedScreen_ThatWasNotOpened_IsNotOpenedAnyMore()
    {
        var named = await NameAsync("city");
        await RevokeAsync(named.Id);

        using var answer = await PostCodeAsync(named.Code!);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task HubOfARevokedScreen_EndsWithinThirtySeconds()
    {
        _app.OnKestrel();
        var (revoked, other) = (await NameAsync("city"), await NameAsync("city", n: 1));
        var ended = await ConnectAsync(await OpenAsync(revoked.Code!));
        var goesOn = await ConnectAsync(await OpenAsync(other.Code!));

        await RevokeAsync(revoked.Id);
        _clock.Advance(SignInWatch.Period);

        await ended.WaitAsync(Patience.Limit, Cancellation);
        Assert.False(goesOn.IsCompleted);
    }

    /// <summary>What is kept of two of three screens is damaged: of one that was opened, and of one that was not.</summary>
    [Fact]
    public async Task ScreenThatCannotBeRead_IsRefused_AndCanBeRevoked_AndTheOthersGoOn()
    {
        var (opened, closed, sound) = (await NameAsync("city"), await NameAsync("city", n: 1), await NameAsync("city", n: 2));
        var cookie = await OpenAsync(opened.Code!);
        await DamageAsync(opened.Id);
        await DamageAsync(closed.Id);

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(cookie, "/v1/gates"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(await OpenAsync(sound.Code!), "/v1/gates"));
        var list = await ListAsync();
        Assert.Equal([sound.Id], list.Screens.Select(screen => screen.Id));
        Assert.Equal([opened.Id, closed.Id], list.Unreadable!);
        using var again = await PostAsync(new() { Id = closed.Id, Name = Name, Scope = "city" });
        await ProblemAssert.IsAsync(again, HttpStatusCode.Conflict, "screen-conflict");
        Assert.Equal(HttpStatusCode.NoContent, await RevokeAsync(closed.Id));
        Assert.Equal([opened.Id], (await ListAsync()).Unreadable!);
        using var afterwards = await PostAsync(new() { Id = closed.Id, Name = Name, Scope = "city" });
        await ProblemAssert.IsAsync(afterwards, HttpStatusCode.Conflict, "screen-conflict");
        Assert.Contains(_app.Log.Lines, line => line.Contains("ScreenUnreadable", StringComparison.Ordinal));
    }

    private async Task DamageAsync(string id)
    {
        var store = _app.Services.GetRequiredService<IScreenStore>();
        Assert.True(await store.SwapAsync(id, (await store.FindAsync(id))!.Value.Content, """{"v":9}"""));
    }
}

using Parking.Simulation.Service;

namespace Parking.ScannerSim.Tests.Service;

public class StoreChoiceTests
{
    private static readonly (string, Version) New = ("/somewhere/redis-server", new Version(7, 0, 15));
    private static readonly (string, Version) Old = ("/somewhere/redis-server", new Version(6, 2, 0));

    [Fact]
    public void Make_AutoWithRedis_TakesItAndSaysWhy()
    {
        var choice = StoreChoice.Make(StoreKind.Auto, New);

        Assert.Equal("/somewhere/redis-server", choice.RedisProgram);
        Assert.Contains("7.0.15, found on the PATH", choice.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Make_AutoWithoutRedis_EmbedsAndSaysWhy()
    {
        var choice = StoreChoice.Make(StoreKind.Auto, null);

        Assert.Null(choice.RedisProgram);
        Assert.Contains("no redis-server", choice.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Make_AutoWithOldRedis_EmbedsAndSaysWhy()
    {
        var choice = StoreChoice.Make(StoreKind.Auto, Old);

        Assert.Null(choice.RedisProgram);
        Assert.Contains("6.2.0 on the PATH is older than 7", choice.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Make_EmbeddedAskedFor_IgnoresRedis() => Assert.Null(StoreChoice.Make(StoreKind.Embedded, New).RedisProgram);

    [Fact]
    public void Make_RedisAskedForAndMissing_SaysWhatToDo()
    {
        var error = Assert.Throws<ServiceStartException>(() => StoreChoice.Make(StoreKind.Redis, null));

        Assert.Contains("--store embedded", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Make_RedisAskedForAndTooOld_Throws() => Assert.Throws<ServiceStartException>(() => StoreChoice.Make(StoreKind.Redis, Old));
}

namespace Parking.Api.Tests.Infrastructure;

/// <summary>A service with the keys, the secrets and the clock of another service, and an empty store.</summary>
internal sealed class EmptiedApplication : IDisposable
{
    private readonly TempFolder _folder = new();

    public EmptiedApplication(ParkingApplication other)
    {
        foreach (var file in Directory.GetFiles(other.PathOf("."), "*.json"))
        {
            File.Copy(file, _folder.PathOf(Path.GetFileName(file)));
        }

        App = new(("Data:Folder", _folder.Path)) { Replace = other.Replace };
        App.Time.AdjustTime(other.Time.GetUtcNow());
    }

    public ParkingApplication App { get; }

    public void Dispose()
    {
        App.Dispose();
        _folder.Dispose();
    }
}

namespace Parking.Api.Recording;

/// <summary>Registers the recording of gate events.</summary>
internal static class RecordingSetup
{
    public static void AddRecording(this IServiceCollection services) => services.AddSingleton<Recorder>().AddSingleton<RecordingLines>();
}

namespace Parking.Api.Recording;

/// <summary>Recording what happens at the gates.</summary>
internal static class RecordingSetup
{
    public static void AddRecording(this IServiceCollection services) => services.AddSingleton<Recorder>().AddSingleton<RecordingLines>();
}

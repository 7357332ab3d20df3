using OpenTelemetry.Metrics;

namespace Parking.Api.Hosting.Metrics;

/// <summary>Registers the metrics and their exporter.</summary>
internal static class MetricsSetup
{
    private const string StandardEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>
    /// Always counts. Sends by OTLP only if <c>OpenTelemetry:Endpoint</c> or the standard variable
    /// <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names a receiver.
    /// </summary>
    public static void AddParkingMetrics(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ParkingMetrics>();
        var endpoint = builder.Configuration["OpenTelemetry:Endpoint"];
        if (string.IsNullOrEmpty(endpoint) && string.IsNullOrEmpty(builder.Configuration[StandardEndpoint]))
        {
            return;
        }

        builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter(ParkingMetrics.MeterName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime")
            .AddOtlpExporter(exporter =>
            {
                if (!string.IsNullOrEmpty(endpoint))
                {
                    exporter.Endpoint = new(endpoint);
                }
            }));
    }
}

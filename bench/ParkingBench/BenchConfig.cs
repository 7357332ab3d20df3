using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Order;
using Perfolizer.Horology;

namespace Parking.Bench;

/// <summary>
/// How everything is measured: many iterations of about two milliseconds, shorter than a scheduler's time slice. On a machine that others
/// use, most of them run undisturbed and the rest are outliers, so that ratios hold there too. (With iterations of 200 ms at a load of 12,
/// the same check of a code came out between 0.77 and 1.1 times its own signature.) The long warm-up gives the just-in-time compiler time.
/// </summary>
internal sealed class BenchConfig : ManualConfig
{
    public BenchConfig()
    {
        AddJob(Job.Default
            .WithWarmupCount(1000)
            .WithIterationCount(200)
            .WithIterationTime(TimeInterval.FromMilliseconds(2))
            .AsDefault());
        AddColumnProvider(DefaultColumnProviders.Instance);
        AddColumn(StatisticColumn.Median, StatisticColumn.Min);
        AddLogger(ConsoleLogger.Default);
        AddExporter(MarkdownExporter.GitHub);
        WithOrderer(new DefaultOrderer(SummaryOrderPolicy.Declared));
        HideColumns(Column.Error, Column.RatioSD, Column.Gen0, Column.Gen1, Column.Gen2, Column.InvocationCount, Column.UnrollFactor);
    }
}

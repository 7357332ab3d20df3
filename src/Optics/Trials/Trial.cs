using System.Collections.Concurrent;
using Parking.Optics.Corpora;
using Parking.Optics.Images;
using Parking.Optics.Readers;

namespace Parking.Optics.Trials;

/// <summary>
/// Puts frames before a reader. They are made on all processors, some at a time, and then, while nothing else runs, read one after the other:
/// so that what is measured is the reading.
/// </summary>
public sealed class Trial(OpticsOptions options, TimeProvider time)
{
    private const int FramesAtOnce = 32;

    /// <summary>As many frames are read before it counts: a gate's reader has been running for months, its code is compiled and warm.</summary>
    private const int WarmUpFrames = 48;

    private readonly IPictureReader[] _readers = [.. Enumerable.Range(0, options.Jobs).Select(_ => PictureReaders.Create(options.Reader, time))];
    private readonly List<FrameOutcome> _outcomes = [];
    private readonly List<string> _unreadable = [];
    private readonly ConcurrentBag<TimeSpan> _making = [];
    private TimeSpan _reading;
    private int _saved;

    public TrialResult Run(IReadOnlyList<PlannedFrame> corpus, IProgress<double> progress, CancellationToken cancellationToken)
    {
        if (options.Jobs == 1 && options.Reader != PictureReaders.Zbar)
        {
            WarmUp(corpus);
        }
        for (var first = 0; first < corpus.Count; first += FramesAtOnce)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadSome([.. corpus.Skip(first).Take(FramesAtOnce)]);
            progress.Report((double)_outcomes.Count / corpus.Count);
        }
        return new TrialResult(_outcomes, _unreadable, _making.IsEmpty ? TimeSpan.Zero : TimeSpan.FromTicks((long)_making.Average(static took => took.Ticks)), _reading);
    }

    private void WarmUp(IReadOnlyList<PlannedFrame> corpus)
    {
        var count = Math.Min(WarmUpFrames, corpus.Count);
        var spread = Enumerable.Range(0, count).Select(i => corpus[(int)((long)i * corpus.Count / count)]);
        _readers[0].Read([.. TakeAll([.. spread]).OfType<TrueFrame>().Select(static frame => frame.Picture)]);
        _making.Clear();
        _unreadable.Clear();
    }

    private void ReadSome(PlannedFrame[] planned)
    {
        var frames = TakeAll(planned);
        if (options.SaveFolder is { } folder)
        {
            // Numbered in the order of the corpus, whoever is done first.
            Parallel.For(0, frames.Length, i => Save(frames[i], folder, _saved + i + 1));
            _saved += frames.Length;
        }
        var there = Enumerable.Range(0, frames.Length).Where(i => frames[i] is not null).ToArray();
        var started = time.GetTimestamp();
        var answers = ReadAll([.. there.Select(i => frames[i]!.Picture)]);
        _reading += time.GetElapsedTime(started);
        for (var i = 0; i < there.Length; i++)
        {
            var took = options.Jobs == 1 ? answers[i].Took : null;
            _outcomes.Add(FrameOutcome.Of(planned[there[i]], frames[there[i]]!, answers[i].Text, took));
        }
    }

    private static void Save(TrueFrame? frame, string folder, int number)
    {
        if (frame is not null)
        {
            CorpusFolder.Save(frame, folder, number);
        }
    }

    /// <summary>Takes frames on all processors; null for one whose file cannot be used.</summary>
    private TrueFrame?[] TakeAll(PlannedFrame[] planned)
    {
        var frames = new TrueFrame?[planned.Length];
        Parallel.For(0, planned.Length, i =>
        {
            var started = time.GetTimestamp();
            try
            {
                frames[i] = planned[i].Take();
                _making.Add(time.GetElapsedTime(started));
            }
            catch (PictureFileException error)
            {
                lock (_unreadable)
                {
                    _unreadable.Add(error.Message);
                }
            }
        });
        return frames;
    }

    private IReadOnlyList<PictureAnswer> ReadAll(GreyPicture[] pictures)
    {
        if (_readers.Length == 1)
        {
            return _readers[0].Read(pictures);
        }
        var answers = new PictureAnswer[pictures.Length];
        Parallel.For(0, _readers.Length, new ParallelOptions { MaxDegreeOfParallelism = _readers.Length }, job =>
        {
            var mine = Enumerable.Range(0, pictures.Length).Where(i => i % _readers.Length == job).ToArray();
            var read = _readers[job].Read([.. mine.Select(i => pictures[i])]);
            for (var i = 0; i < mine.Length; i++)
            {
                answers[mine[i]] = read[i];
            }
        });
        return answers;
    }
}

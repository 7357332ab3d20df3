using System.Collections.Concurrent;
using Parking.Optics.Corpora;
using Parking.Optics.Images;
using Parking.Optics.Readers;

namespace Parking.Optics.Trials;

/// <summary>
/// Runs readers on frames and measures them. A batch of frames is made on all processors. Then the frames are read one after the other
/// while nothing else runs, so that only reading is measured. Several readers take turns on the same batch, and each of them is first
/// equally often.
/// </summary>
public sealed class Trial
{
    private const int FramesAtOnce = 32;

    /// <summary>
    /// The number of frames read before measuring. A gate's reader runs for months, so start-up and compilation must not count.
    /// </summary>
    private const int WarmUpFrames = 48;

    private readonly OpticsOptions _options;
    private readonly TimeProvider _time;
    private readonly Entrant[] _entrants;
    private readonly List<string> _unreadable = [];
    private readonly ConcurrentBag<TimeSpan> _making = [];
    private int _turns, _saved;

    public Trial(OpticsOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _entrants = [.. options.Readers.Select(
            name => new Entrant(name, [.. Enumerable.Range(0, options.Jobs).Select(_ => PictureReaders.Create(name, time))]))];
    }

    /// <summary>Runs all readers on a corpus. The results have the order of <see cref="OpticsOptions.Readers"/>.</summary>
    public IReadOnlyList<TrialResult> Run(
        IReadOnlyList<PlannedFrame> corpus, IProgress<double> progress, CancellationToken cancellationToken)
    {
        if (_options.Jobs == 1)
        {
            WarmUp(corpus);
        }
        for (var first = 0; first < corpus.Count; first += FramesAtOnce)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadSome([.. corpus.Skip(first).Take(FramesAtOnce)], cancellationToken);
            progress.Report(Math.Min(1.0, (double)(first + FramesAtOnce) / corpus.Count));
        }
        var makingOne = _making.IsEmpty ? TimeSpan.Zero : TimeSpan.FromTicks((long)_making.Average(static took => took.Ticks));
        return [.. _entrants.Select(entrant => new TrialResult(entrant.Name, entrant.Outcomes, _unreadable, makingOne))];
    }

    private void WarmUp(IReadOnlyList<PlannedFrame> corpus)
    {
        var count = Math.Min(WarmUpFrames, corpus.Count);
        var spread = Enumerable.Range(0, count).Select(i => corpus[(int)((long)i * corpus.Count / count)]);
        GreyPicture[] pictures = [.. TakeAll([.. spread]).OfType<TrueFrame>().Select(static frame => frame.Picture)];
        foreach (var entrant in _entrants)
        {
            entrant.Read(pictures);
        }
        _making.Clear();
        _unreadable.Clear();
    }

    private void ReadSome(PlannedFrame[] planned, CancellationToken cancellationToken)
    {
        var frames = TakeAll(planned);
        if (_options.SaveFolder is { } folder)
        {
            // Numbers follow the order of the corpus, whichever frame is saved first.
            Parallel.For(0, frames.Length, i => Save(frames[i], folder, _saved + i + 1));
            _saved += frames.Length;
        }
        var there = Enumerable.Range(0, frames.Length).Where(i => frames[i] is not null).ToArray();
        GreyPicture[] pictures = [.. there.Select(i => frames[i]!.Picture)];
        for (var turn = 0; turn < _entrants.Length; turn++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var entrant = _entrants[(_turns + turn) % _entrants.Length];
            if (_entrants.Length > 1)
            {
                // Collect the garbage of the previous reader now, so that it does not add to the next reader's time.
                GC.Collect();
            }
            var answers = entrant.Read(pictures);
            for (var i = 0; i < there.Length; i++)
            {
                entrant.Outcomes.Add(
                    FrameOutcome.Of(planned[there[i]], frames[there[i]]!, answers[i].Text, _options.Jobs == 1 ? answers[i].Took : null));
            }
        }
        _turns++;
    }

    private static void Save(TrueFrame? frame, string folder, int number)
    {
        if (frame is not null)
        {
            CorpusFolder.Save(frame, folder, number);
        }
    }

    /// <summary>Takes frames on all processors. A frame is null if its file cannot be used.</summary>
    private TrueFrame?[] TakeAll(PlannedFrame[] planned)
    {
        var frames = new TrueFrame?[planned.Length];
        Parallel.For(0, planned.Length, i =>
        {
            var started = _time.GetTimestamp();
            try
            {
                frames[i] = planned[i].Take();
                _making.Add(_time.GetElapsedTime(started));
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

    /// <summary>A reader with one instance per job, and its results.</summary>
    private sealed record Entrant(string Name, IPictureReader[] Readers)
    {
        public List<FrameOutcome> Outcomes { get; } = [];

        /// <summary>Reads pictures and returns one answer for each, in the same order.</summary>
        public PictureAnswer[] Read(GreyPicture[] pictures)
        {
            var answers = new PictureAnswer[pictures.Length];
            if (Readers.Length == 1)
            {
                ReadEvery(0);
            }
            else
            {
                Parallel.For(0, Readers.Length, new ParallelOptions { MaxDegreeOfParallelism = Readers.Length }, ReadEvery);
            }
            return answers;

            void ReadEvery(int job)
            {
                for (var i = job; i < pictures.Length; i += Readers.Length)
                {
                    answers[i] = Readers[job].Read(pictures[i]);
                }
            }
        }
    }
}

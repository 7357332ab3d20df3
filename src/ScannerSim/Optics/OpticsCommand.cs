using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Parking.Optics;
using Parking.Optics.Corpora;
using Parking.Optics.Readers;
using Parking.Optics.Stages;
using Parking.Optics.Trials;

namespace Parking.ScannerSim.Optics;

/// <summary><c>optics</c>: how much of what a camera sees a reader reads, and how long it takes.</summary>
internal static class OpticsCommand
{
    private const string AllReaders = "all";

    private static readonly string Description = $"""
        Put frames before a QR reader: which it reads, which it misses, which it gets wrong, and how long it takes.

        Frames are made from a seed, by kinds of distortion at known strengths, or read from folders: pictures N.png with N.txt (the text),
        N.bin (its bytes) or N.json (as --save writes them). A frame counts as read only if the text is exact. Frames of decoys have no
        symbol: whatever is read there is wrong. Frames are made on all processors, then read one after the other while nothing else runs;
        build with -c Release. A higher rate at the price of one wrong text is a worse reader.
        --reader all puts the same frames before our reader, ZXing.Net and zbarimg, in turn. Making frames and opening their files is in no
        reader's time, but for zbarimg: a program that is started for each frame and opens it from a file, which its times include. Where it
        is not installed, the others are compared.
        Exits with 0, with 1 if a wrong text was read (with all: by ours) or a picture could not be used, with 2 if it could not run. The
        rate itself decides nothing.

        Kinds: sets {string.Join(", ", FrameKind.Sets.Keys)};
        {string.Join(", ", DistortionSets.All)};
        {string.Join(", ", Decoy.All.Select(static decoy => decoy.Name))}.
        A kind can be weaker or stronger (blur-055*0.5) and several can be one (blur-055+noise-30, decoy-print+gate-mix).

        Examples:
          optics
          optics --frames 500 --jobs 2 --montage misses.png           17,500 frames with a symbol, 6,000 without
          optics --kinds posed,gate-hard,motion*0.5+noise-30 --frames 100
          optics --symbols mixed --size 1920x1080 --json
          optics photos --rotate 0,90,180,270
          optics --kinds gate-hard --frames 1 --stages stages.png     one frame, and how it is read
          optics --frames 20 --reader all                             three readers side by side
          optics --frames 50 --save corpus                            and then: optics corpus --reader zbar
        """;

    public static Command Create(TimeProvider time)
    {
        var folders = new Argument<string[]>("folder")
        {
            Description = "Folders of pictures with their texts beside them; without, frames are made.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var frames = Options.Number(
            "--frames", $"How many frames of each kind, up to {OpticsOptions.MostFrames}.", OpticsOptions.DefaultFrames, 1,
            OpticsOptions.MostFrames);
        var seed = new Option<long>("--seed") { Description = "Settles texts, poses, noise and light.", DefaultValueFactory = _ => 1 };
        var kinds = new Option<IReadOnlyList<FrameKind>>("--kinds")
        {
            Description = "Which kinds, divided by commas; all where nothing is said.",
            HelpName = "KINDS",
            CustomParser = ParseKinds,
        };
        var strength = new Option<float>("--strength")
        {
            Description = $"How strong they are: 0.5 is half, at most {FrameKind.MostStrength}.",
            DefaultValueFactory = _ => 1,
            CustomParser = ParseStrength,
        };
        var symbols = new Option<SymbolMix>("--symbols")
        {
            Description = "Texts like our codes (version 7, level M), or versions 1 to 15 at all levels.",
            HelpName = "code|mixed",
            DefaultValueFactory = _ => SymbolMix.Code,
        };
        symbols.AcceptOnlyFromAmong("code", "mixed");
        var size = new Option<(int, int)?>("--size")
        {
            Description = $"The size of a frame; {Camera.Width}x{Camera.Height} where nothing is said.",
            HelpName = "WIDTHxHEIGHT",
            CustomParser = ParseSize,
        };
        var rotate = new Option<IReadOnlyList<int>>("--rotate")
        {
            Description = "Read each picture turned by 0, 90, 180 and 270 degrees, or some of these; with sums for each.",
            HelpName = "DEGREES",
            DefaultValueFactory = _ => [0],
            CustomParser = ParseTurns,
        };
        string[] readers = [.. PictureReaders.Names, AllReaders];
        var reader = new Option<string>("--reader")
        {
            Description = "Whose reader.",
            HelpName = string.Join('|', readers),
            DefaultValueFactory = _ => PictureReaders.Own,
        };
        reader.AcceptOnlyFromAmong(readers);
        var jobs = Options.Number(
            "--jobs", "How many frames are read at once; with more than one no times are told.", 1, 1, OpticsOptions.MostJobs);
        var save = new Option<string?>("--save")
        {
            Description = "Write every frame to a folder: N.png, N.txt, and N.json with kind, seed and corners.",
            HelpName = "FOLDER",
        };
        var montage = new Option<string?>("--montage")
        {
            Description = "Draw the hardest frames on one sheet, as PNG: wrong, then unread, then slow ones.",
            HelpName = "FILE.png",
        };
        var stages = new Option<string?>("--stages")
        {
            Description = "Draw how the hardest frame is read, step by step, as PNG: with --frames 1 that frame.",
            HelpName = "FILE.png",
        };
        var json = new Option<bool>("--json") { Description = "Write the result as JSON." };

        var command = new Command("optics", Description)
        {
            folders, frames, seed, kinds, strength, symbols, size, rotate, reader, jobs, save, montage, stages, json,
        };
        command.SetAction((result, cancellationToken) => RunAsync(
            new OpticsOptions
            {
                Folders = result.GetValue(folders) ?? [],
                Frames = (int)result.GetValue(frames),
                Seed = result.GetValue(seed),
                Kinds = result.GetValue(kinds) ?? FrameKind.Sets["all"],
                Strength = result.GetValue(strength),
                Symbols = result.GetValue(symbols),
                Size = result.GetValue(size) ?? (Camera.Width, Camera.Height),
                Turns = result.GetRequiredValue(rotate),
                Readers = result.GetRequiredValue(reader) is var name && name == AllReaders ? PictureReaders.Names : [name],
                Jobs = (int)result.GetValue(jobs),
                SaveFolder = result.GetValue(save),
                MontagePath = result.GetValue(montage),
                StagesPath = result.GetValue(stages),
                AsJson = result.GetValue(json),
            },
            result.InvocationConfiguration.Output,
            result.InvocationConfiguration.Error,
            time,
            cancellationToken));
        return command;
    }

    private static Task<int> RunAsync(OpticsOptions options, TextWriter output, TextWriter errors, TimeProvider time,
        CancellationToken cancellationToken) => CommandRun.RunAsync(
        errors,
        "Stopped.",
        async () =>
        {
            List<string> leftOut = [.. options.Readers.Select(PictureReaders.WhyNot).OfType<string>()];
            if (leftOut.Count == options.Readers.Count)
            {
                await errors.WriteLineAsync(string.Join(Environment.NewLine, leftOut));
                return ExitCodes.CannotRun;
            }
            options = options with { Readers = [.. options.Readers.Where(static name => PictureReaders.WhyNot(name) is null)] };
            if (options.SaveFolder is { } folder)
            {
                if (options.Folders.Any(given => Path.GetFullPath(given) == Path.GetFullPath(folder)))
                {
                    await errors.WriteLineAsync($"--save {folder}: the frames are read from there; save them to another folder.");
                    return ExitCodes.CannotRun;
                }
                Directory.CreateDirectory(folder);
            }
            var corpus = options.Plan();
            var results = await LongWork.RunAsync(
                errors, $"{corpus.Count:N0} frames", time, progress => new Trial(options, time).Run(corpus, progress, cancellationToken));
            // With several readers ours is the first, and decides.
            var result = results[0];
            foreach (var unreadable in result.Unreadable)
            {
                await errors.WriteLineAsync(unreadable);
            }
            if (options.AsJson)
            {
                await output.WriteLineAsync(TrialJson.Of(results, options));
            }
            else
            {
                TrialReport.Write(output, results, options, leftOut);
            }
            if (options.MontagePath is { } path)
            {
                Montage.Save(result, path);
            }
            if (options.StagesPath is { } sheet && HardestFrames.First(result.Outcomes) is { } hardest)
            {
                StageSheet.Save(hardest.Frame.Take(), sheet);
            }
            return result.IsGood ? ExitCodes.Good : ExitCodes.Bad;
        },
        cancellationToken);

    private static IReadOnlyList<FrameKind>? ParseKinds(ArgumentResult result)
    {
        if (FrameKind.Parse(Token(result), out var unknown) is { } kinds)
        {
            return kinds;
        }
        result.AddError($"--kinds: there is no kind or set '{unknown}'; --help names them.");
        return null;
    }

    private static float ParseStrength(ArgumentResult result)
    {
        if (float.TryParse(Token(result), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var strength)
            && strength is >= 0 and <= FrameKind.MostStrength)
        {
            return strength;
        }
        result.AddError($"--strength must be from 0 to {FrameKind.MostStrength}.");
        return 1;
    }

    private static (int, int)? ParseSize(ArgumentResult result)
    {
        var sides = Token(result).Split('x');
        if (sides.Length == 2 && IsSide(sides[0], out var width) && IsSide(sides[1], out var height))
        {
            return (width, height);
        }
        result.AddError($"--size must be such as 1920x1080, each side from {OpticsOptions.LeastSide} to {OpticsOptions.MostSide}.");
        return null;
    }

    private static bool IsSide(string text, out int side) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out side)
            && side is >= OpticsOptions.LeastSide and <= OpticsOptions.MostSide;

    private static IReadOnlyList<int>? ParseTurns(ArgumentResult result)
    {
        string[] turns = ["0", "90", "180", "270"];
        var given = Token(result).Split(',', StringSplitOptions.TrimEntries);
        if (given.All(turns.Contains))
        {
            return [.. given.Distinct().Select(static turn => int.Parse(turn, CultureInfo.InvariantCulture))];
        }
        result.AddError("--rotate must be some of 0,90,180,270.");
        return null;
    }

    private static string Token(ArgumentResult result) => result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
}

using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Parking.Optics;
using Parking.Optics.Corpora;
using Parking.Optics.Readers;
using Parking.Optics.Stages;
using Parking.Optics.Trials;

namespace Parking.ScannerSim.Optics;

/// <summary>The command <c>optics</c>: measures how many camera frames a reader reads, and how long it takes.</summary>
internal static class OpticsCommand
{
    private const string AllReaders = "all";

    private static readonly string Description = $"""
        Test a QR reader on camera frames: which frames it reads, misses or reads wrongly, and how long it takes.

        Frames are generated from a seed, with kinds of distortion at known strengths, or they are loaded from folders: pictures N.png with
        N.txt (the text), N.bin (its bytes) or N.json (written by --save). A frame counts as exact only if the whole text is right. Frames
        of decoys have no symbol, so any text read from them is wrong. Frames are made on all processors and then read one after the other
        while nothing else runs. Build with -c Release. A reader with one wrong text is worse than a reader with a lower rate.

        --reader all tests our reader, ZXing.Net and zbarimg on the same frames in turn. The times do not include making frames or opening
        files, except for zbarimg: this program is started for each frame and opens the frame's file. If zbarimg is not installed, the other
        readers are compared.

        Exits with 0; with 1 if a wrong text was read (with --reader all: by our reader) or a picture could not be used; with 2 if it could
        not run. The rate does not change the exit code.

        Kinds: sets {string.Join(", ", FrameKind.Sets.Keys)};
        {string.Join(", ", DistortionSets.All)};
        {string.Join(", ", Decoy.All.Select(static decoy => decoy.Name))}.
        A factor makes a kind weaker or stronger (blur-055*0.5). Kinds can be combined (blur-055+noise-30, decoy-print+gate-mix).

        Examples:
          optics
          optics --frames 500 --jobs 2 --montage misses.png           17,500 frames with a symbol, 6,000 without
          optics --kinds posed,gate-hard,motion*0.5+noise-30 --frames 100
          optics --symbols mixed --size 1920x1080 --json
          optics photos --rotate 0,90,180,270
          optics --kinds gate-hard --frames 1 --stages stages.png     one frame, and the steps of reading it
          optics --frames 20 --reader all                             three readers side by side
          optics --frames 50 --save corpus                            then: optics corpus --reader zbar
        """;

    public static Command Create(TimeProvider time)
    {
        var folders = new Argument<string[]>("folder")
        {
            Description = "Folders of pictures with text files. Without a folder, frames are generated.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var frames = Options.Number(
            "--frames", $"The number of frames of each kind, up to {OpticsOptions.MostFrames}.", OpticsOptions.DefaultFrames, 1,
            OpticsOptions.MostFrames);
        var seed = new Option<long>("--seed") { Description = "The seed of texts, poses, noise and light.", DefaultValueFactory = _ => 1 };
        var kinds = new Option<IReadOnlyList<FrameKind>>("--kinds")
        {
            Description = "The kinds to generate, separated by commas. The default is all.",
            HelpName = "KINDS",
            CustomParser = ParseKinds,
        };
        var strength = new Option<float>("--strength")
        {
            Description = $"The strength of the distortions, up to {FrameKind.MostStrength}; 0.5 is half.",
            DefaultValueFactory = _ => 1,
            CustomParser = ParseStrength,
        };
        var symbols = new Option<SymbolMix>("--symbols")
        {
            Description = "Texts like our codes (version 7, level M), like devices' codes (13, M) as wide as those, or versions 1 to 15.",
            HelpName = "code|device|mixed",
            DefaultValueFactory = _ => SymbolMix.Code,
        };
        symbols.AcceptOnlyFromAmong("code", "device", "mixed");
        var size = new Option<(int, int)?>("--size")
        {
            Description = $"The size of a frame. The default is {Camera.Width}x{Camera.Height}.",
            HelpName = "WIDTHxHEIGHT",
            CustomParser = ParseSize,
        };
        var rotate = new Option<IReadOnlyList<int>>("--rotate")
        {
            Description = "Read each picture at these rotations (0, 90, 180, 270; separated by commas), with totals for each.",
            HelpName = "DEGREES",
            DefaultValueFactory = _ => [0],
            CustomParser = ParseTurns,
        };
        string[] readers = [.. PictureReaders.Names, AllReaders];
        var reader = new Option<string>("--reader")
        {
            Description = "The reader to test, or all.",
            HelpName = string.Join('|', readers),
            DefaultValueFactory = _ => PictureReaders.Own,
        };
        reader.AcceptOnlyFromAmong(readers);
        var jobs = Options.Number(
            "--jobs", "The number of frames read at once. With more than one, times are not reported.", 1, 1, OpticsOptions.MostJobs);
        var save = new Option<string?>("--save")
        {
            Description = "Save every frame to a folder: N.png, N.txt, and N.json with kind, seed and corners.",
            HelpName = "FOLDER",
        };
        var montage = new Option<string?>("--montage")
        {
            Description = "Draw the hardest frames on one PNG sheet: wrong ones first, then unread, then slow ones.",
            HelpName = "FILE.png",
        };
        var stages = new Option<string?>("--stages")
        {
            Description = "Draw the reader's steps on the hardest frame as PNG. With --frames 1, this is the only frame.",
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
                    await errors.WriteLineAsync($"--save {folder}: the frames are read from this folder; save them to another one.");
                    return ExitCodes.CannotRun;
                }
                Directory.CreateDirectory(folder);
            }
            var corpus = options.Plan();
            var results = await LongWork.RunAsync(
                errors, $"{corpus.Count:N0} frames", time, progress => new Trial(options, time).Run(corpus, progress, cancellationToken));
            // The first reader determines the exit code. If several readers are compared, the first is our own.
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
        result.AddError("--rotate must be one or more of 0,90,180,270.");
        return null;
    }

    private static string Token(ArgumentResult result) => result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
}

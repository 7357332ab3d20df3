namespace Parking.Tariffs.Documents;

/// <summary>A document is not a tariff, or not a holiday calendar. It says everything that is wrong, each with its place.</summary>
public sealed class TariffDocumentException : Exception
{
    /// <summary>A small document can hold a hundred thousand errors; a message of so many lines helps nobody.</summary>
    private const int MaxInMessage = 20;

    internal TariffDocumentException(IReadOnlyList<DocumentError> errors)
        : base(Word(errors)) => Errors = errors;

    /// <summary>All of them, at least one. The message has the first twenty.</summary>
    public IReadOnlyList<DocumentError> Errors { get; }

    private static string Word(IReadOnlyList<DocumentError> errors)
    {
        var lines = string.Join(Environment.NewLine, errors.Take(MaxInMessage));
        return errors.Count <= MaxInMessage ? lines : $"{lines}{Environment.NewLine}And {errors.Count - MaxInMessage} more.";
    }
}

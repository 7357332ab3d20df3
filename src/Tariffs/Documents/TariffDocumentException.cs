namespace Parking.Tariffs.Documents;

/// <summary>A document is not a valid tariff or holiday calendar. The exception has all errors and their places.</summary>
public sealed class TariffDocumentException : Exception
{
    /// <summary>The largest number of errors in the message. A small document can have a hundred thousand.</summary>
    private const int MaxInMessage = 20;

    internal TariffDocumentException(IReadOnlyList<DocumentError> errors)
        : base(Word(errors)) => Errors = errors;

    /// <summary>All errors, at least one. The message has the first twenty.</summary>
    public IReadOnlyList<DocumentError> Errors { get; }

    private static string Word(IReadOnlyList<DocumentError> errors)
    {
        var lines = string.Join(Environment.NewLine, errors.Take(MaxInMessage));
        return errors.Count <= MaxInMessage ? lines : $"{lines}{Environment.NewLine}And {errors.Count - MaxInMessage} more.";
    }
}

/// <summary>An error in a document.</summary>
/// <param name="Path">The place, as a JSON path: <c>$.facilities[2].capacity</c>.</param>
/// <param name="Problem">The error.</param>
/// <param name="Expected">What is expected there.</param>
public sealed record DocumentError(string Path, string Problem, string Expected)
{
    /// <summary>All three as text.</summary>
    public override string ToString() => $"{Path}: {Problem}. Expected: {Expected}.";
}

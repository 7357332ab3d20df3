namespace Parking.Tariffs.Documents;

/// <summary>A document is not a tariff, or not a holiday calendar. It says everything that is wrong, each with its place.</summary>
public sealed class TariffDocumentException : Exception
{
    internal TariffDocumentException(IReadOnlyList<DocumentError> errors)
        : base(string.Join(Environment.NewLine, errors)) => Errors = errors;

    /// <summary>At least one.</summary>
    public IReadOnlyList<DocumentError> Errors { get; }
}

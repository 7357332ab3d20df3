namespace Parking.Api.Tariffs;

/// <summary>A price board, line by line.</summary>
/// <param name="Zh">In simplified Chinese.</param>
/// <param name="En">In English; as many lines, saying the same.</param>
internal sealed record PriceBoardContract(IReadOnlyList<string> Zh, IReadOnlyList<string> En)
{
    /// <summary>Both languages as one text, Chinese first.</summary>
    public string ToText() => string.Concat([.. Zh.Select(line => line + "\n"), "\n", .. En.Select(line => line + "\n")]);
}

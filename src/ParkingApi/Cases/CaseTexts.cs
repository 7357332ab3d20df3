using Parking.Api.Hosting;
using Parking.Contracts;

namespace Parking.Api.Cases;

/// <summary>Makes what people write the way it is kept. What a member may be by itself has been checked.</summary>
internal static class CaseTexts
{
    /// <summary>A text of one or more lines, without spaces around it. What is none is added to <paramref name="faults"/>.</summary>
    public static string TextOf(string text, Dictionary<string, string[]> faults)
    {
        var kept = WellFormed(text.ReplaceLineEndings("\n"));
        if (kept.Length < CaseForms.MinText || !PlainText.HasVisible(kept) || kept.Any(c => char.IsControl(c) && c != '\n'))
        {
            faults["text"] = [$"text has {CaseForms.MinText} to {CaseForms.MaxText} characters, for people."];
        }

        return kept;
    }

    /// <summary>The name of an operator; null for nobody. What is none is added to <paramref name="faults"/>.</summary>
    public static string? AssigneeOf(string? name, Dictionary<string, string[]> faults)
    {
        var kept = name is null ? null : WellFormed(name);
        if (kept is not null && !PlainText.IsOneLine(kept))
        {
            faults["assignee"] = ["assignee is one line of text."];
        }

        return kept;
    }

    /// <summary>Halves of characters are replaced: no database takes them.</summary>
    private static string WellFormed(string text) => string.Concat(text.EnumerateRunes()).Trim();
}

namespace Parking.Tariffs.Documents;

/// <summary>Checks that the numbers of versions ascend, and that each version begins when the one before ends.</summary>
internal static class VersionOrder
{
    /// <summary>Reports errors at the versions.</summary>
    public static void Check(List<DocumentNode> nodes, List<TariffVersion> versions)
    {
        for (var i = 1; i < versions.Count; i++)
        {
            var (before, after) = (versions[i - 1], versions[i]);
            if (after.Number <= before.Number)
            {
                nodes[i].Reject("version", $"{after.Number} comes after {before.Number}", $"more than {before.Number}");
            }

            var (end, start) = (nodes[i - 1].Optional("validityEnd"), nodes[i].Optional("validityStart"));
            if (end is null)
            {
                nodes[i - 1].Reject("validityEnd", "only the last version may be without end", "the validityStart of the next version");
            }

            if (start is null)
            {
                nodes[i].Reject(
                    "validityStart", "only the first version may be without beginning", "the validityEnd of the version before");
            }

            if (before.ValidityEnd is { } ended && after.ValidityStart is { } started && ended != started)
            {
                start!.Reject(
                    started > ended
                        ? $"from {ended} to {started} no version is in force"
                        : $"from {started} to {ended} two versions are in force",
                    $"{ended}, the validityEnd of the version before");
            }
        }

        foreach (var (node, version) in nodes.Zip(versions))
        {
            if (version.ValidityEnd <= version.ValidityStart)
            {
                node.Reject("validityEnd", "the version ends before it has begun", $"later than {version.ValidityStart}");
            }
        }
    }
}

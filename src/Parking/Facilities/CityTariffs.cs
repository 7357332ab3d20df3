using NodaTime;
using Parking.Tariffs;
using Parking.Tariffs.Calendars;
using Parking.Tariffs.Documents;

namespace Parking.Facilities;

/// <summary>Reads the tariffs and the holiday calendars that a city file names. Reads each file once.</summary>
internal sealed class CityTariffs(CityFolder folder)
{
    private const string ExpectedTariff = "the name of a tariff's file, such as tariffs/centre.json";
    private const string ExpectedCalendar = "the name of a holiday calendar's file, such as calendars/cn-2027.json";

    private readonly Dictionary<string, Tariff?> _tariffs = [];
    private readonly Dictionary<string, string> _filesById = [];
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _contents = [];
    private readonly List<FileErrors> _errors = [];

    /// <summary>Whether all calendars were read. If not, a tariff with an unknown calendar is no further error.</summary>
    private bool _calendarsAreWhole = true;

    /// <summary>The errors inside the files. An error in the way the city file names them is noted for the city file.</summary>
    public IReadOnlyList<FileErrors> Errors => _errors;

    /// <summary>The contents of the files that were read, by their names in the city file.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Contents => _contents;

    /// <summary>The calendars that tariffs may name.</summary>
    public HolidayCalendars Calendars { get; private set; } = HolidayCalendarReader.BuiltIn;

    /// <summary>
    /// Adds the city's calendars to those of the library. A calendar with the id of one in the library replaces it: dates are published
    /// later than software.
    /// </summary>
    public void ReadCalendars(DocumentNode list)
    {
        var stands = new Dictionary<string, string>();
        foreach (var node in list.Items("a list of files with at least one"))
        {
            if ((CityFolder.ReadName(node, ExpectedCalendar) is { } name ? ReadCalendar(name) : null) is not { } calendar)
            {
                _calendarsAreWhole = false;
            }
            else if (stands.TryAdd(calendar.Id, node.Path))
            {
                Calendars = Calendars.With(calendar);
            }
            else
            {
                node.Reject($"the calendar '{calendar.Id}' stands at {stands[calendar.Id]} already", "each calendar once");
            }
        }
    }

    /// <summary>The tariff of one facility; null if it has an error, which is then noted.</summary>
    /// <param name="node">The file's name in the city file.</param>
    /// <param name="facilityZone">The time zone that the tariff must have; null if it is not known.</param>
    public Tariff? Read(DocumentNode node, DateTimeZone? facilityZone)
    {
        if (CityFolder.ReadName(node, ExpectedTariff) is not { } name)
        {
            return null;
        }

        if (!_tariffs.TryGetValue(name, out var tariff))
        {
            tariff = ReadTariff(name);
            _tariffs.Add(name, tariff);
        }

        if (tariff is not null && facilityZone is not null && tariff.TimeZone.Id != facilityZone.Id)
        {
            node.Reject($"the tariff is in {tariff.TimeZone.Id} and the facility in {facilityZone.Id}", $"a tariff in {facilityZone.Id}");
        }

        return tariff;
    }

    private HolidayCalendar? ReadCalendar(string file) => ReadFile(file, HolidayCalendarReader.MaxBytes, HolidayCalendarReader.Read);

    private Tariff? ReadTariff(string file)
    {
        var tariff = ReadFile(file, TariffReader.MaxBytes, content => TariffReader.Read(content, Calendars));
        if (tariff is not null && UnfitnessOf(tariff, file).ToList() is { Count: > 0 } errors)
        {
            _errors.Add(new(file, errors));
        }

        return tariff;
    }

    private T? ReadFile<T>(string file, int maxBytes, Func<ReadOnlyMemory<byte>, T> read)
        where T : class
    {
        var content = folder.ReadContent(file, maxBytes, out var error);
        if (error is not null)
        {
            _errors.Add(new(file, [error]));
            return null;
        }

        _contents[file] = content;
        try
        {
            return read(content);
        }
        catch (TariffDocumentException e)
        {
            var errors = e.Errors.Where(found => _calendarsAreWhole || found.Path != "$.holidayCalendar").ToList();
            if (errors.Count > 0)
            {
                _errors.Add(new(file, errors));
            }

            return null;
        }
    }

    /// <summary>
    /// The reasons why a tariff is unfit for a facility. A tariff by itself may begin and end; a facility's tariff must price every stay,
    /// and a receipt must name one tariff.
    /// </summary>
    private IEnumerable<DocumentError> UnfitnessOf(Tariff tariff, string file)
    {
        if (!_filesById.TryAdd(tariff.Id, file))
        {
            yield return new("$.id", $"'{tariff.Id}' is the tariff of {_filesById[tariff.Id]} already", "an id of its own");
        }

        if (tariff.Versions[0].ValidityStart is { } start)
        {
            yield return new(
                "$.versions[0].validityStart",
                $"a stay entered before {start} has no price",
                "no validityStart in the first version of a facility's tariff");
        }

        if (tariff.Versions[^1].ValidityEnd is { } end)
        {
            yield return new(
                $"$.versions[{tariff.Versions.Length - 1}].validityEnd",
                $"a stay entered from {end} on has no price",
                "no validityEnd in the last version of a facility's tariff");
        }
    }
}

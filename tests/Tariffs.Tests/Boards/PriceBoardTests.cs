using Parking.Tariffs.Boards;
using Parking.Tariffs.Tests.Documents;

namespace Parking.Tariffs.Tests.Boards;

/// <summary>Whole boards, to be read as a driver would. The boards of the demo city are approved beside the service.</summary>
public sealed class PriceBoardTests
{
    /// <summary>Words that the other documents do not use.</summary>
    private const string Rare = """
        {
          "format": 1, "id": "rare", "name": { "zh": "少见", "en": "Rare" }, "currency": "GBP", "timeZone": "Europe/London",
            "holidayCalendar": "TEST",
          "versions": [ { "version": 1, "rounding": { "unit": 5, "mode": "up" }, "rateTables": [
            { "id": "big", "vehicleClasses": [ "coach", "motorcycle" ], "rates": [
              { "id": "big", "name": { "zh": "大", "en": "Big" },
                "bands": [ { "id": "all", "maxValue": 2000, "rateLines": [
                  { "rateLineType": "flatRateTier", "value": 0, "durationStart": "PT0S", "durationEnd": "PT20M" },
                  { "rateLineType": "incrementingRate", "value": 50, "durationStart": "PT20M", "durationEnd": "PT50M",
                    "incrementPeriod": "PT1M", "proRata": true },
                  { "rateLineType": "flatRateTier", "value": 1500, "durationStart": "PT50M" } ] } ] } ] },
            { "id": "badges", "entitlements": [ "blue-badge", "staff" ], "choose": "first", "rates": [
              { "id": "evening", "name": { "zh": "晚间", "en": "Evening" },
                "conditions": {
                  "entryTimes": [ { "days": [ "fri" ], "startTime": "18:00", "endTime": "02:00" }, { "days": [ "sat", "sun" ] } ] },
                "bands": [ { "id": "all", "rateLines": [ { "rateLineType": "flatRate", "value": 0, "per": "band" } ] } ] },
              { "id": "short", "name": { "zh": "短停", "en": "Short" }, "conditions": { "maxLength": "P1D" },
                "bands": [ { "id": "all", "rateLines": [ { "rateLineType": "incrementingRate", "value": 100, "durationStart": "PT0S",
                  "incrementPeriod": "P1D" } ] } ] },
              { "id": "else", "name": { "zh": "其他", "en": "Else" },
                "bands": [ { "id": "all", "rateLines": [ { "rateLineType": "flatRateTier", "value": 700, "durationStart": "PT0S" } ] } ],
                "maximumStay": { "duration": "P1D",
                  "overstay": { "rateLines": [
                    { "rateLineType": "incrementingRate", "value": 900, "durationStart": "PT0S", "incrementPeriod": "PT15M" } ] } } } ] },
            { "id": "rest", "name": { "zh": "所有人", "en": "All others" }, "rates": [
              { "id": "days", "name": { "zh": "按日", "en": "By day" }, "ladderAtBandChange": "restarts", "stepAtBandChange": "endsWhole",
                "bands": [
                  { "id": "feast", "name": { "zh": "节日", "en": "Feast" }, "activeTimes": [ { "days": [ "publicHoliday" ] } ],
                    "rateLines": [ { "rateLineType": "flatRate", "value": 500, "per": "stay" } ] },
                  { "id": "eve", "activeTimes": [ { "days": [ "holidayEve" ], "startTime": "12:00", "endTime": "24:00" } ],
                    "rateLines": [ { "rateLineType": "flatRate", "value": 400, "per": "band" } ] },
                  { "id": "fair", "activeTimes": [ {
                      "dates": [ { "from": "2026-09-01", "to": "2026-09-01" }, { "from": "12-24", "to": "01-06" } ],
                      "days": [ "mon", "wed", "thu", "fri", "sat" ], "startTime": "09:00", "endTime": "17:00" } ],
                    "rateLines": [ { "rateLineType": "flatRate", "value": 300, "per": "calendarDay" } ] },
                  { "id": "else", "rateLines": [ { "rateLineType": "flatRate", "value": 200, "per": "calendarDay" } ] } ] } ] } ] } ]
        }
        """;

    [Fact]
    public void Describe_OfOneLadder_SaysItInFewLines() => Approve(
        TestDocuments.Simple,
        0,
        """
        简单
        15分钟内离场免费，超过则自入场起计费
        首小时 ¥15，之后每30分钟 ¥10
        每日封顶 ¥80
        不足一个计费单位的，按一个单位计费
        总价四舍五入到 ¥1
        """,
        """
        Simple
        Free if you leave within 15 min; longer stays pay from the start
        First hour ¥15, then ¥10 per started 30 min
        At most ¥80 a calendar day
        A started step is charged whole
        The total is rounded to the nearest ¥1
        """);

    [Fact]
    public void Describe_OfEveryField_SaysThemAll() => Approve(
        TestDocuments.Everything,
        1,
        """
        全部
        适用于2026年1月1日 00:00起入场
        适用于2027年1月1日 00:00前入场
        【电动车（新能源汽车、摩托车，凭 resident）】
        周六、周日：每小时 ¥4
        其余时间：每小时 ¥6（按秒计）
        计时跨时段连续；跨时段的计费单位按时间比例计费
        【其他车辆】
        以下取最便宜者：
        ▸ 早鸟（工作日 06:00–09:00入场，15:30–23:30离场，停车不超过18小时）
        每次停车 ¥30
        ▸ 日夜
        15分钟内离场免费，超过则自入场起计费
        首10分钟不计费，之后开始计时
        白天（08:00–20:00）：首小时 ¥15，1小时至3小时每30分钟 ¥10，之后每30分钟 ¥7，每时段封顶 ¥80
        20:00–08:00：每时段 ¥10
        每进入一个时段重新计时；跨时段的计费单位在交界处结束，按整个单位计费
        每日封顶 ¥100
        自入场起每24小时封顶 ¥120
        自入场起每7天封顶 ¥500
        每次停车封顶 ¥900
        产生费用时最低收取 ¥2
        最长停放7天
        超时部分：每个自然日 ¥100，不计入封顶
        【通用】
        按入场时的占用率计价（封顶、最低收费和优惠不变）：0%起×100%，85%起×150%
        优惠「影院」：多2小时不计费，最多减 ¥30，可叠加
        优惠「优惠券」：减 ¥5，可叠加
        优惠「员工」：减50%，减后不低于 ¥2，不可叠加
        不足一个计费单位的，按一个单位计费
        付清后20分钟内离场，不再计费
        工作日、休息日和法定节假日以 TEST 日历为准
        总价舍入到最近的 ¥1，居中时取偶数倍
        """,
        """
        Everything
        For entries from 1 Jan 2026 00:00 on
        For entries before 1 Jan 2027 00:00
        [Electric (electric cars, motorcycles; with resident)]
        Sat, Sun: ¥4 per started hour
        All other times: ¥6 per hour (to the second)
        The time counts on from one period to the next; a step across a change of period is charged by its share of time in each
        [Everyone else]
        The cheapest of these applies:
        ▸ Early bird (enter workdays 06:00–09:00, leave 15:30–23:30, stay at most 18 h)
        ¥30 per stay
        ▸ Day and night
        Free if you leave within 15 min; longer stays pay from the start
        First 10 min not charged; the time counts from then on
        Day (08:00–20:00): first hour ¥15, 1 h to 3 h ¥10 per started 30 min, then ¥7 per started 30 min, at most ¥80 per period
        20:00–08:00: ¥10 per period
        The time counts anew in each period; a step cut short by a change of period is charged whole
        At most ¥100 a calendar day
        At most ¥120 per 24 h from entry
        At most ¥500 per 7 days from entry
        At most ¥900 per stay
        At least ¥2 where anything is charged
        Maximum stay 7 d
        Beyond that: ¥100 per calendar day, on top of the limits above
        [In every case]
        Prices by how full it is at entry (limits and reductions stay as they are): from 0% full × 100%, from 85% full × 150%
        Reduction "Cinema": 2 h more not charged, ¥30 off at most, may be combined
        Reduction "Coupon": ¥5 off, may be combined
        Reduction "Staff": 50% off, not below ¥2, may not be combined
        A started step is charged whole
        Once all is paid, leave within 20 min at no further charge
        Workdays, rest days and public holidays are those of the calendar TEST
        The total is rounded to the nearest ¥1, from the middle to the even one
        """);

    [Fact]
    public void Describe_OfSeasons_SaysTheirDates() => Approve(
        TestDocuments.Everything,
        2,
        """
        全部
        适用于2027年1月1日 00:00起入场
        11月1日至3月31日：每15分钟 ¥3
        2027年9月1日至2027年9月10日：每个自然日 ¥99
        其余时间：每15分钟 ¥5
        每进入一个时段重新计时；跨时段的计费单位按起始时段的价格计完
        最长停放30天
        不足一个计费单位的，按一个单位计费
        总价向下取整到 ¥0.01
        """,
        """
        Everything
        For entries from 1 Jan 2027 00:00 on
        1 Nov to 31 Mar: ¥3 per started 15 min
        1 Sep 2027 to 10 Sep 2027: ¥99 per calendar day
        All other times: ¥5 per started 15 min
        The time counts anew in each period; a step across a change of period runs to its end at the price it began with
        Maximum stay 30 d
        A started step is charged whole
        The total is rounded down to ¥0.01
        """);

    [Fact]
    public void Describe_OfRareWords_SaysThemAsPeopleDo() => Approve(
        Rare,
        0,
        """
        少见
        【大型客车、摩托车】
        首20分钟免费，20分钟至50分钟每分钟 GBP 0.50（按秒计），之后一次性 GBP 15，每次停车封顶 GBP 20
        【凭 blue-badge 或 staff】
        以下取第一个符合条件者：
        ▸ 晚间（周五 18:00–次日02:00、周六、周日入场）
        免费
        ▸ 短停（停车不超过24小时）
        每24小时 GBP 1
        ▸ 其他
        一次性 GBP 7
        最长停放24小时
        超时部分：每15分钟 GBP 9
        【所有人】
        节日（法定节假日）：每次停车 GBP 5
        法定节假日前一天 12:00–24:00：每时段 GBP 4
        2026年9月1日、12月24日至1月6日 周一、周三至周六 09:00–17:00：每个自然日 GBP 3
        其余时间：每个自然日 GBP 2
        【通用】
        不足一个计费单位的，按一个单位计费
        工作日、休息日和法定节假日以 TEST 日历为准
        总价向上取整到 GBP 0.05
        """,
        """
        Rare
        [Coaches, motorcycles]
        First 20 min free, 20 min to 50 min GBP 0.50 per minute (to the second), then GBP 15 once, at most GBP 20 per stay
        [With blue-badge or staff]
        The first of these whose conditions hold applies:
        ▸ Evening (enter Fri 18:00–02:00 next day, Sat, Sun)
        Free
        ▸ Short (stay at most 24 h)
        GBP 1 per started 24 h
        ▸ Else
        GBP 7 once
        Maximum stay 24 h
        Beyond that: GBP 9 per started 15 min
        [All others]
        Feast (public holidays): GBP 5 per stay
        The day before a public holiday 12:00–24:00: GBP 4 per period
        1 Sep 2026, 24 Dec to 6 Jan Mon, Wed–Sat 09:00–17:00: GBP 3 per calendar day
        All other times: GBP 2 per calendar day
        [In every case]
        A started step is charged whole
        Workdays, rest days and public holidays are those of the calendar TEST
        The total is rounded up to GBP 0.05
        """);

    private static void Approve(string document, int version, string zh, string en)
    {
        var board = PriceBoard.Describe(TestDocuments.Read(document).Versions[version]);

        Assert.Equal(zh.ReplaceLineEndings("\n"), string.Join('\n', board.Select(line => line.Zh)));
        Assert.Equal(en.ReplaceLineEndings("\n"), string.Join('\n', board.Select(line => line.En)));
    }
}

namespace Parking.Api.Tests.Tariffs;

/// <summary>The price boards of the demo city, word for word: to be read as a driver would when anything about them changes.</summary>
internal static class DemoBoards
{
    private const string ByOccupancy = "Prices by how full it is at entry (limits and reductions stay as they are)";

    private static readonly Dictionary<string, string> Boards = new()
    {
        ["hsp"] =
            """
            人民广场北停车库
            适用于2026年1月1日 00:00起入场
            15分钟内离场免费，超过则自入场起计费
            白天（08:00–20:00）：首小时 ¥15，之后每30分钟 ¥10，每时段封顶 ¥80
            夜间（20:00–08:00）：每小时 ¥6，每时段封顶 ¥20
            每进入一个时段重新计时；跨时段的计费单位按时间比例计费
            每日封顶 ¥90
            不足一个计费单位的，按一个单位计费
            付清后15分钟内离场，不再计费
            总价四舍五入到 ¥1

            People's Square North Garage
            For entries from 1 Jan 2026 00:00 on
            Free if you leave within 15 min; longer stays pay from the start
            Day (08:00–20:00): first hour ¥15, then ¥10 per started 30 min, at most ¥80 per period
            Night (20:00–08:00): ¥6 per started hour, at most ¥20 per period
            The time counts anew in each period; a step across a change of period is charged by its share of time in each
            At most ¥90 a calendar day
            A started step is charged whole
            Once all is paid, leave within 15 min at no further charge
            The total is rounded to the nearest ¥1

            """,
        ["yuyuan"] =
            """
            豫园里弄小停车场
            【里弄居民（凭 resident）】
            30分钟内离场免费，超过则自入场起计费
            每小时 ¥2
            每日封顶 ¥10
            自入场起每7天封顶 ¥50
            【其他车辆】
            首小时 ¥15，之后每30分钟 ¥10
            每日封顶 ¥80
            【通用】
            不足一个计费单位的，按一个单位计费
            付清后10分钟内离场，不再计费
            总价四舍五入到 ¥1

            Yuyuan Lane Yard
            [Residents of the lane (with resident)]
            Free if you leave within 30 min; longer stays pay from the start
            ¥2 per started hour
            At most ¥10 a calendar day
            At most ¥50 per 7 days from entry
            [Everyone else]
            First hour ¥15, then ¥10 per started 30 min
            At most ¥80 a calendar day
            [In every case]
            A started step is charged whole
            Once all is paid, leave within 10 min at no further charge
            The total is rounded to the nearest ¥1

            """,
        ["jingan-temple"] =
            """
            静安寺地下停车库
            15分钟内离场免费，超过则自入场起计费
            工作日白天（工作日 09:00–21:00）：每30分钟 ¥5，每时段封顶 ¥70
            休息日白天（休息日 09:00–21:00）：每30分钟 ¥8，每时段封顶 ¥100
            夜间（其余时间）：每时段 ¥10
            每进入一个时段重新计时；跨时段的计费单位在交界处结束，按整个单位计费
            每日封顶 ¥100
            优惠「购物免停」：多2小时不计费，可叠加
            优惠「会员九折」：减10%，最多减 ¥20，可叠加
            优惠「餐饮抵扣」：减 ¥10，减后不低于 ¥5，可叠加
            优惠「观影免停」：多3小时30分不计费，不可叠加
            不足一个计费单位的，按一个单位计费
            付清后20分钟内离场，不再计费
            工作日、休息日和法定节假日以 CN 日历为准
            总价向下取整到 ¥0.50

            Jing'an Temple Underground Garage
            Free if you leave within 15 min; longer stays pay from the start
            Workdays (workdays 09:00–21:00): ¥5 per started 30 min, at most ¥70 per period
            Rest days (rest days 09:00–21:00): ¥8 per started 30 min, at most ¥100 per period
            Night (all other times): ¥10 per period
            The time counts anew in each period; a step cut short by a change of period is charged whole
            At most ¥100 a calendar day
            Reduction "Shopping": 2 h more not charged, may be combined
            Reduction "Member": 10% off, ¥20 off at most, may be combined
            Reduction "Restaurant": ¥10 off, not below ¥5, may be combined
            Reduction "Cinema": 3 h 30 min more not charged, may not be combined
            A started step is charged whole
            Once all is paid, leave within 20 min at no further charge
            Workdays, rest days and public holidays are those of the calendar CN
            The total is rounded down to ¥0.50

            """,
        ["nanjing-west-street"] =
            """
            南京西路路侧泊位
            5分钟内离场免费，超过则自入场起计费
            白天（08:00–20:00）：首小时每小时 ¥15（按秒计），之后每小时 ¥24（按秒计）
            夜间（其余时间）：免费
            每进入一个时段重新计时
            最长停放12小时
            超时部分：每个自然日 ¥100
            付清后5分钟内离场，不再计费
            总价向下取整到 ¥0.10

            Nanjing Road West Street Section
            Free if you leave within 5 min; longer stays pay from the start
            Day (08:00–20:00): first hour ¥15 per hour (to the second), then ¥24 per hour (to the second)
            Night (all other times): free
            The time counts anew in each period
            Maximum stay 12 h
            Beyond that: ¥100 per calendar day
            Once all is paid, leave within 5 min at no further charge
            The total is rounded down to ¥0.10

            """,
        ["xuhui-hospital"] =
            """
            徐汇医院停车楼
            【残疾人车辆（小型汽车、新能源汽车，凭 disabled-badge）】
            首4小时不计费，之后开始计时
            每小时 ¥2
            每日封顶 ¥20
            【摩托车】
            30分钟内离场免费，超过则自入场起计费
            每个自然日 ¥2
            【大型客车】
            30分钟内离场免费，超过则自入场起计费
            每小时 ¥20
            自入场起每24小时封顶 ¥160
            【其他车辆】
            30分钟内离场免费，超过则自入场起计费
            首2小时 ¥5，2小时至4小时每30分钟 ¥3，之后每30分钟 ¥6
            每日封顶 ¥60
            【通用】
            优惠「透析患者」：减100%，不可叠加
            优惠「门诊就诊」：多1小时不计费，可叠加
            不足一个计费单位的，按一个单位计费
            付清后20分钟内离场，不再计费
            总价四舍五入到 ¥1

            Xuhui Hospital Car Park
            [Disabled badge (cars, electric cars; with disabled-badge)]
            First 4 h not charged; the time counts from then on
            ¥2 per started hour
            At most ¥20 a calendar day
            [Motorcycles]
            Free if you leave within 30 min; longer stays pay from the start
            ¥2 per calendar day
            [Coaches]
            Free if you leave within 30 min; longer stays pay from the start
            ¥20 per started hour
            At most ¥160 per 24 h from entry
            [Everyone else]
            Free if you leave within 30 min; longer stays pay from the start
            First 2 h ¥5, 2 h to 4 h ¥3 per started 30 min, then ¥6 per started 30 min
            At most ¥60 a calendar day
            [In every case]
            Reduction "Dialysis patient": 100% off, may not be combined
            Reduction "Outpatient": 1 h more not charged, may be combined
            A started step is charged whole
            Once all is paid, leave within 20 min at no further charge
            The total is rounded to the nearest ¥1

            """,
        ["xujiahui"] =
            """
            徐家汇换乘停车场
            以下取最便宜者：
            ▸ 通勤早鸟（工作日 06:00–09:30入场，15:00–23:30离场，停车不超过17小时30分）
            每次停车 ¥25
            ▸ 休息日包天（休息日入场，停车不超过24小时）
            每次停车 ¥20
            ▸ 标准
            15分钟内离场免费，超过则自入场起计费
            每小时 ¥8
            自入场起每24小时封顶 ¥60
            【通用】
            不足一个计费单位的，按一个单位计费
            付清后15分钟内离场，不再计费
            工作日、休息日和法定节假日以 CN 日历为准
            总价四舍五入到 ¥1

            Xujiahui Park and Ride
            The cheapest of these applies:
            ▸ Early bird (enter workdays 06:00–09:30, leave 15:00–23:30, stay at most 17 h 30 min)
            ¥25 per stay
            ▸ Rest day (enter rest days, stay at most 24 h)
            ¥20 per stay
            ▸ Standard
            Free if you leave within 15 min; longer stays pay from the start
            ¥8 per started hour
            At most ¥60 per 24 h from entry
            [In every case]
            A started step is charged whole
            Once all is paid, leave within 15 min at no further charge
            Workdays, rest days and public holidays are those of the calendar CN
            The total is rounded to the nearest ¥1

            """,
        ["lujiazui"] =
            $"""
            陆家嘴中心停车库
            【新能源汽车】
            首小时不计费，之后开始计时
            工作时段（周一至周五 07:00–19:00）：首2小时每30分钟 ¥10，之后每30分钟 ¥15
            其他时段（其余时间）：每30分钟 ¥5
            计时跨时段连续；跨时段的计费单位按时间比例计费
            自入场起每24小时封顶 ¥180
            【其他车辆】
            10分钟内离场免费，超过则自入场起计费
            工作时段（周一至周五 07:00–19:00）：首2小时每30分钟 ¥10，之后每30分钟 ¥15
            其他时段（其余时间）：每30分钟 ¥5
            计时跨时段连续；跨时段的计费单位按时间比例计费
            自入场起每24小时封顶 ¥200
            每次停车封顶 ¥2000
            产生费用时最低收取 ¥5
            【通用】
            按入场时的占用率计价（封顶、最低收费和优惠不变）：0%起×100%，80%起×120%，95%起×150%
            不足一个计费单位的，按一个单位计费
            付清后15分钟内离场，不再计费
            总价四舍五入到 ¥0.50

            Lujiazui Central Garage
            [Electric cars]
            First hour not charged; the time counts from then on
            Office hours (Mon–Fri 07:00–19:00): first 2 h ¥10 per started 30 min, then ¥15 per started 30 min
            Other times (all other times): ¥5 per started 30 min
            The time counts on from one period to the next; a step across a change of period is charged by its share of time in each
            At most ¥180 per 24 h from entry
            [Everyone else]
            Free if you leave within 10 min; longer stays pay from the start
            Office hours (Mon–Fri 07:00–19:00): first 2 h ¥10 per started 30 min, then ¥15 per started 30 min
            Other times (all other times): ¥5 per started 30 min
            The time counts on from one period to the next; a step across a change of period is charged by its share of time in each
            At most ¥200 per 24 h from entry
            At most ¥2000 per stay
            At least ¥5 where anything is charged
            [In every case]
            {ByOccupancy}: from 0% full × 100%, from 80% full × 120%, from 95% full × 150%
            A started step is charged whole
            Once all is paid, leave within 15 min at no further charge
            The total is rounded to the nearest ¥0.50

            """,
    };

    public static TheoryData<string> Names => [.. Boards.Keys];

    public static string Of(string facility) => Boards[facility].ReplaceLineEndings("\n");
}

"""Made-up tables in the forms in which tables are published, each with what is right.

``|`` parts cells, ``~`` stands for a blank line. ``want`` holds (group, period or "", x, n) for counts and (group,
period or "", estimate) for estimates; ``asks`` the key of the open question, where only a question is right.
"""

from __future__ import annotations

from dataclasses import dataclass

Want = tuple[str, str, float, float] | tuple[str, str, float]


@dataclass(frozen=True)
class Published:
    """One table: its name, its text, and what is right."""

    name: str
    text: str
    want: tuple[Want, ...] = ()
    never: tuple[str, ...] = ()
    asks: str = ""
    delimiter: str = ","
    encoding: str = "utf-8"


TABLES = (
    Published(
        "years over measures",
        """Made-up screening by race
        ~
        |2022|||2023||
        Race|Screened|Eligible|Rate|Screened|Eligible|Rate
        White|300|400|75.0|330|420|78.6
        Black|120|200|60.0|140|220|63.6
        Total|420|600|70.0|470|640|73.4""",
        (("White", "2022", 300, 400), ("Black", "2023", 140, 220)),
        ("Total",),
    ),
    Published(
        "years across, one measure",
        """Race|Measure|2019|2020|2021|2022
        White|Low birth weight per 1,000 births|70.5|71.5|69.5|68.5
        Black|Low birth weight per 1,000 births|140.5|139.5|141.5|138.5""",
        (("White", "2021", 0.0695), ("Black", "2019", 0.1405)),
    ),
    Published(
        "groups across: a word before a colon",
        """Year|deaths: Asian|population: Asian|deaths: White|population: White|deaths: all|population: all
        2022|12|10000|90|50000|102|60000
        2023|15|11000|95|51000|110|62000""",
        (("Asian", "2022", 12, 10000), ("White", "2023", 95, 51000)),
        ("all",),
    ),
    Published(
        "groups across: bare name beside its total",
        """year|Black|Black_total|White|White_total|Hispanic|Hispanic_total
        2023|40|100|60|120|30|90
        2024|44|110|66|125|35|95""",
        (("Black", "2023", 40, 100), ("White", "2024", 66, 125), ("Hispanic", "2024", 35, 95)),
    ),
    Published(
        "groups across: yes and total",
        """year|site|White_yes|White_total|Black_yes|Black_total
        2023|North|30|60|20|50
        2023|South|25|50|10|40
        2024|North|33|61|24|52
        2024|South|27|53|15|43""",
        (("White", "2023", 55, 110), ("Black", "2024", 39, 95)),
    ),
    Published(
        "a line of labels below a line of codes",
        """GEO_ID|NAME|B1_C01_001E|B1_C04_001E
        Geography|Geographic Area Name|Estimate!!Total!!Civilian population|Estimate!!Uninsured!!Civilian population
        0500000US01001|Alpha County|12000|1080
        0500000US01002|Beta County|15000|1200
        0500000US01003|Gamma County|7000|910""",
        (("Alpha County", "", 1080, 12000), ("Gamma County", "", 910, 7000)),
    ),
    Published(
        "an estimate with its range in one cell, years across",
        """Race|2022|2023
        White|45.2% (43.1%, 47.3%)|46.0% (44.0%, 48.0%)
        Black|38.7% (35.0%, 42.4%)|40.1% (36.5%, 43.7%)
        Asian|51.0% (46.2%, 55.8%)|50.5% (46.0%, 55.0%)""",
        (("White", "2022", 0.452), ("Asian", "2023", 0.505)),
    ),
    Published(
        "groups across, counts with percents in one cell, N in a row of its own",
        """Table 1: made-up outcomes by sex
        |Total|Male|Female
        N|3000 (100.0)|1400 (46.7)|1600 (53.3)
        tested|240 (8.0)|112 (8.0)|128 (8.0)
        admitted|90 (3.0)|49 (3.5)|41 (2.6)""",
        (("Male", "", 112, 1400), ("Female", "", 41, 1600)),
        ("Total",),
        delimiter="\t",
    ),
    Published(
        "events and everyone under one another",
        """State|Year|Variable|Value
        Alpha|2022|Deaths|12
        Alpha|2022|Live births|12000
        Beta|2022|Deaths|20
        Beta|2022|Live births|15000
        Alpha|2023|Deaths|14
        Alpha|2023|Live births|11800
        Beta|2023|Deaths|18
        Beta|2023|Live births|15100""",
        (("Alpha", "2022", 12, 12000), ("Beta", "2023", 18, 15100)),
    ),
    Published(
        "topics under one another, in two columns that no list names",
        """Kategorie,Wert,Nenner,Zähler
        Geschlecht,männlich,1000,100
        Geschlecht,weiblich,1100,121
        Altersgruppe,18-44,900,81
        Altersgruppe,45+,1200,140
        gesamt,gesamt,2100,221""".replace(",", "|")
        .replace("Zähler", "Cases")
        .replace("Nenner", "Population"),
        (("weiblich", "", 121, 1100), ("18-44", "", 81, 900)),
        ("gesamt",),
        delimiter=";",
        encoding="cp1252",
    ),
    Published(
        "topics as lines of their own above their groups",
        """Made-up clinic, 2023
        Characteristic|Screened|Eligible
        Race||
        White|300|400
        Black|120|200
        Sex||
        Female|250|350
        Male|170|250""",
        (("Black", "", 120, 200), ("Female", "", 250, 350)),
    ),
    Published(
        "labels written once, above empty cells",
        """Race|Year|Screened|Eligible
        White|2022|300|400
        |2023|330|420
        Black|2022|120|200
        |2023|140|220
        Asian|2022|80|110
        |2023|90|115""",
        (("Black", "2023", 140, 220), ("Asian", "2022", 80, 110)),
        ("Unknown",),
    ),
    Published(
        "rates of places by race across, with ratios beside them",
        """State|White vaccinated (%)|Black vaccinated (%)|White to Black ratio|Notes
        Alpha|45.5|38.5|1.18|
        Beta|50.5|41.0|1.23|provisional
        Gamma|39.0|NR|NR|
        Delta|55.5|48.5|1.14|""",
        (("Beta", "", 0.505), ("Delta", "", 0.485)),
    ),
    Published(
        "running totals, three days a month",
        """race,date,vaccinated,population
        White,2022-01-03,100,1000
        Black,2022-01-03,40,500
        White,2022-01-10,150,1000
        Black,2022-01-10,60,500
        White,2022-01-17,190,1000
        Black,2022-01-17,75,500
        White,2022-01-24,200,1000
        Black,2022-01-24,80,500""".replace(",", "|"),
        (("White", "2022-01", 200, 1000), ("Black", "2022-01", 80, 500)),
    ),
    Published(
        "crude and standardised rates under one another",
        """group|subgroup|standardized|Prevalence (%)|lower|upper
        Sex|Female|FALSE|20.5|18.5|22.5
        Sex|Female|TRUE|20.1|18.1|22.1
        Sex|Male|FALSE|17.5|15.5|19.5
        Sex|Male|TRUE|17.9|15.9|19.9
        Age|18-44|FALSE|22.5|20.5|24.5
        Age|18-44|TRUE|22.7|20.7|24.7
        Age|45+|FALSE|15.5|13.5|17.5
        Age|45+|TRUE|15.1|13.1|17.1""",
        asks="adjusted",
    ),
    Published(
        "an adjusted ratio among the counts it was made of",
        """"Table 6694"
        Area|Year|Variable|
        Alpha|2022|Maternal mortality ratio (per 100,000 live births)|57.5
        Alpha|2022|Maternal deaths|50
        Alpha|2022|Live births|100000
        Beta|2022|Maternal mortality ratio (per 100,000 live births)|44.5
        Beta|2022|Maternal deaths|41
        Beta|2022|Live births|99000
        Gamma|2022|Maternal mortality ratio (per 100,000 live births)|62.5
        Gamma|2022|Maternal deaths|60
        Gamma|2022|Live births|101000""",
        (("Alpha", "2022", 0.000575), ("Gamma", "2022", 0.000625)),
        delimiter=";",
    ),
    Published(
        "no header at all",
        """2022|White|300|400
        2022|Black|120|200
        2023|White|330|420
        2023|Black|140|220""",
        asks="header:none",
    ),
    Published(
        "two columns of one name",
        """Year|Race|Events|Population|Events
        2022|White|30|400|35
        2022|Black|12|200|19
        2023|White|33|420|31
        2023|Black|14|220|11""",
        asks="twice:x",
    ),
    Published(
        "an NHS profile: areas, sexes and categories in one file",
        """ID|Indicator Name|Parent|Code|Area Name|Area Type|Sex|Age|Category Type|Category|Time period|Value|Count|Base
        90001|Smoking prevalence||E1|England|England|Persons|18+ yrs|||2022|9.0|90|1000
        90001|Smoking prevalence|England|E2|North|Region|Persons|18+ yrs|||2022|10.0|50|500
        90001|Smoking prevalence|England|E3|South|Region|Persons|18+ yrs|||2022|8.0|40|500
        90001|Smoking prevalence||E1|England|England|Male|18+ yrs|||2022|10.0|48|480
        90001|Smoking prevalence||E1|England|England|Female|18+ yrs|||2022|8.08|42|520
        90001|Smoking prevalence||E1|England|England|Persons|18+ yrs|Deprivation|Most deprived|2022|15.0|60|400
        90001|Smoking prevalence||E1|England|England|Persons|18+ yrs|Deprivation|Least deprived|2022|5.0|30|600""",
        (("North", "2022", 50, 500), ("Female", "2022", 42, 520), ("Most deprived", "2022", 60, 400)),
        ("England", "Persons"),
    ),
    Published(
        "a dashboard that writes All in every column but one",
        """Year|Race|Sex|Age group|Screened|Eligible
        2023|All|All|All|470|640
        2023|White|All|All|330|420
        2023|Black|All|All|140|220
        2023|All|Female|All|260|340
        2023|All|Male|All|210|300
        2023|All|All|50-64|200|290
        2023|All|All|65-75|270|350""",
        (("Black", "2023", 140, 220), ("Female", "2023", 260, 340), ("65-75", "2023", 270, 350)),
        ("All",),
    ),
    Published(
        "a health plan's measures by stratification and stratum",
        """Measure|Product Line|Stratification|Stratum|Eligible Population|Exclusions|Denominator|Numerator|Rate
        CBP|Commercial|Race|White|310|10|300|210|0.7
        CBP|Commercial|Race|Black or African American|160|10|150|90|0.6
        CBP|Commercial|Race|Unknown|50|10|40|20|0.5
        CBP|Commercial|Ethnicity|Hispanic or Latino|130|10|120|70|0.5833
        CBP|Commercial|Ethnicity|Not Hispanic or Latino|390|20|370|250|0.6757
        CBP|Commercial|Total|Total|520|30|490|320|0.6531""",
        (("White", "", 210, 300), ("Not Hispanic", "", 250, 370)),
        ("Total",),
    ),
    Published(
        "small places with crude and adjusted prevalence",
        """Year|StateAbbr|LocationName|Category|Measure|Data_Value_Unit|Data_Value_Type|Data_Value|Low_Confidence_Limit|High_Confidence_Limit|TotalPopulation|Geolocation
        2022|ZZ|Alpha|Outcomes|Asthma among adults|%|Crude prevalence|12.5|11.5|13.5|10000|POINT (-80 30)
        2022|ZZ|Alpha|Outcomes|Asthma among adults|%|Age-adjusted prevalence|11.9|10.9|12.9|10000|POINT (-80 30)
        2022|ZZ|Beta|Outcomes|Asthma among adults|%|Crude prevalence|13.5|12.5|14.5|20000|POINT (-81 31)
        2022|ZZ|Beta|Outcomes|Asthma among adults|%|Age-adjusted prevalence|12.9|11.9|13.9|20000|POINT (-81 31)""",
        asks="adjusted:Data_Value_Type",
    ),
    Published(
        "a statistical office's keys in one cell, years across, flags behind the numbers",
        """freq,unit,sex,geo\\TIME_PERIOD|2019|2020|2021
        A,PC,F,AT|80.5|81.2 b|:
        A,PC,M,AT|78.5|79.2|79.9
        A,PC,T,AT|79.5|80.2|80.9
        A,PC,F,BE|82.5|81.0|82.2 e
        A,PC,M,BE|77.5|77.0|78.2
        A,PC,T,BE|80.0|79.0|80.2""",
        asks="polarity",
        delimiter="\t",
    ),
    Published(
        "counts of another language in UTF-16, tabs between",
        """Jahr|Gruppe|Fälle|Bevölkerung
        2022|Männer|12|1000
        2022|Frauen|15|1100
        2023|Männer|14|1010
        2023|Frauen|11|1120""",
        (("Männer", "2022", 12, 1000), ("Frauen", "2023", 11, 1120)),
        delimiter="\t",
        encoding="utf-16",
    ),
    Published(
        "a title above, notes below, a mark of the source's own among the rates",
        """"Title: Made-up uninsured percentage by race"
        "Timeframe: 2022"
        Location|White|Black|Hispanic|Asian|Footnotes
        United States|6.5|10.5|18.5|6.1|1
        Alpha|7.5|11.5|25.5|N/A|
        Beta|5.5|9.5|15.5|5.1|
        Gamma|6.8|NSD|21.5|7.1|
        Notes|||||
        Nobody was surveyed for this made-up table.|||||""",
        (("Beta", "", 0.055), ("Gamma", "", 0.215)),
    ),
    Published(
        "pipes between, counts by payer across",
        """Quarter;Medicaid met;Medicaid eligible;Medicare met;Medicare eligible;Commercial met;Commercial eligible
        2023-Q1;120;400;150;380;200;450
        2023-Q2;130;410;155;385;210;455""".replace(";", "|"),
        (("Medicaid", "2023-01", 120, 400), ("Commercial", "2023-04", 210, 455)),
        delimiter="|",
    ),
    Published(
        "a range in square brackets beside its indicator",
        """Location|Period|Indicator|First Tooltip
        Alpha|2017|Maternal mortality ratio (per 100 000 live births)|638 [427-1010]
        Alpha|2016|Maternal mortality ratio (per 100 000 live births)|673 [457-1040]
        Beta|2017|Maternal mortality ratio (per 100 000 live births)|58 [41-79]
        Beta|2016|Maternal mortality ratio (per 100 000 live births)|61 [45-80]""",
        (("Alpha", "2017", 0.00638), ("Beta", "2016", 0.00061)),
    ),
    Published(
        "a pivot table with a unit below and blanks for none",
        """Time period||2021|2019|2018
        Geographic area|Sex|||
        ||||
        Alpha|Female|-|76.5|75.5
        Beta|Female|59.5|-|58.5
        Gamma|Female|66.5|65.5|-
        Footnotes||||
        Unit of measure: %||||""",
        (("Alpha", "2019", 0.765), ("Gamma", "2021", 0.665)),
    ),
    Published(
        "a line of units below the groups",
        """Region|Total|Male|Female
        |(per 100000)|(per 100000)|(per 100000)
        North|50.5|60.5|40.5
        South|45.5|55.5|35.5
        West|47.5|52.5|42.5""",
        (("North", "", 0.000605), ("West", "", 0.000425)),
    ),
    Published(
        "a header of three lines: years over races over measures",
        """|2022|2022|2022|2022|2023|2023|2023|2023
        |White|White|Black|Black|White|White|Black|Black
        County|Deaths|Births|Deaths|Births|Deaths|Births|Deaths|Births
        Alpha|10|1000|12|800|11|1010|13|820
        Beta|20|2100|15|900|19|2050|16|950""",
        (("White", "2022", 30, 3100), ("Black", "2023", 29, 1770), ("Alpha", "2022", 22, 1800)),
    ),
    Published(
        "a bank's table of years, titles above, a code beside each name",
        """Data Source|World Made Indicators
        Last Updated|2024-01-01
        Country Name|Country Code|Indicator Name|Indicator Code|2018|2019|2020
        Alpha|AAA|Infant mortality rate (per 1,000 live births)|SP.X|12.5|12.1|11.8
        Beta|BBB|Infant mortality rate (per 1,000 live births)|SP.X|7.2||6.9
        World|WLD|Infant mortality rate (per 1,000 live births)|SP.X|10.1|9.9|9.7""",
        (("Alpha", "2019", 0.0121), ("Beta", "2020", 0.0069)),
        ("World",),
    ),
    Published(
        "a decimal comma, semicolons, sexes across with both",
        """Deaths by sex (per 100.000)
        Year|Male|Female|Both sexes
        2020|12,5|10,5|11,4
        2021|12,9|10,1|11,6
        2022|13,4|10,8|12,2""",
        (("Male", "2021", 0.000129), ("Female", "2022", 0.000108)),
        ("Both sexes",),
        delimiter=";",
    ),
)

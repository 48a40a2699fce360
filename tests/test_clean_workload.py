"""workload and the durations: what is stated is read, what is not stays unknown."""

from contextlib import suppress

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue import clean
from catalogue.clean import Workload
from catalogue.errors import Unreadable

MONTH = 4.348


def weekly(low, high=None, weeks=None):
    return Workload(weeks=weeks, weekly_low=low, weekly_high=low if high is None else high)


@pytest.mark.parametrize(
    ("said", "weeks"),
    [
        ("6 semaines", 6),
        ("1 week to complete", 1),
        ("Estimated timeApprox. 10 Weeks", 10),
        ("5 weeks long", 5),
        ("1 month", MONTH),
        ("2.5 months to complete", 10.871),
        ("Approximately 7 months to complete", 30.438),
        ("un mois", MONTH),
        ("7 Days", 1),
        ("2 weeks, 3 days", 2.429),
        ("12 mois", 52.179),
        ("1 an", 52.179),
        ("6 Wochen", 6),
        ("4 semanas", 4),
        ("3 settimane", 3),
        ("5 недель", 5),
        ("10 周", 10),
        ("6 أسابيع", 6),
        ("une semaine et demie", 1.5),
        ("P4W", 4),
        ("P10D", 1.429),
        ("100% online, 4 weeks", 4),
    ],
)
def test_calendar_length_is_weeks(said, weeks):
    assert clean.workload(said) == Workload(weeks=weeks)


@pytest.mark.parametrize(
    ("said", "hours"),
    [
        ("2 heures", 2),
        ("4h 30m", 4.5),
        ("1h30", 1.5),
        ("90 minutes", 1.5),
        ("90mins", 1.5),
        ("1:30:00", 1.5),
        ("1,5 horas", 1.5),
        ("1,200 minutes", 20),
        ("Approx. 20 hours to complete", 20),
        ("8 hours to complete", 8),
        ("Effort : 12 heures", 12),
        ("5 Stunden", 5),
        ("83 ч", 83),
        ("1 hour and 5 minutes", 1.083),
        ("half an hour", 0.5),
        ("½ hour", 0.5),
        ("1½ hours", 1.5),
        ("Environ 11 heures pour terminer", 11),
        ("Circa 12 ore per il completamento", 12),
        ("une heure et demie", 1.5),
        ("dos horas y media", 2.5),
        ("one and a half hours", 1.5),
        ("Dos horas aproximadamente", 2),
        ("92.5 total hours\n120 lectures\nAll Levels", 92.5),
        ("8.0 h + 30.0 h", 38),
        ("0 h + 54.0 h", 54),
        ("45min for the guided part + 45 min for practice and quizzes", 1.5),
        ("2 hours (1 hour for the guided part)", 2),
        ("1 day 9 hours 7 minutes", 33.117),
        ("约 10 小时", 10),
        ("10 часов", 10),
        ("Intermédiaire · 12 heures", 12),
        ("PT12H", 12),
        ("2.9630555555555556", 2.963),
        ("24.0", 24),
    ],
)
def test_effort_is_hours_in_all(said, hours):
    assert clean.workload(said) == Workload(total_hours=hours)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("4-8 hours/week", weekly(4, 8)),
        ("3–5 hours per week", weekly(3, 5)),
        ("~2 heures/semaine", weekly(2)),
        ("1 h 30 min par semaine", weekly(1.5)),
        ("moins d'1 heure/semaine", Workload(weekly_high=1)),
        ("moins d’une heure par semaine", Workload(weekly_high=1)),
        ("Less than 2 hours a week", Workload(weekly_high=2)),
        ("5+ hours/week", Workload(weekly_low=5)),
        ("at least 5 hours a week", Workload(weekly_low=5)),
        ("entre 2 et 3 heures par semaine", weekly(2, 3)),
        ("2 à 3 heures hebdomadaires", weekly(2, 3)),
        ("an hour a week", weekly(1)),
        ("4 hours (per week)", weekly(4)),
        ("5h/sem.", weekly(5)),
        ("Wöchentlich 3 Stunden", weekly(3)),
        ("3 часа в неделю", weekly(3)),
        ("每周2-3小时", weekly(2, 3)),
        ("5 ساعات في الأسبوع", weekly(5)),
        ("6 semaines, 3h/semaine", weekly(3, weeks=6)),
        ("4 weeks of study, 2-4 hours a week", weekly(2, 4, weeks=4)),
        ("4 weeks of 2-3 hours", weekly(2, 3, weeks=4)),
        ("4 semaines de 2 à 3 heures", weekly(2, 3, weeks=4)),
        ("6 weeks of 3 hours", weekly(3, weeks=6)),
        ("2 weeks at 10 hours a week", weekly(10, weeks=2)),
        ("4 hrs per week for 8 weeks", weekly(4, weeks=8)),
        ("18-20 hours a week,8 weeks long", weekly(18, 20, weeks=8)),
        ("6 weeks, 12 hours per week (7 weeks)", weekly(12, weeks=6)),
        ("4 semanas (2-4 horas/semana)", weekly(2, 4, weeks=4)),
        ("6 Wochen, 3-4 Stunden pro Woche", weekly(3, 4, weeks=6)),
        ("6 settimane, 2 ore a settimana", weekly(2, weeks=6)),
        ("4週間、週に3時間", weekly(3, weeks=4)),
        ("10 周 | 10 weeks, 每周 2-3 小时 | 2-3 hours per week", weekly(2, 3, weeks=10)),
        ("6 months at 4 hours a week", weekly(4, weeks=26.089)),
        ("100 days, 1-2 hours per week", weekly(1, 2, weeks=14.286)),
        (
            "At the rate of 5 hours a week, it typically takes 4 weeks to complete this course.",
            weekly(5, weeks=4),
        ),
        ("Durée 4 semaines Effort 2h par semaine", weekly(2, weeks=4)),
        ("8 semaines - 4 heures par semaine", weekly(4, weeks=8)),
        ("4 h/semaine x 6 semaines", weekly(4, weeks=6)),
        ("6 weeks / 3 hours per week", weekly(3, weeks=6)),
        ("1 mes a 10 horas por semana", weekly(10, weeks=MONTH)),
        ("2h30/semaine pendant 6 semaines", weekly(2.5, weeks=6)),
    ],
)
def test_a_weekly_rate_is_no_total(said, expected):
    assert clean.workload(said) == expected


def test_hours_after_weeks_and_a_comma_are_a_week():
    assert clean.workload("4 weeks, 3 hours") == weekly(3, weeks=4)


def test_hours_said_to_be_in_all_are_the_total():
    said = "23 hours worth of material,5 weeks long"
    assert clean.workload(said) == Workload(weeks=5, total_hours=23)
    said = "10 weeks, 3-5 h/week, 40 hours in total"
    assert clean.workload(said) == Workload(10, 3, 5, 40)
    assert clean.workload("4 semaines (20 h au total)") == Workload(weeks=4, total_hours=20)


@pytest.mark.parametrize(
    ("said", "weeks", "hours"),
    [
        ("2 jours, ~7 heures/jour", 0.286, 14),
        ("7 hours a day for 2 days", 0.286, 14),
        ("2 jours (7 h par jour)", 0.286, 14),
        ("2 Tage, 3,5 Stunden pro Tag", 0.286, 7),
        ("3 jours de 7 heures", 0.429, 21),
        ("2 jours x 3h30", 0.286, 7),
        ("10 days, 30 minutes daily", 1.429, 5),
        ("5 jours, 2 heures quotidiennes, soit 10 h", 0.714, 10),
        ("2 jours soit 14 heures", 0.286, 14),
        ("2 jours (14 h)", 0.286, 14),
        ("1 day (7 hours)", 0.143, 7),
    ],
)
def test_hours_a_day_of_a_length_in_days_are_the_total_and_no_rate(said, weeks, hours):
    assert clean.workload(said) == Workload(weeks=weeks, total_hours=hours)


@pytest.mark.parametrize(
    ("said", "weeks"),
    [("2 jours (7 h)", 0.286), ("2 days (60 h)", 0.286), ("4 semaines (14 h)", 4)],
)
def test_hours_in_brackets_that_may_be_either_are_left_out(said, weeks):
    assert clean.workload(said) == Workload(weeks=weeks)


def test_a_range_of_hours_a_day_is_one_of_the_total():
    read = Workload(weeks=0.286, total_low=12, total_high=14)
    assert clean.workload("2 days, 6-7 h/day") == read


@pytest.mark.parametrize(
    "said",
    [
        *("4 weeks, 30 hours", "4 weeks 3 hours", "2 hours, 4 weeks"),
        *("3 months 21 hours 16 minutes", "2 days, 7 hours", "3 weeks, 2 hours a day"),
        *("1 h a day, 2 h a week, 9 days", "2 jours, 7 h/jour, 15 h au total"),
    ],
)
def test_hours_that_may_be_either_are_refused(said):
    with pytest.raises(Unreadable):
        clean.workload(said)


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("1-2h", Workload(total_low=1, total_high=2)),
        ("deux à trois heures", Workload(total_low=2, total_high=3)),
        ("Beginner · Course · 1 - 4 Weeks", Workload(weeks_low=1, weeks_high=4)),
        ("Less Than 2 Hours", Workload(total_high=2)),
        ("bis 5 Stunden", Workload(total_high=5)),
        ("до 5 часов", Workload(total_high=5)),
        ("20+ hours", Workload(total_low=20)),
        ("5 weeks or more", Workload(weeks_low=5)),
    ],
)
def test_a_range_of_the_length_or_the_total_is_kept_whole(said, read):
    assert clean.workload(said) == read


def test_a_range_fills_columns_of_its_own_and_a_limit_one_of_them():
    read = clean.workload("12-13 weeks, 15-20 hours a week")
    assert read == attrs.evolve(weekly(15, 20), weeks_low=12, weeks_high=13)
    assert read.columns() == {
        "weeks_low": 12, "weeks_high": 13, "weekly_hours_low": 15, "weekly_hours_high": 20,
    }  # fmt: skip
    assert clean.workload("1-2 hours").columns() == {"total_hours_low": 1, "total_hours_high": 2}
    assert clean.workload("less than 2 hours").columns() == {"total_hours_high": 2}
    assert Workload().columns() == {}


def test_a_field_of_the_length_alone():
    assert clean.length("6") == clean.length("6 semaines") == Workload(weeks=6)
    assert clean.length("4 à 6 semaines") == Workload(weeks_low=4, weeks_high=6)
    assert clean.length("0") is clean.length(None) is clean.length("0\x1f") is None
    for said in ("6 hours", "4-6 weeks, 2 h a week"):
        with pytest.raises(Unreadable, match="a length in weeks"):
            clean.length(said)


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("zwei bis drei Stunden pro Woche", weekly(2, 3)),
        ("une à deux heures par semaine", weekly(1, 2)),
        ("от 2 до 3 часов в неделю", weekly(2, 3)),
        ("週3時間", weekly(3)),
        ("3 ชั่วโมงต่อสัปดาห์", weekly(3)),
        ("٣ أسابيع، ساعتان في الأسبوع", weekly(2, weeks=3)),
        ("约需 10 小时完成", Workload(total_hours=10)),
        ("un'ora e mezza", Workload(total_hours=1.5)),
        ("anderthalb Stunden", Workload(total_hours=1.5)),
        ("2 1/2 hours", Workload(total_hours=2.5)),
        ("Full-time, 12 weeks", Workload(weeks=12)),
    ],
)
def test_forms_that_other_languages_have(said, read):
    assert clean.workload(said) == read


@pytest.mark.parametrize(
    "said",
    [
        *(None, "", " ", "N/A", "On-Demand", "Flexible schedule", "Self-paced", "À votre rythme"),
        *("93 questions\nAll Levels", "Estimated timeApprox. undefined undefined", "0 hours", "0"),
        *("No duration", "Finished", "PT0S", "0 h + 0 h"),
    ],
)
def test_nothing_stated_is_none(said):
    assert clean.workload(said) is None


@pytest.mark.parametrize(
    "said",
    [
        "70",
        "1 hour a day",
        "5 days a week",
        "4 to 6 hours per week plus 2 hours of project",
        "3 hours per module",
        "6 sections, 3-4 hours per section",
        "19th Sep, 2024",
        "Students need to have attended Chinese courses for at least 60 hours",
        "No background knowledge is required to complete this course.",
        "4 weeks, 2 hours a week, 3 hours a week",
        "1.500 horas",
        "8-4 hours a week",
        "3 jours et demi",
        "une demi-journée",
        "4 weeks of 30 hours",
        "3 x 2 heures",
        "hours to complete",
        "P1Y2H",
        "P",
        "9" * 400 + " hours",
    ],
)
def test_what_no_rule_understands_is_refused(said):
    with pytest.raises(Unreadable) as refusal:
        clean.workload(said)
    assert refusal.value.words == said


@settings(deadline=None)
@given(st.text())
def test_no_text_breaks_workload(text):
    try:
        read = clean.workload(text)
    except Unreadable:
        return
    assert read is None or read != Workload()


@settings(deadline=None)
@given(
    st.integers(1, 99),
    st.integers(1, 40),
    st.integers(1, 40),
    st.sampled_from(
        [
            "{w} semaines, de {low} à {high} heures par semaine",
            "{w} weeks, {low} - {high} hours/week",
            "{low}-{high}h a week for {w} weeks",
            "{w} Wochen, {low}–{high} Std. pro Woche",
            "{w} semanas, {low} a {high} horas semanales",
        ]
    ),
)
def test_figures_come_back_from_any_phrase(weeks, one, other, phrase):
    low, high = sorted((one, other))
    said = phrase.format(w=weeks, low=low, high=high)
    assert clean.workload(said) == Workload(weeks, low, high)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("PT12H", 12),
        ("PT33H19M51S", 33.331),
        ("PT90M", 1.5),
        ("PT600H", 600),
        ("P1DT9H", 33),
        ("pt2h", 2),
        ("PT0H", None),
        ("", None),
        (None, None),
    ],
)
def test_iso_hours(said, expected):
    assert clean.iso_hours(said) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("P4W", 4),
        ("P10D", 1.429),
        ("P3M", 13.045),
        ("P6M", 26.089),
        ("P0,5D", 0.071),
        ("P1Y", 52.179),
        ("", None),
        (None, None),
    ],
)
def test_iso_weeks(said, expected):
    assert clean.iso_weeks(said) == expected


@pytest.mark.parametrize("said", ["P4W", "P10D", "12 hours", "P", "PT", "PT1.2.3H", "P1MT2H"])
def test_iso_hours_refuses_calendar_time_and_rubbish(said):
    with pytest.raises(Unreadable):
        clean.iso_hours(said)


@pytest.mark.parametrize("said", ["PT12H", "4 weeks", "P1W2M"])
def test_iso_weeks_refuses_effort_and_rubbish(said):
    with pytest.raises(Unreadable):
        clean.iso_weeks(said)


@settings(deadline=None)
@given(st.text("PTYMWDHS0123456789.,"))
def test_no_text_breaks_the_iso_durations(text):
    for reader in (clean.iso_hours, clean.iso_weeks):
        with suppress(Unreadable):
            assert (reader(text) or 1) > 0


def test_fields_of_one_kind():
    assert clean.weeks("6 semaines") == clean.weeks("6") == 6
    assert clean.weeks("2,5") == 2.5
    assert clean.hours("9 heures") == clean.hours("9") == 9
    assert clean.hours("2.5") == 2.5
    assert clean.weeks("") is clean.hours(None) is None


@pytest.mark.parametrize("said", ["2 heures", "6 semaines, 3h/semaine"])
def test_weeks_refuses_effort(said):
    with pytest.raises(Unreadable):
        clean.weeks(said)


@pytest.mark.parametrize("said", ["6 semaines", "3h/semaine"])
def test_hours_refuses_length_and_rates(said):
    with pytest.raises(Unreadable):
        clean.hours(said)

//! Figures as they are written in reports and on pages.

use glasshouse::figure::{Bound, FigureError, NumberFormat, Parsed, Value, grouped, parse, percent};
use proptest::prelude::*;
use rust_decimal::Decimal;

fn value(text: &str) -> Value {
    parse(text).unwrap_or_else(|e| panic!("{text}: {e}")).value
}

fn number(text: &str) -> Value {
    Value::Number(Decimal::from_str_exact(text).unwrap())
}

fn about(bound: Bound, text: &str) -> Value {
    Value::Approximate(bound, Decimal::from_str_exact(text).unwrap())
}

#[test]
fn plain_numbers() {
    for (text, expected) in [
        ("289", "289"),
        ("0", "0"),
        ("59237.2449", "59237.2449"),
        ("99.4473684210526", "99.4473684210526"),
        ("1,234", "1234"),
        ("１２", "12"),
        ("+19", "19"),
        ("-35", "-35"),
        ("\u{2212}8", "-8"),
        ("１，２３４．５", "1234.5"),
        ("007", "7"),
        (" 1128 ", "1128"),
        ("12,345,678", "12345678"),
    ] {
        assert_eq!(value(text), number(expected), "{text}");
    }
}

#[test]
fn absent_values_are_states() {
    assert_eq!(value(""), Value::Blank);
    assert_eq!(value(" \u{3000}"), Value::Blank);
    assert_eq!(value("~"), Value::Blank);
    for text in ["-", "—", "——", "/", "无", "N/A", "n/a", "不适用"] {
        assert_eq!(value(text), Value::NotApplicable, "{text}");
    }
}

#[test]
fn approximations_keep_their_direction() {
    for (text, bound, expected) in [
        ("680余", Bound::AtLeast, "680"),
        ("680余条", Bound::AtLeast, "680"),
        ("755多条", Bound::AtLeast, "755"),
        ("约44条", Bound::About, "44"),
        ("近5000", Bound::Nearly, "5000"),
        ("26.8万", Bound::About, "268000"),
        ("18万余条", Bound::AtLeast, "180000"),
        ("约为23.9847万次", Bound::About, "239847"),
        ("<1", Bound::LessThan, "1"),
        (">=3", Bound::AtLeast, "3"),
        ("＜１", Bound::LessThan, "1"),
        ("500条以上", Bound::AtLeast, "500"),
        ("44条左右", Bound::About, "44"),
        ("3000余起", Bound::AtLeast, "3000"),
    ] {
        assert_eq!(value(text), about(bound, expected), "{text}");
    }
}

#[test]
fn a_unit_stays_with_the_number() {
    let parsed = parse("251000元").unwrap();
    assert_eq!((parsed.value, parsed.unit.as_deref()), (number("251000"), Some("元")));
    let parsed = parse("25.1万元").unwrap();
    assert_eq!((parsed.value, parsed.unit.as_deref()), (number("25.1"), Some("万元")));
    let parsed = parse("1128 条").unwrap();
    assert_eq!((parsed.value, parsed.unit.as_deref()), (number("1128"), Some("条")));
}

#[test]
fn prose_is_no_figure() {
    for text in [
        "我镇2016年度无申请",
        "未收到",
        "1.2.3",
        "1,23",
        "12,34,567",
        "abc",
        ".5",
        "5.",
        "1e3",
        "3/4",
        "58; 7",
    ] {
        assert!(parse(text).is_err(), "{text}: {:?}", parse(text));
    }
    assert_eq!(parse("2024年").unwrap().unit.as_deref(), Some("年"), "the caller refuses the unit");
    assert_eq!(parse("1234567890123456789"), Err(FigureError::TooLong));
    assert_eq!(
        parse("99999999999万"),
        Ok(Parsed { value: about(Bound::About, "999999999990000"), unit: None, special: true })
    );
    assert_eq!(parse("999999999999999亿"), Err(FigureError::TooLong));
    assert_eq!(parse("0.12345678901234567"), Err(FigureError::TooLong));
    assert_eq!(parse("12345678901.123456789"), Err(FigureError::TooLong));
    assert_eq!(parse("123456789012345678901234567890"), Err(FigureError::TooLong));
}

proptest! {
    #[test]
    fn never_panics(text in any::<String>()) {
        let _ = parse(&text);
    }

    #[test]
    fn every_decimal_comes_back_exactly(mantissa in -10i64.pow(17)..10i64.pow(17), scale in 0u32..6) {
        let decimal = Decimal::new(mantissa, scale);
        prop_assert_eq!(value(&decimal.to_string()), Value::Number(decimal));
    }
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn chinese() -> NumberFormat {
    NumberFormat { unit_gap: String::new(), below: "不足".into(), units_of_one: Vec::new() }
}

#[test]
fn digits_are_grouped_and_kept() {
    for (figure, expected) in [
        ("0", "0"),
        ("-0", "0"),
        ("-0.00", "0.00"),
        ("289", "289"),
        ("999", "999"),
        ("1000", "1,000"),
        ("1342", "1,342"),
        ("16777217", "16,777,217"),
        ("59237.2449", "59,237.2449"),
        ("-35", "−35"),
        ("-1234.5", "−1,234.5"),
        ("-1234567.50", "−1,234,567.50"),
        ("0.05", "0.05"),
        ("-0.5", "−0.5"),
        ("6.0", "6.0"),
        ("79228162514264337593543950335", "79,228,162,514,264,337,593,543,950,335"),
    ] {
        assert_eq!(grouped(decimal(figure)), expected);
    }
}

#[test]
fn one_is_followed_by_the_unit_of_one() {
    let english = NumberFormat {
        unit_gap: " ".into(),
        below: "under ".into(),
        units_of_one: vec![("items".into(), "item".into())],
    };
    let written = [("1", "items"), ("21", "items"), ("1", "%")].map(|(n, unit)| english.with_unit(n, unit));
    assert_eq!(written, ["1 item", "21 items", "1%"]);
    assert_eq!(chinese().with_unit("1", "条"), "1条");
}

#[test]
fn percentages_have_one_decimal_and_round_halves_away() {
    for (amount, text) in
        [("50.247", "50.2%"), ("0.05", "0.1%"), ("-2.05", "−2.1%"), ("100", "100.0%"), ("0", "0.0%")]
    {
        assert_eq!(percent(decimal(amount)), text);
    }
}

#[test]
fn shares_are_rounded_once() {
    let share = |part: &str, whole: &str| chinese().share(decimal(part), decimal(whole));
    assert_eq!(share("202", "402").as_deref(), Some("50.2%"));
    assert_eq!(share("1", "2000").as_deref(), Some("0.1%"), "half goes up");
    assert_eq!(share("-1", "2000").as_deref(), Some("−0.1%"));
    assert_eq!(share("1", "2001").as_deref(), Some("不足0.1%"));
    assert_eq!(share("0", "7").as_deref(), Some("0.0%"));
    assert_eq!(share("1", "0"), None);
    assert_eq!(share("7", "7").as_deref(), Some("100.0%"));
    assert_eq!(share("1.5", "0.5").as_deref(), Some("300.0%"));
    assert_eq!(
        share("39614081257132168796771975167", "79228162514264337593543950335").as_deref(),
        Some("50.0%")
    );
}

proptest! {
    #[test]
    fn a_figure_reads_back(mantissa in any::<i64>(), scale in 0_u32..=18) {
        let figure = Decimal::from_i128_with_scale(mantissa.into(), scale);
        let plain = grouped(figure).replace(',', "").replace('−', "-");
        prop_assert_eq!(plain.parse::<Decimal>().unwrap(), figure);
    }
}

//! Reports as bytes, and back: what a later reading need not understand again.
//!
//! Numbers are written seven bits a byte (LEB128), texts with their length before them. Bytes that
//! are not ours come back as `None`, never as a panic or as more memory than they take themselves.

use std::ops::Range;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::base::source::{FilePath, Stamp};
use crate::base::text::Localized;
use crate::figure::{Bound, Detail, Figure, Value};
use crate::form::{FormIx, IndicatorIx};
use crate::model::{
    Acceptance, AgencyId, Body, Change, Mention, Origin, OtherFigure, Period, Prose, Report, Revision, Scope,
    SourceDocument, Span,
};

use super::fingerprint::Fingerprint;

/// What can be written as bytes and read again.
pub(super) trait Packed: Sized {
    /// Appends it.
    fn pack(&self, out: &mut Vec<u8>);
    /// Takes it from the front of `input`.
    fn unpack(input: &mut &[u8]) -> Option<Self>;
}

fn take<'b>(input: &mut &'b [u8], count: usize) -> Option<&'b [u8]> {
    let (taken, rest) = input.split_at_checked(count)?;
    *input = rest;
    Some(taken)
}

impl Packed for u128 {
    fn pack(&self, out: &mut Vec<u8>) {
        let mut rest = *self;
        while rest >= 0x80 {
            out.push(rest as u8 | 0x80);
            rest >>= 7;
        }
        out.push(rest as u8);
    }

    fn unpack(input: &mut &[u8]) -> Option<Self> {
        let mut number = 0;
        for shift in (0..128).step_by(7) {
            let [byte] = take(input, 1)? else { return None };
            number |= Self::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }
}

macro_rules! packed_numbers {
    ($($number:ty),*) => {$(
        impl Packed for $number {
            fn pack(&self, out: &mut Vec<u8>) {
                u128::from(*self).pack(out);
            }

            fn unpack(input: &mut &[u8]) -> Option<Self> {
                u128::unpack(input)?.try_into().ok()
            }
        }
    )*};
}

packed_numbers!(u8, u16, u32, u64);

impl Packed for usize {
    fn pack(&self, out: &mut Vec<u8>) {
        (*self as u64).pack(out);
    }

    fn unpack(input: &mut &[u8]) -> Option<Self> {
        u64::unpack(input)?.try_into().ok()
    }
}

impl Packed for i16 {
    fn pack(&self, out: &mut Vec<u8>) {
        self.cast_unsigned().pack(out);
    }

    fn unpack(input: &mut &[u8]) -> Option<Self> {
        Some(u16::unpack(input)?.cast_signed())
    }
}

impl Packed for bool {
    fn pack(&self, out: &mut Vec<u8>) {
        u8::from(*self).pack(out);
    }

    fn unpack(input: &mut &[u8]) -> Option<Self> {
        match u8::unpack(input)? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
}

impl Packed for Box<str> {
    fn pack(&self, out: &mut Vec<u8>) {
        self.len().pack(out);
        out.extend_from_slice(self.as_bytes());
    }

    fn unpack(input: &mut &[u8]) -> Option<Self> {
        let length = usize::unpack(input)?;
        std::str::from_utf8(take(input, length)?).ok().map(Into::into)
    }
}

impl Packed for FilePath {
    fn pack(&self, out: &mut Vec<u8>) {
        self.len().pack(out);
        out.extend_from_slice(self.as_bytes());
    }

    fn unpack(input: &mut &[u8]) -> Option<Self> {
        Box::<str>::unpack(input).map(Into::into)
    }
}

impl<T: Packed> Packed for Option<T> {
    fn pack(&self, out: &mut Vec<u8>) {
        self.is_some().pack(out);
        if let Some(inner) = self {
            inner.pack(out);
        }
    }

    fn unpack(input: &mut &[u8]) -> Option<Self> {
        Some(if bool::unpack(input)? { Some(T::unpack(input)?) } else { None })
    }
}

impl<T: Packed> Packed for Box<T> {
    fn pack(&self, out: &mut Vec<u8>) {
        (**self).pack(out);
    }

    fn unpack(input: &mut &[u8]) -> Option<Self> {
        T::unpack(input).map(Self::new)
    }
}

impl<T: Packed> Packed for Vec<T> {
    fn pack(&self, out: &mut Vec<u8>) {
        self.len().pack(out);
        for item in self {
            item.pack(out);
        }
    }

    fn unpack(input: &mut &[u8]) -> Option<Self> {
        let count = usize::unpack(input)?;
        // Every item takes a byte at least: a count beyond that is no room to be made.
        let mut items = Self::with_capacity(count.min(input.len()));
        for _ in 0..count {
            items.push(T::unpack(input)?);
        }
        Some(items)
    }
}

impl<A: Packed, B: Packed> Packed for (A, B) {
    fn pack(&self, out: &mut Vec<u8>) {
        self.0.pack(out);
        self.1.pack(out);
    }

    fn unpack(input: &mut &[u8]) -> Option<Self> {
        Some((A::unpack(input)?, B::unpack(input)?))
    }
}

impl Packed for Range<usize> {
    fn pack(&self, out: &mut Vec<u8>) {
        self.start.pack(out);
        self.end.pack(out);
    }

    fn unpack(input: &mut &[u8]) -> Option<Self> {
        Some(usize::unpack(input)?..usize::unpack(input)?)
    }
}

impl Packed for Decimal {
    fn pack(&self, out: &mut Vec<u8>) {
        // The scale is at most 28; the sign goes below it.
        (self.scale() << 1 | u32::from(self.is_sign_negative())).pack(out);
        self.mantissa().unsigned_abs().pack(out);
    }

    fn unpack(input: &mut &[u8]) -> Option<Self> {
        let head = u32::unpack(input)?;
        let digits = i128::try_from(u128::unpack(input)?).ok()?;
        let mut number = Self::try_from_i128_with_scale(digits, head >> 1).ok()?;
        number.set_sign_negative(head & 1 == 1);
        Some(number)
    }
}

impl Packed for Date {
    fn pack(&self, out: &mut Vec<u8>) {
        self.year().pack(out);
        self.month().cast_unsigned().pack(out);
        self.day().cast_unsigned().pack(out);
    }

    fn unpack(input: &mut &[u8]) -> Option<Self> {
        let year = i16::unpack(input)?;
        let (month, day) = (u8::unpack(input)?.cast_signed(), u8::unpack(input)?.cast_signed());
        Self::new(year, month, day).ok()
    }
}

impl Packed for Localized {
    fn pack(&self, out: &mut Vec<u8>) {
        let pairs: Vec<(Box<str>, Box<str>)> =
            self.iter().map(|(lang, text)| (lang.into(), text.into())).collect();
        pairs.pack(out);
    }

    fn unpack(input: &mut &[u8]) -> Option<Self> {
        let pairs = Vec::<(Box<str>, Box<str>)>::unpack(input)?;
        Some(Self::from_pairs(pairs.iter().map(|(lang, text)| (&**lang, &**text))))
    }
}

/// Types that are a list of fields.
macro_rules! packed_structs {
    ($($name:ident { $($field:ident),* })*) => {$(
        impl Packed for $name {
            fn pack(&self, out: &mut Vec<u8>) {
                let Self { $($field),* } = self;
                $($field.pack(out);)*
            }

            fn unpack(input: &mut &[u8]) -> Option<Self> {
                $(let $field = Packed::unpack(input)?;)*
                Some(Self { $($field),* })
            }
        }
    )*};
}

packed_structs! {
    Report {
        agency, period, scope, slug, form, title, lang, published, republished, source, figures, others,
        mentions, accept, revisions, prose, aliases, unlisted, body
    }
    Period { year, span }
    SourceDocument { title, issuer, number, url, retrieved }
    OtherFigure { code, label, unit, figure, origin }
    Mention { indicator, number, span }
    Acceptance { check, at, why }
    Revision { date, why, changes }
    Change { code, from, to }
    Body { file, offset, is_empty }
    Figure { value, detail }
    Detail { written, note, cumulative }
    Stamp { size, modified }
    Fingerprint { facts, text, reaches }
}

/// Types around one number.
macro_rules! packed_wrappers {
    ($($name:ident($inner:ty)),*) => {$(
        impl Packed for $name {
            fn pack(&self, out: &mut Vec<u8>) {
                self.0.pack(out);
            }

            fn unpack(input: &mut &[u8]) -> Option<Self> {
                <$inner>::unpack(input).map(Self)
            }
        }
    )*};
}

packed_wrappers!(AgencyId(u32), FormIx(u16), IndicatorIx(u16));

/// Types that are one of several, each with a number and what it holds.
macro_rules! packed_enums {
    ($($name:ident { $($tag:literal => $variant:ident $(($($field:ident),*))?),* })*) => {$(
        impl Packed for $name {
            fn pack(&self, out: &mut Vec<u8>) {
                match self {
                    $(Self::$variant $(($($field),*))? => {
                        out.push($tag);
                        $($($field.pack(out);)*)?
                    })*
                }
            }

            fn unpack(input: &mut &[u8]) -> Option<Self> {
                Some(match u8::unpack(input)? {
                    $($tag => {
                        $($(let $field = Packed::unpack(input)?;)*)?
                        Self::$variant $(($($field),*))?
                    })*
                    _ => return None,
                })
            }
        }
    )*};
}

packed_enums! {
    Span { 0 => Quarter(part), 1 => Half(part), 2 => Year, 3 => Fiscal }
    Scope { 0 => Own, 1 => Consolidated }
    Prose { 0 => Original, 1 => Summary }
    Origin { 0 => Local, 1 => Text, 2 => Form(form) }
    Value { 0 => Number(number), 1 => Blank, 2 => NotApplicable, 3 => Approximate(bound, number) }
    Bound { 0 => AtLeast, 1 => MoreThan, 2 => About, 3 => Nearly, 4 => AtMost, 5 => LessThan }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn back<T: Packed>(value: &T) -> Option<T> {
        let mut bytes = Vec::new();
        value.pack(&mut bytes);
        let mut input = bytes.as_slice();
        T::unpack(&mut input).filter(|_| input.is_empty())
    }

    fn report() -> Report {
        let text = |text: &str| Some(Box::from(text));
        let detail = Detail { written: text("约44"), note: text("原表如此"), cumulative: true };
        let figure = Figure {
            value: Value::Approximate(Bound::About, Decimal::new(-44_000, 3)),
            detail: Some(Box::new(detail)),
        };
        Report {
            agency: AgencyId(300),
            period: Period { year: 2022, span: Span::Quarter(3) },
            scope: Scope::Consolidated,
            slug: "2022-q3".into(),
            form: FormIx(2),
            title: "报告".into(),
            lang: text("en"),
            published: Some(Date::constant(2023, 1, 31)),
            republished: None,
            source: SourceDocument { url: text("https://example.org"), ..SourceDocument::default() },
            figures: vec![(IndicatorIx(7), figure.clone()), (IndicatorIx(9), Figure::new(Value::Blank))],
            others: vec![OtherFigure {
                code: "x_a".into(),
                label: Localized::from_pairs([("zh", "其他"), ("en", "Other")]),
                unit: text("件"),
                figure,
                origin: Origin::Form(FormIx(1)),
            }],
            mentions: vec![Mention { indicator: IndicatorIx(3), number: 12.into(), span: 5..900 }],
            accept: vec![Acceptance { check: "jump".into(), at: None, why: "改革".into() }],
            revisions: vec![Revision {
                date: Date::constant(2024, 2, 29),
                why: "更正".into(),
                changes: vec![Change { code: "a".into(), from: "1".into(), to: String::new().into() }],
            }],
            prose: Prose::Summary,
            aliases: vec!["old".into()],
            unlisted: true,
            body: Body { file: "content/a/2022-q3.md".into(), offset: 1_234, is_empty: false },
        }
    }

    #[test]
    fn a_report_comes_back_whole() {
        let report = report();
        assert_eq!(format!("{:?}", back(&report)), format!("{:?}", Some(report)));
    }

    #[test]
    fn cut_or_foreign_bytes_are_refused() {
        let mut bytes = Vec::new();
        report().pack(&mut bytes);
        for end in 0..bytes.len() {
            assert!(Report::unpack(&mut &bytes[..end]).is_none(), "{end}");
        }
        assert_eq!(Vec::<u64>::unpack(&mut [0xff; 18].as_slice()), None);
        assert_eq!(bool::unpack(&mut [2].as_slice()), None);
    }

    proptest! {
        #[test]
        fn numbers_and_texts_come_back(number in any::<u128>(), year in any::<i16>(), text in ".*") {
            prop_assert_eq!(back(&number), Some(number));
            prop_assert_eq!(back(&year), Some(year));
            prop_assert_eq!(back(&Box::<str>::from(text.as_str())), Some(text.into()));
        }

        #[test]
        fn decimals_come_back_as_written(digits in any::<i64>(), scale in 0_u32..=28) {
            let number = Decimal::new(digits, scale);
            prop_assert_eq!(back(&number).map(|n| n.to_string()), Some(number.to_string()));
        }

        #[test]
        fn any_bytes_are_read_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = Report::unpack(&mut bytes.as_slice());
        }
    }
}

//! Enums whose values have a word in form and series files.

/// Gives an enum the words that stand for its values.
macro_rules! words {
    ($enum:ident { $($value:ident = $word:literal),+ $(,)? }) => {
        impl $enum {
            /// The word for it.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$value => $word,)+
                }
            }

            /// The value a word stands for.
            pub fn from_name(name: &str) -> Option<Self> {
                match name {
                    $($word => Some(Self::$value),)+
                    _ => None,
                }
            }
        }
    };
}

pub(super) use words;

//! The labels file, in which an editor says what labels mean.
//!
//! ```yaml
//! 其他主动公开文件: x_other_documents   # kept under this code
//! 公开数: proactive_total               # an indicator or a row of the form
//! 审核人:                               # left out
//! ```

use std::collections::BTreeMap;

use crate::import::label_key;
use crate::load;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum LabelTarget {
    /// A line of the form, by code.
    Code(String),
    /// A figure of the report's own, by code.
    Local(String),
    /// Nothing: the row is left out.
    Skip,
}

/// What labels mean, by their keys.
#[derive(Clone, Debug, Default)]
pub struct LabelMapping(BTreeMap<String, LabelTarget>);

/// A labels file that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a mapping of labels to codes: {0}")]
pub struct LabelMappingError(String);

impl LabelMapping {
    /// Reads a labels file.
    pub fn parse(yaml: &str) -> Result<Self, LabelMappingError> {
        let map: BTreeMap<String, Option<String>> =
            load::typed_yaml(yaml).map_err(|error| LabelMappingError(error.detail))?;
        let target = |code: Option<String>| match code.as_deref().map(str::trim) {
            None | Some("" | "~") => LabelTarget::Skip,
            Some(code) if code.starts_with("x_") || code.starts_with("n_") => {
                LabelTarget::Local(code.to_owned())
            }
            Some(code) => LabelTarget::Code(code.to_owned()),
        };
        Ok(Self(map.into_iter().map(|(label, code)| (label_key::key(&label), target(code))).collect()))
    }

    /// Iterates over the codes of lines, to be checked against a form.
    pub fn codes(&self) -> impl Iterator<Item = &str> {
        self.0.values().filter_map(|target| match target {
            LabelTarget::Code(code) => Some(&**code),
            _ => None,
        })
    }

    pub(crate) fn target(&self, label: &str) -> Option<&LabelTarget> {
        if self.0.is_empty() {
            return None;
        }
        self.0.get(&label_key::key(label)).or_else(|| self.0.get(&label_key::bare_key(label)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_found_however_they_are_printed() {
        let mapping =
            LabelMapping::parse("（一）公开数: proactive_total\n其他文件: x_other\n审核人:\n").unwrap();
        assert_eq!(mapping.target("公开数（条）"), Some(&LabelTarget::Code("proactive_total".into())));
        assert_eq!(mapping.target("其他 文件"), Some(&LabelTarget::Local("x_other".into())));
        assert_eq!(mapping.target("审核人："), Some(&LabelTarget::Skip));
        assert_eq!(mapping.target("公开"), None);
        assert_eq!(mapping.codes().collect::<Vec<_>>(), ["proactive_total"]);
        assert!(LabelMapping::parse("[a, b]").is_err());
    }
}

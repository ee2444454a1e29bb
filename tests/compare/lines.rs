//! Compares text line by line, and what is no text by its bytes.

use crate::align::{Aligned, align};
use crate::difference::{Difference, Place, What};
use crate::markup::hash_of;

/// All lines that differ.
pub(crate) fn compare(old: &str, new: &str) -> Vec<Difference> {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let hashes = |lines: &[&str]| lines.iter().map(hash_of).collect::<Vec<_>>();
    let place = |at: usize| Place { exact: format!("line {}", at + 1), general: "line".to_owned() };
    let (olds, news) = (hashes(&old), hashes(&new));
    let aligned = align((&olds, &news), (&vec![(); olds.len()], &vec![(); news.len()]), |_, _| true);
    let difference = |one| match one {
        Aligned::Changed(left, right) => {
            Difference::new(What::Line, place(right), Some(old[left]), Some(new[right]))
        }
        Aligned::Removed(at) => Difference::new(What::Line, place(at), Some(old[at]), None),
        Aligned::Added(at) => Difference::new(What::Line, place(at), None, Some(new[at])),
    };
    aligned.into_iter().map(difference).collect()
}

/// Where the bytes of two files begin to differ, and their sizes.
pub(crate) fn bytes(old: &[u8], new: &[u8]) -> Difference {
    let at = old.iter().zip(new).take_while(|(old, new)| old == new).count();
    let place = Place { exact: format!("from byte {at}"), general: "bytes".to_owned() };
    let size = |bytes: &[u8]| format!("{} bytes", bytes.len());
    Difference::new(What::Bytes, place, Some(&size(old)), Some(&size(new)))
}

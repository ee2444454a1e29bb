//! The reading order of names: Chinese by pinyin, everything else by letters.

use pinyin::ToPinyin;

/// Words, mostly place names, with characters read otherwise than the dictionary of single ones says.
const READINGS: &[(&str, &str)] = &[
    ("重庆", "chong qing"),
    ("长沙", "chang sha"),
    ("长春", "chang chun"),
    ("长治", "chang zhi"),
    ("长征", "chang zheng"),
    ("长宁", "chang ning"),
    ("长兴", "chang xing"),
    ("长乐", "chang le"),
    ("长葛", "chang ge"),
    ("厦门", "xia men"),
    ("六安", "lu an"),
    ("单县", "shan xian"),
    ("乐清", "yue qing"),
    ("乐亭", "lao ting"),
    ("曾都", "zeng du"),
    ("番禺", "pan yu"),
    ("蚌埠", "beng bu"),
    ("亳州", "bo zhou"),
    ("台州", "tai zhou"),
    ("丽水", "li shui"),
    ("大埔", "da bu"),
    ("涡阳", "guo yang"),
    ("洪洞", "hong tong"),
    ("繁峙", "fan shi"),
    ("尉犁", "yu li"),
    ("浚县", "xun xian"),
    ("监利", "jian li"),
    ("朝阳", "chao yang"),
    ("吐蕃", "tu bo"),
    ("大峃", "da xue"),
    ("茗岙", "ming ao"),
    ("会计", "kuai ji"),
    ("银行", "yin hang"),
    ("行政", "xing zheng"),
];

/// Returns a key by which names sort as readers expect: lower-case syllables separated by spaces.
pub fn sort_key(name: &str) -> String {
    let mut key = String::with_capacity(name.len() * 2);
    let mut rest = name;
    while let Some(first) = rest.chars().next() {
        if let Some((word, reading)) = READINGS.iter().find(|(word, _)| rest.starts_with(word)) {
            push_syllable(&mut key, reading);
            rest = rest.get(word.len()..).unwrap_or("");
            continue;
        }
        match first.to_pinyin() {
            Some(pinyin) => push_syllable(&mut key, pinyin.plain()),
            None if first.is_alphanumeric() => key.extend(first.to_lowercase()),
            None if !key.ends_with(' ') && !key.is_empty() => key.push(' '),
            None => {}
        }
        rest = rest.get(first.len_utf8()..).unwrap_or("");
    }
    key.truncate(key.trim_end().len());
    key
}

/// Returns the letter under which a name is listed; `#` for names that begin with none.
pub fn initial(sort_key: &str) -> char {
    match sort_key.chars().next() {
        Some(letter) if letter.is_ascii_alphabetic() => letter.to_ascii_uppercase(),
        _ => '#',
    }
}

fn push_syllable(key: &mut String, syllable: &str) {
    if !key.is_empty() && !key.ends_with(' ') {
        key.push(' ');
    }
    key.push_str(syllable);
    key.push(' ');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn place_names_are_read_as_people_read_them() {
        assert_eq!(sort_key("厦门市统计局"), "xia men shi tong ji ju");
        assert_eq!(sort_key("重庆"), "chong qing");
        assert_eq!(sort_key("乐清市"), "yue qing shi");
        assert_eq!(sort_key("NASA（总部）"), "nasa zong bu");
        assert_eq!(initial(&sort_key("苍南县")), 'C');
        assert_eq!(initial(&sort_key("１号")), '#');
    }

    #[test]
    fn names_sort_by_their_reading() {
        let mut names = ["温州市", "鹿城区", "瓯海区", "苍南县", "Zebra", "Alpha"];
        names.sort_by_key(|name| sort_key(name));
        assert_eq!(names, ["Alpha", "苍南县", "鹿城区", "瓯海区", "温州市", "Zebra"]);
    }
}

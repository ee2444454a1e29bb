//! The vectors that the script's tests read too: both normalize, hash and take queries apart alike.

use serde_json::Value as Json;

use super::hash::key;
use super::normalize::{Mode, normalized};
use super::tokenize::Query;

const VECTORS: &str = include_str!("../../tests/vectors/search.json");

fn vectors(of: &str) -> Vec<Json> {
    let all: Json = serde_json::from_str(VECTORS).unwrap();
    let list = all[of].as_array().unwrap().clone();
    assert!(list.len() >= 10, "{of}");
    list
}

fn hexadecimal(keys: &[u64]) -> Vec<String> {
    keys.iter().map(|key| format!("{key:016x}")).collect()
}

fn texts(json: &Json) -> Vec<String> {
    json.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}

#[test]
fn terms_have_the_hashes_of_the_vectors() {
    for vector in vectors("hash") {
        let term = vector["term"].as_str().unwrap();
        assert_eq!(hexadecimal(&[key(term.chars())]), [vector["key"].as_str().unwrap()], "{term}");
    }
}

#[test]
fn texts_fold_as_in_the_vectors() {
    for vector in vectors("fold") {
        let mode = if vector["mode"] == "page" { Mode::Page } else { Mode::Query };
        let text = vector["text"].as_str().unwrap();
        assert_eq!(normalized(text, mode), vector["folded"].as_str().unwrap(), "{text}");
    }
}

#[test]
fn queries_are_taken_apart_as_in_the_vectors() {
    for vector in vectors("query") {
        let query = Query::parse(vector["text"].as_str().unwrap());
        let parts = vector["parts"].as_array().unwrap();
        assert_eq!(query.parts.len(), parts.len(), "{vector}");
        for (part, expected) in query.parts.iter().zip(parts) {
            assert_eq!(part.text, expected["text"].as_str().unwrap());
            assert_eq!(hexadecimal(&part.terms), texts(&expected["terms"]), "{vector}");
        }
        assert_eq!(query.letters, vector["letters"].as_str().unwrap());
        assert_eq!(hexadecimal(&query.pinyin), texts(&vector["pinyin"]), "{vector}");
    }
}

//! Checks the dependencies. Each must have a licence that `deny.toml` allows and must come from the only registry
//! listed there. Only a single version of each may be used, unless it is listed as an exception.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail where it stands")]

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

/// Returns all packages needed to build for any target, as reported by Cargo. `cargo deny` checks the same ones.
fn packages() -> Vec<Value> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["metadata", "--locked", "--all-features", "--format-version", "1"]);
    let output = cargo.current_dir(env!("CARGO_MANIFEST_DIR")).output().expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    report["packages"].as_array().unwrap().clone()
}

/// Reads the rules in `deny.toml`.
fn rules() -> toml::Table {
    include_str!("../deny.toml").parse().unwrap()
}

/// Returns a list of strings in the rules, given its table and key.
fn list<'a>(rules: &'a toml::Table, table: &str, key: &str) -> BTreeSet<&'a str> {
    rules[table][key].as_array().unwrap().iter().map(|word| word.as_str().unwrap()).collect()
}

/// Returns whether an SPDX expression is satisfied by the allowed licences. `/` is an old spelling of `OR`.
fn may(expression: &str, allowed: &BTreeSet<&str>) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    let met = any(&words, &mut at, allowed);
    assert_eq!(at, words.len(), "{expression:?} is no expression");
    met
}

fn any(words: &[&str], at: &mut usize, allowed: &BTreeSet<&str>) -> bool {
    let mut met = all(words, at, allowed);
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        met |= all(words, at, allowed);
    }
    met
}

fn all(words: &[&str], at: &mut usize, allowed: &BTreeSet<&str>) -> bool {
    let mut met = one(words, at, allowed);
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        met &= one(words, at, allowed);
    }
    met
}

fn one(words: &[&str], at: &mut usize, allowed: &BTreeSet<&str>) -> bool {
    if words.get(*at) == Some(&"(") {
        *at += 1;
        let met = any(words, at, allowed);
        assert_eq!(words.get(*at), Some(&")"));
        *at += 1;
        return met;
    }
    let length = if words.get(*at + 1) == Some(&"WITH") { 3 } else { 1 };
    let name = words.get(*at..*at + length).expect("a licence").join(" ");
    *at += length;
    allowed.contains(name.as_str())
}

#[test]
fn every_crate_has_a_licence_that_is_allowed() {
    let rules = rules();
    let allowed = list(&rules, "licenses", "allow");
    for package in packages() {
        let licence = package["license"].as_str().unwrap_or_default();
        assert!(may(licence, &allowed), "{} is licensed by {licence:?}", package["name"]);
    }
}

#[test]
fn an_expression_is_met_as_spdx_says() {
    let allowed = BTreeSet::from(["MIT", "ISC", "Apache-2.0 WITH LLVM-exception"]);
    for good in
        ["MIT", "GPL-3.0 OR MIT", "MIT/Apache-2.0", "(GPL-3.0 OR MIT) AND ISC", "Apache-2.0 WITH LLVM-exception"]
    {
        assert!(may(good, &allowed), "{good}");
    }
    for bad in ["GPL-3.0", "MIT AND GPL-3.0", "Apache-2.0", "ISC AND (GPL-3.0 OR AGPL-3.0)"] {
        assert!(!may(bad, &allowed), "{bad}");
    }
}

#[test]
fn every_crate_comes_from_the_registry_that_is_named() {
    let rules = rules();
    let known = list(&rules, "sources", "allow-registry");
    for package in packages() {
        let Some(source) = package["source"].as_str() else { continue };
        assert!(source.strip_prefix("registry+").is_some_and(|source| known.contains(source)), "{source}");
    }
}

#[test]
fn packages_of_all_targets_are_checked() {
    let packages = packages();
    let has = |name: &str| packages.iter().any(|package| package["name"] == name);
    assert!(has("windows-sys") && has("libc"), "the packages of a target are missing");
}

#[test]
fn no_crate_comes_twice_but_those_that_are_listed() {
    let packages = packages();
    let mut versions: BTreeMap<&str, usize> = BTreeMap::new();
    for package in &packages {
        *versions.entry(package["name"].as_str().unwrap()).or_default() += 1;
    }
    let rules = rules();
    let listed = list(&rules, "bans", "skip");
    let twice: Vec<&&str> =
        versions.iter().filter(|(name, count)| **count > 1 && !listed.contains(*name)).map(|(name, _)| name).collect();
    assert!(twice.is_empty(), "{twice:?} come in more than one version");
}

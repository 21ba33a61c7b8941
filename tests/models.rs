//! The learnt weights: beside each stands a card that tells where they come from, and it is the card of these very bytes.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use sha2::{Digest, Sha256};
use std::fs;
use std::path::Path;

#[test]
fn a_card_tells_the_checksum_of_its_weights() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/models");
    for name in ["names", "lines"] {
        let digest = Sha256::digest(fs::read(folder.join(name).with_extension("bin")).unwrap());
        let told: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
        let card = fs::read_to_string(folder.join(name).with_extension("md")).unwrap();
        assert!(card.contains(&told), "the card of {name} tells of other weights; these are {told}");
    }
}

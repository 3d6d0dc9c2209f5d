//! The tree against the vectors of the RFC's reference log and against a tree computed from the definition.

use std::convert::Infallible;

use proptest::prelude::*;

use super::*;

/// Leaves and roots of the reference implementation of Certificate Transparency (RFC 6962).
const LEAVES: [&str; 8] =
    ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
const ROOTS: [&str; 8] = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

/// The definition of the RFC, section 2.1.1, without any storing of nodes.
fn naive(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => Sha256::digest([]).into(),
        [leaf] => *leaf,
        _ => {
            let (left, right) = leaves.split_at(split(leaves.len() as u64) as usize);
            node_hash(&naive(left), &naive(right))
        }
    }
}

fn leaves(count: u64) -> Vec<Hash> {
    (0..count).map(|number| leaf_hash(&number.to_be_bytes())).collect()
}

fn fetch(leaves: &[Hash]) -> impl FnMut(u32, u64) -> Result<Hash, Infallible> {
    move |level, position| {
        let (start, count) = ((position << level) as usize, 1 << level);
        Ok(naive(&leaves[start..start + count]))
    }
}

fn head(leaves: &[Hash]) -> Head {
    Head { size: leaves.len() as u64, root: naive(leaves) }
}

#[test]
fn roots_are_those_of_the_reference_log() {
    let mut peaks = Peaks::default();
    assert_eq!(hex::encode(peaks.root()), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    for (leaf, root) in LEAVES.iter().zip(ROOTS) {
        peaks.push(leaf_hash(&hex::decode(leaf).unwrap()));
        assert_eq!(hex::encode(peaks.root()), root);
    }
}

#[test]
fn paths_are_those_of_the_reference_log() {
    let leaves: Vec<_> = LEAVES.iter().map(|leaf| leaf_hash(&hex::decode(leaf).unwrap())).collect();
    let Ok(path) = inclusion_path(5, 8, &mut fetch(&leaves));
    let path: Vec<_> = path.iter().map(hex::encode).collect();
    let expected = [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ];
    assert_eq!(path, expected);
    let Ok(path) = consistency_path(6, 8, &mut fetch(&leaves));
    let path: Vec<_> = path.iter().map(hex::encode).collect();
    let expected = [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ];
    assert_eq!(path, expected);
}

proptest! {
    #[test]
    fn the_growing_root_is_the_defined_one(size in 0_u64..300) {
        let leaves = leaves(size);
        let mut peaks = Peaks::default();
        leaves.iter().for_each(|leaf| peaks.push(*leaf));
        prop_assert_eq!(peaks.root(), naive(&leaves));
    }

    #[test]
    fn every_leaf_is_proved_and_nothing_else(size in 1_u64..300, leaf in 0_u64..300, other in 0_u64..300) {
        let leaf = leaf % size;
        let leaves = leaves(size);
        let root = naive(&leaves);
        let Ok(path) = inclusion_path(leaf, size, &mut fetch(&leaves));
        prop_assert!(verify_inclusion(leaves[leaf as usize], leaf, size, &path, &root));
        let stranger = leaf_hash(b"stranger");
        prop_assert!(!verify_inclusion(stranger, leaf, size, &path, &root));
        if other % size != leaf {
            prop_assert!(!verify_inclusion(leaves[leaf as usize], other % size, size, &path, &root));
        }
        if let Some(shorter) = path.len().checked_sub(1) {
            prop_assert!(!verify_inclusion(leaves[leaf as usize], leaf, size, &path[..shorter], &root));
        }
    }

    #[test]
    fn a_tree_is_proved_to_begin_with_its_past_and_with_no_other(second in 1_u64..300, first in 0_u64..300) {
        let first = first % second + 1;
        let leaves = leaves(second);
        let (old, new) = (head(&leaves[..first as usize]), head(&leaves));
        let Ok(path) = consistency_path(first, second, &mut fetch(&leaves));
        prop_assert!(verify_consistency(&old, &new, &path));
        let forged = Head { root: leaf_hash(b"forged"), ..old };
        prop_assert!(!verify_consistency(&forged, &new, &path));
    }
}

//! Payloads of a definition's own strategy, and how a failing one is made smaller.

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::java::class::Dto;
use crate::java::config::MapperConfig;
use crate::java::write::emit;

/// A generated payload that can be made smaller: proptest's tree of a typed value, without its type.
pub trait Shrinking {
    /// The payload as it is now; none where the configuration cannot write the value.
    fn text(&self) -> Option<String>;

    /// Makes it simpler; false where it cannot be.
    fn simplify(&mut self) -> bool;

    /// Takes the last simplification back, in part; false where nothing is left to take back.
    fn complicate(&mut self) -> bool;
}

struct Payload<V> {
    config: MapperConfig,
    tree: V,
}

impl<V: ValueTree<Value: Dto>> Shrinking for Payload<V> {
    fn text(&self) -> Option<String> {
        emit(&self.config, &self.tree.current()).ok()
    }

    fn simplify(&mut self) -> bool {
        self.tree.simplify()
    }

    fn complicate(&mut self) -> bool {
        self.tree.complicate()
    }
}

/// So many payloads, the same for the same seed.
pub(super) fn shrinking<T: Dto>(config: &MapperConfig, seed: u64, count: usize) -> Vec<Box<dyn Shrinking>> {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let mut runner = TestRunner::new_with_rng(Config { failure_persistence: None, ..Config::default() }, rng);
    let strategy = proptest::arbitrary::any::<T>();
    let trees = (0..count).filter_map(|_| strategy.new_tree(&mut runner).ok());
    trees.map(|tree| Box::new(Payload { config: *config, tree }) as Box<dyn Shrinking>).collect()
}

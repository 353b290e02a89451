//! Payloads from the table of a definition, and how a failing one is made smaller.

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::java::config::MapperConfig;
use crate::java::token::Token;
use crate::model::{Dto, values};

/// A generated payload that can be made smaller: proptest's tree of a value.
pub trait Shrinking {
    /// The payload as it is now; none where the configuration cannot write the value.
    fn text(&self) -> Option<String>;

    /// Makes it simpler; false where it cannot be.
    fn simplify(&mut self) -> bool;

    /// Takes the last simplification back, in part; false where nothing is left to take back.
    fn complicate(&mut self) -> bool;
}

/// How a generated value becomes the text of a configuration.
type Write = fn(&Token<'_>, &MapperConfig) -> Option<String>;

struct Payload<V> {
    config: MapperConfig,
    write: Write,
    tree: V,
}

impl<V: ValueTree<Value = Token<'static>>> Shrinking for Payload<V> {
    fn text(&self) -> Option<String> {
        (self.write)(&self.tree.current(), &self.config)
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
    let strategy = values::tokens(T::CLASS);
    let trees = (0..count).filter_map(|_| strategy.new_tree(&mut runner).ok());
    let payload = |tree| Payload { config: *config, write: values::payload::<T>, tree };
    trees.map(|tree| Box::new(payload(tree)) as Box<dyn Shrinking>).collect()
}

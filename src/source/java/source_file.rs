//! A file of a tree and what it declares.

use std::sync::Arc;

use super::syntax::JavaFile;
use crate::finding::Text;
use crate::source::tree::File;

/// A file of a tree.
#[derive(Debug)]
pub struct SourceFile {
    /// Its path and text.
    pub file: File,
    /// Its declarations, of a Java file.
    pub java: Option<Arc<JavaFile>>,
    /// Its text as findings point into it: one, so that its lines are counted once.
    pub text: Text,
}

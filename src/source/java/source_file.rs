//! A file of a tree and what it declares.

use std::sync::Arc;

use super::syntax::JavaFile;
use crate::source::tree::File;

/// A file of a tree.
#[derive(Debug)]
pub struct SourceFile {
    /// Its path and text.
    pub file: File,
    /// Its declarations, of a Java file.
    pub java: Option<Arc<JavaFile>>,
}

//! A digest of definitions as files, to tell a binary that was built from others.
//!
//! The build script computes it for what it builds in, and the binary for what lies in the checkout: the same code, so
//! it uses the standard library only. Times of files say nothing: a checkout or a copy changes them.

use std::fs;
use std::io;
use std::path::Path;

/// The digest of every file below a folder, with its name: FNV-1a in 64 bits, which finds any honest difference.
///
/// # Errors
///
/// What the operating system refuses.
pub fn digest(folder: &Path) -> io::Result<String> {
    let mut files = Vec::new();
    collect(folder, "", &mut files)?;
    files.sort();
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for name in files {
        // A checkout on Windows may have other line ends, and builds the same.
        let bytes = fs::read(folder.join(&name))?;
        let text = bytes.iter().filter(|&&byte| byte != b'\r');
        for &byte in name.as_bytes().iter().chain(&[0]).chain(text).chain(&[0]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    Ok(format!("{hash:016x}"))
}

fn collect(folder: &Path, name: &str, files: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder.join(name))? {
        let entry = entry?;
        let file = entry.file_name().to_string_lossy().into_owned();
        let path = if name.is_empty() { file } else { format!("{name}/{file}") };
        if entry.file_type()?.is_dir() {
            collect(folder, &path, files)?;
        } else if path.ends_with(".rs") {
            files.push(path);
        }
    }
    Ok(())
}

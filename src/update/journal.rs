//! Several files written as one: all of them or none, also when the process is killed in the middle.
//!
//! The new bytes are staged in `.dtogate-update/` below the root and reach the disk. Then a record names what moves
//! where: the moment at which it has its name is the moment at which the update is made. Then the staged files are
//! moved into place, each by one rename, so no reader sees half of one. Whoever comes next finishes what a record
//! promises ([`recover`]), or removes what was staged without one.
//!
//! A link, a read-only file and a file that has changed since it was read are refused before anything is written.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// The folder below the root that holds what is being written.
pub const FOLDER: &str = ".dtogate-update";

/// One file of an update.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The file, relative to the root, with `/`.
    pub path: String,
    /// Its bytes as they were read; none where it was not there.
    pub before: Option<Vec<u8>>,
    /// Its bytes as they will be; none where it goes.
    pub after: Option<Vec<u8>>,
}

/// What [`recover`] did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recovery {
    /// Nothing was interrupted.
    Nothing,
    /// An update that was made was moved into place.
    Finished,
    /// What was staged for an update that was not made was removed.
    RolledBack,
}

/// The SHA-256 of some bytes, in small hexadecimal digits.
pub fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether an update below a root was interrupted.
pub fn is_interrupted(root: &Path) -> bool {
    root.join(FOLDER).join(RECORD).exists()
}

/// Writes every change, or none.
///
/// An update that was interrupted before is finished first, or removed.
///
/// # Errors
///
/// What is refused (a link, a read-only file, a path that leaves the root, a file that is not as it was read, another
/// update at the same moment), and what the operating system refuses. Before the update is made nothing of it is in
/// place; after it, the next [`recover`] finishes it.
pub fn commit(root: &Path, changes: &[Change]) -> io::Result<()> {
    commit_in_steps(root, changes, &mut || Ok(()))
}

/// Finishes an update that was interrupted, or removes what was staged for it.
///
/// # Errors
///
/// A record that cannot be read, a file that has changed since, and what the operating system refuses.
pub fn recover(root: &Path) -> io::Result<Recovery> {
    if !root.join(FOLDER).is_dir() {
        return Ok(Recovery::Nothing);
    }
    let lock = lock(root)?;
    let recovery = recover_locked(root, &mut || Ok(()))?;
    remove_folder(root, lock);
    Ok(recovery)
}

const RECORD: &str = "record.json";
const LOCK: &str = "lock";

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Record {
    version: u32,
    files: Vec<Entry>,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    path: String,
    /// The digest of the bytes that were there.
    before: Option<String>,
    /// The digest of the bytes that come, staged under the entry's number.
    after: Option<String>,
}

/// What is called before each step that changes the disk: a test ends the process there.
type Step<'s> = &'s mut dyn FnMut() -> io::Result<()>;

fn commit_in_steps(root: &Path, changes: &[Change], step: Step<'_>) -> io::Result<()> {
    let changes: Vec<&Change> = changes.iter().filter(|change| change.before != change.after).collect();
    for (at, change) in changes.iter().enumerate() {
        is_inside(&change.path)?;
        if changes[..at].iter().any(|other| other.path == change.path) {
            return Err(refused(&change.path, "expected one change of the file, found two"));
        }
    }
    let folder = root.join(FOLDER);
    create_folder(&folder)?;
    let lock = lock(root)?;
    recover_locked(root, step)?;
    if changes.is_empty() {
        remove_folder(root, lock);
        return Ok(());
    }
    let made = stage(root, &changes, step);
    if let Err(error) = made {
        // What was staged is of no use to anybody; a record is not there yet.
        if !folder.join(RECORD).exists() {
            let _ = roll_back(&folder, &mut || Ok(()));
            remove_folder(root, lock);
        }
        return Err(error);
    }
    apply(root, step)?;
    remove_folder(root, lock);
    Ok(())
}

fn stage(root: &Path, changes: &[&Change], step: Step<'_>) -> io::Result<()> {
    let folder = root.join(FOLDER);
    let mut record = Record { version: 1, files: Vec::new() };
    for (number, change) in changes.iter().enumerate() {
        let target = root.join(&change.path);
        let metadata = refuse_target(root, change)?;
        if let Some(bytes) = &change.after {
            step()?;
            let mut file = File::create(folder.join(number.to_string()))?;
            file.write_all(bytes)?;
            if let Some(metadata) = &metadata {
                file.set_permissions(metadata.permissions())?;
            }
            file.sync_all()?;
        }
        record.files.push(Entry {
            path: change.path.clone(),
            before: change.before.as_deref().map(digest),
            after: change.after.as_deref().map(digest),
        });
        if change.after.is_some() {
            step()?;
            let parent = target.parent().unwrap_or(root);
            fs::create_dir_all(parent)?;
            same_device(&folder, parent, &change.path)?;
        }
    }
    let text = serde_json::to_string(&record).map_err(io::Error::other)?;
    step()?;
    let staged = folder.join("record.tmp");
    let mut file = File::create(&staged)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    sync_folder(&folder)?;
    step()?;
    fs::rename(&staged, folder.join(RECORD))?;
    sync_folder(&folder)
}

/// Refuses what must not be written over; what is known of the file that is there.
fn refuse_target(root: &Path, change: &Change) -> io::Result<Option<fs::Metadata>> {
    let path = &change.path;
    let mut at = root.to_owned();
    for component in Path::new(path).components() {
        at.push(component);
        // A link leads somewhere else, perhaps out of the root, and a rename would replace it.
        if at.is_symlink() {
            let link = at.strip_prefix(root).unwrap_or(&at).display().to_string();
            return Err(refused(path, &format!("expected no link, found one at {link}")));
        }
    }
    let target = root.join(path);
    let found = match fs::read(&target) {
        Ok(bytes) => Some(bytes),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(refused(path, &error.to_string())),
    };
    if found != change.before {
        return Err(refused(path, "it has changed since it was read; run the command again"));
    }
    // The first folder that is there decides whether something can be made in it.
    let folder = target.ancestors().skip(1).find(|folder| folder.is_dir()).unwrap_or(root);
    if !is_writable(folder) {
        let folder = folder.strip_prefix(root).unwrap_or(folder).display().to_string();
        return Err(refused(path, &format!("its folder {folder} cannot be written to")));
    }
    let metadata = found.is_some().then(|| fs::metadata(&target)).transpose()?;
    if metadata.as_ref().is_some_and(|metadata| metadata.permissions().readonly()) {
        return Err(refused(path, "expected a file that can be written, found a read-only one"));
    }
    Ok(metadata)
}

/// Moves into place what the record names. Each step can be done twice.
fn apply(root: &Path, step: Step<'_>) -> io::Result<()> {
    let folder = root.join(FOLDER);
    let record = read_record(&folder)?;
    let mut folders: Vec<PathBuf> = Vec::new();
    for (number, entry) in record.files.iter().enumerate() {
        let target = root.join(&entry.path);
        let staged = folder.join(number.to_string());
        if entry.after.is_some() {
            // A folder that was made before the record may not have reached the disk.
            fs::create_dir_all(target.parent().unwrap_or(root))?;
            step()?;
            match fs::rename(&staged, &target) {
                Err(error) if error.kind() == io::ErrorKind::NotFound && !staged.exists() => {}
                moved => moved?,
            }
        } else {
            step()?;
            match fs::remove_file(&target) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                removed => removed?,
            }
        }
        let parent = target.parent().unwrap_or(root).to_owned();
        if !folders.contains(&parent) {
            folders.push(parent);
        }
    }
    for parent in &folders {
        sync_folder(parent)?;
    }
    step()?;
    fs::remove_file(folder.join(RECORD))?;
    sync_folder(&folder)
}

fn recover_locked(root: &Path, step: Step<'_>) -> io::Result<Recovery> {
    let folder = root.join(FOLDER);
    if !folder.join(RECORD).exists() {
        return roll_back(&folder, step);
    }
    for (number, entry) in read_record(&folder)?.files.iter().enumerate() {
        let found = match fs::read(root.join(&entry.path)) {
            Ok(bytes) => Some(digest(&bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(refused(&entry.path, &error.to_string())),
        };
        let is_staged = entry.after.is_none() || folder.join(number.to_string()).exists();
        if found != entry.after && !(is_staged && found == entry.before) {
            return Err(refused(
                &entry.path,
                &format!(
                    "an update was interrupted, and the file has changed since; look at `git diff`, then remove \
                     {FOLDER}/"
                ),
            ));
        }
    }
    apply(root, step)?;
    roll_back(&folder, step)?;
    Ok(Recovery::Finished)
}

/// Removes what was staged.
fn roll_back(folder: &Path, step: Step<'_>) -> io::Result<Recovery> {
    let mut recovery = Recovery::Nothing;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name() == LOCK || entry.file_name() == ".gitignore" {
            continue;
        }
        step()?;
        fs::remove_file(entry.path())?;
        recovery = Recovery::RolledBack;
    }
    Ok(recovery)
}

fn read_record(folder: &Path) -> io::Result<Record> {
    let path = folder.join(RECORD);
    let unreadable =
        |message: String| io::Error::new(io::ErrorKind::InvalidData, format!("{FOLDER}/{RECORD}: {message}"));
    let record: Record = serde_json::from_slice(&fs::read(&path)?).map_err(|error| unreadable(error.to_string()))?;
    if record.version != 1 {
        return Err(unreadable(format!("expected version 1, found {}", record.version)));
    }
    for entry in &record.files {
        is_inside(&entry.path)?;
    }
    Ok(record)
}

/// Whether a path stays below the root.
fn is_inside(path: &str) -> io::Result<()> {
    let is_plain = Path::new(path).components().all(|component| matches!(component, Component::Normal(_)));
    if path.is_empty() || !is_plain || path.starts_with(FOLDER) {
        return Err(refused(path, "expected a path below the root"));
    }
    Ok(())
}

fn refused(path: &str, message: &str) -> io::Error {
    io::Error::other(format!("{path}: {message}"))
}

fn create_folder(folder: &Path) -> io::Result<()> {
    if folder.is_symlink() {
        return Err(refused(FOLDER, "expected a folder, found a link"));
    }
    fs::create_dir_all(folder)?;
    // No commit of the repository takes what is staged here.
    fs::write(folder.join(".gitignore"), "*\n")
}

/// The folder goes with the update; another process may be making the next one already.
fn remove_folder(root: &Path, lock: File) {
    let folder = root.join(FOLDER);
    let _ = fs::remove_file(folder.join(".gitignore"));
    let _ = fs::remove_file(folder.join(LOCK));
    drop(lock);
    let _ = fs::remove_dir(folder);
}

/// Only one update at a time; the system lets go of the lock when the process ends, however it does.
fn lock(root: &Path) -> io::Result<File> {
    let path = root.join(FOLDER).join(LOCK);
    let mut options = fs::OpenOptions::new();
    options.create(true).write(true).truncate(false);
    #[cfg(windows)]
    {
        use std::os::windows::fs::OpenOptionsExt as _;
        options.share_mode(0);
    }
    let busy = || io::Error::other(format!("another update is being written in {}", root.display()));
    let file = options.open(&path).map_err(|error| if cfg!(windows) { busy() } else { error })?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        rustix::fs::flock(&file, rustix::fs::FlockOperation::NonBlockingLockExclusive).map_err(|_| busy())?;
        // Between opening and locking, the holder before may have removed the file: then this locks nothing.
        let is_there = fs::metadata(&path).is_ok_and(|metadata| {
            file.metadata().is_ok_and(|own| (own.dev(), own.ino()) == (metadata.dev(), metadata.ino()))
        });
        if !is_there {
            return Err(busy());
        }
    }
    Ok(file)
}

/// Makes the names in a folder reach the disk.
fn sync_folder(folder: &Path) -> io::Result<()> {
    // Only unix opens folders; elsewhere names are on the disk with their files.
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

#[cfg(unix)]
fn is_writable(folder: &Path) -> bool {
    use rustix::fs::{Access, access};
    access(folder, Access::WRITE_OK | Access::EXEC_OK).is_ok()
}

#[cfg(not(unix))]
fn is_writable(folder: &Path) -> bool {
    fs::metadata(folder).is_ok()
}

/// A rename does not cross file systems, and must not fail once the update is made.
#[cfg(unix)]
fn same_device(folder: &Path, parent: &Path, path: &str) -> io::Result<()> {
    use std::os::unix::fs::MetadataExt as _;
    if fs::metadata(folder)?.dev() == fs::metadata(parent)?.dev() {
        return Ok(());
    }
    Err(refused(path, "expected its folder on the file system of the root, found it on another"))
}

#[cfg(not(unix))]
fn same_device(_: &Path, _: &Path, _: &str) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests;

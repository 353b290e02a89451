//! No golden of the repository looks like personal data; `dtogate add` would take each of them.

use dtogate::fixture::{File, read_store};
use dtogate::personal::Synthetic;
use dtogate::tis::CATALOGUE;
use dtogate::update::addition::personal;

use crate::files;

#[test]
fn no_golden_looks_like_personal_data() {
    let list = String::from_utf8(files::bytes("fixtures/synthetic.toml")).unwrap();
    let synthetic = Synthetic::parse(&list).unwrap();
    let store = read_store(files::root(), &CATALOGUE, u64::MAX).unwrap();
    let goldens: Vec<&File> = store
        .cases
        .iter()
        .flat_map(|case| std::iter::once(&case.payload).chain(case.further.iter().map(|further| &further.file)))
        .collect();
    let found: Vec<String> = goldens.iter().flat_map(|file| personal(file, &synthetic)).collect();
    println!("{} files looked at", goldens.len());
    assert!(goldens.len() > 150);
    assert!(found.is_empty(), "{}", found.join("\n"));
    // The test looks: without the list, names and numbers are what they look like with another one.
    let other = list.replace("\"Testfirst0\"", "\"Other\"").replace("\"1234567\"", "\"7654321\"");
    let other = Synthetic::parse(&other).unwrap();
    let found: Vec<String> = goldens.iter().flat_map(|file| personal(file, &other)).collect();
    assert!(
        found.iter().any(|line| line.contains("GMC number 1…")) && found.iter().any(|line| line.contains("name T…"))
    );
}

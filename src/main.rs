//! The command line tool over the catalogue of the real system.

use std::process::ExitCode;

fn main() -> ExitCode {
    dtogate::cli::main(&dtogate::tis::CATALOGUE)
}

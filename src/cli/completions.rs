//! `dtogate completions`

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::Cli;
use crate::tool;

/// The arguments of `completions`.
#[derive(Args, Debug)]
pub struct Arguments {
    /// The shell: for bash, add `source <(dtogate completions bash)` to .bashrc
    #[arg(value_enum)]
    pub shell: Shell,
}

/// Runs the verb.
pub(super) fn run(arguments: &Arguments) -> String {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Cli::command(), tool::name(), &mut script);
    String::from_utf8_lossy(&script).into_owned()
}

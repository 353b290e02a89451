//! A mapper in Rust for `dtogate probe --batch`: the doctors page by class, as the gateway maps it since b87760a.
//!
//! ```sh
//! cargo build --example typed_mapper
//! dtogate probe doctors-summary --batch -- target/debug/examples/typed_mapper
//! ```

use std::io::{self, Read, Write};

use dtogate::mapping::{Inputs, Outcome};
use dtogate::tis::mapping::doctors_summary::MAPPING;

fn main() -> io::Result<()> {
    let mut input = String::new();
    io::stdin().read_to_string(&mut input)?;
    let mut stdout = io::stdout().lock();
    // A record separator, a text, a line feed (RFC 7464); what stands before the first separator is no text.
    for text in input.split('\u{1E}').skip(1) {
        match MAPPING.run(&Inputs::payload(text)) {
            Outcome::Emitted(answer) => writeln!(stdout, "\u{1E}{answer}")?,
            Outcome::Refused { refusal, .. } => {
                eprintln!("refused: {refusal}");
                writeln!(stdout, "\u{1E}null")?;
            }
        }
    }
    Ok(())
}

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| dtogate_fuzz::reports::run(bytes));

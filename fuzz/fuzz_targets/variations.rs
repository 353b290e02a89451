#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| dtogate_fuzz::variations::run(bytes));

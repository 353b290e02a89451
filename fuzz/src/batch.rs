//! The splitter of a batch: the same texts in whatever parts they come.

use dtogate::probe::batch::Texts;

/// The first byte is the size of the parts, the rest the stream.
pub fn run(bytes: &[u8]) {
    holds(bytes, |size, stream, is_whole| {
        let mut texts = Texts::default();
        let mut whole: Vec<Vec<u8>> = stream.chunks(size).flat_map(|part| texts.push(part)).collect();
        whole.extend(texts.finish(is_whole));
        whole
    });
}

/// What must be so of a splitter, which is given the size of the parts, the stream, and whether it ended as it should.
pub fn holds(bytes: &[u8], splitter: impl Fn(usize, &[u8], bool) -> Vec<Vec<u8>>) {
    let Some((&size, stream)) = bytes.split_first() else { return };
    for is_whole in [true, false] {
        let split = |size: usize| splitter(size, stream, is_whole);
        let texts = split(usize::from(size).max(1));
        assert_eq!(texts, split(stream.len().max(1)), "in parts of {size}");
        assert!(texts.iter().all(|text| !text.contains(&0x1E) && !text.trim_ascii().is_empty()));
        if is_whole {
            // What is written between separators, and nothing else.
            let written = stream.split(|&byte| byte == 0x1E).filter(|text| !text.trim_ascii().is_empty());
            assert!(texts.iter().map(Vec::as_slice).eq(written));
        }
    }
}

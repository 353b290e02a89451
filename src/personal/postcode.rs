//! Postcodes of the United Kingdom.

use super::{Pattern, runs};

/// The kind.
pub(super) const PATTERN: Pattern =
    Pattern { name: "UK postcode", instead: "one of an area that does not exist: ZZ99 9ZZ", find };

/// The letters that a postcode can begin with.
const AREAS: &str = "AB AL B BA BB BD BF BH BL BN BR BS BT BX CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY \
                     E EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL \
                     LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN \
                     SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE";

fn find(text: &str) -> Option<String> {
    let words: Vec<&str> = runs(text, |character| character.is_ascii_alphanumeric()).collect();
    for (at, word) in words.iter().enumerate() {
        if let Some(next) = words.get(at + 1)
            && is_outward(word)
            && is_inward(next)
            && text.contains(&format!("{word} {next}"))
        {
            return Some(format!("{word} {next}"));
        }
        // Without its space only in capitals: `e10` and `1ab` are often no postcode.
        let split = word.len().checked_sub(3).filter(|&split| split >= 2);
        if let Some((outward, inward)) = split.map(|split| word.split_at(split))
            && word.chars().all(|character| !character.is_ascii_lowercase())
            && is_outward(outward)
            && is_inward(inward)
        {
            return Some((*word).to_owned());
        }
    }
    None
}

/// `SW1A`, `M1`, `EC2`: an area, a digit, and a digit or a letter.
fn is_outward(word: &str) -> bool {
    let word = word.to_uppercase();
    let Some(digit) = word.find(|character: char| character.is_ascii_digit()) else { return false };
    let (area, district) = word.split_at(digit);
    AREAS.split_whitespace().any(|known| known == area) && (1..=2).contains(&district.len())
}

/// `1AA`: a digit and two letters, none of them C, I, K, M, O or V.
fn is_inward(word: &str) -> bool {
    let bytes = word.to_uppercase().into_bytes();
    bytes.len() == 3
        && bytes[0].is_ascii_digit()
        && bytes[1..].iter().all(|byte| byte.is_ascii_uppercase() && !b"CIKMOV".contains(byte))
}

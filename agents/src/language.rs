//! The languages that Fixi speaks, and which of them a text is written in. It never translates anything.

pub use locales::Locale as Language;

/// The language most of the text's letters belong to; none without letters.
///
/// Latin letters count half beside another script, because people put brand and model names, links and addresses in
/// Latin letters into Hebrew, Arabic and Russian sentences.
#[must_use]
pub fn detect(text: &str) -> Option<Language> {
    let [mut hebrew, mut latin, mut arabic, mut cyrillic] = [0_usize; 4];
    for c in text.chars() {
        match c {
            'א'..='ת' | '\u{FB1D}'..='\u{FB4F}' => hebrew += 2,
            '\u{0620}'..='\u{064A}'
            | '\u{066E}'..='\u{06D3}'
            | '\u{06FA}'..='\u{06FF}'
            | '\u{FB50}'..='\u{FDFF}'
            | '\u{FE70}'..='\u{FEFC}' => {
                arabic += 2;
            }
            '\u{0400}'..='\u{04FF}' => cyrillic += 2,
            'a'..='z' | 'A'..='Z' | '\u{00C0}'..='\u{024F}' => latin += 1,
            _ => {}
        }
    }
    let counts =
        [(hebrew, Language::He), (arabic, Language::Ar), (cyrillic, Language::Ru), (latin, Language::En)];
    let most = counts.iter().map(|(count, _)| *count).max().filter(|count| *count > 0)?;
    counts.into_iter().find(|(count, _)| *count == most).map(|(_, language)| language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brand_names_do_not_change_the_language() {
        assert_eq!(detect("המזגן Electra Platinum לא מקרר"), Some(Language::He));
        assert_eq!(detect("не работает Samsung"), Some(Language::Ru));
        assert_eq!(detect("المكيف لا يبرد"), Some(Language::Ar));
        assert_eq!(detect("my sink leaks"), Some(Language::En));
        assert_eq!(detect("050-123 👍"), None);
    }
}

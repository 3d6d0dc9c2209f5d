//! How wide words are, without asking a font: widths of the common sans-serif faces, on the side of caution.

/// Size of the letters in boxes.
pub(crate) const SIZE: i32 = 12;

/// Width in thousandths of the size of the letters.
fn letter(letter: char) -> i32 {
    match letter {
        ' ' | '.' | ',' | ':' | ';' | 'i' | 'l' | 'j' | 'І' | 'і' | 'I' | '(' | ')' | '\'' => 320,
        'r' | 't' | 'f' | '-' | 'г' | 'т' => 480,
        'm' | 'w' | 'ж' | 'ф' | 'ш' | 'щ' | 'ю' | 'ы' | 'м' => 840,
        'M' | 'W' | 'Ж' | 'Ф' | 'Ш' | 'Щ' | 'Ю' | 'Ы' | 'М' | '№' | '—' => 980,
        _ if letter.is_uppercase() => 720,
        _ => 620,
    }
}

/// Width of a text in letters of this size.
pub(crate) fn width(text: &str, size: i32) -> i32 {
    (text.chars().map(letter).sum::<i32>() * size).div_euclid(1000) + 1
}

/// The text in lines that are not wider than this; a word that is wider is cut.
pub(crate) fn wrap(text: &str, widest: i32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace().flat_map(|word| pieces(word, widest)) {
        match lines.last_mut() {
            Some(line) if width(&format!("{line} {word}"), SIZE) <= widest => {
                line.push(' ');
                line.push_str(&word);
            }
            _ => lines.push(word),
        }
    }
    lines
}

/// A word, or its parts with hyphens when it does not fit into a line of its own.
fn pieces(word: &str, widest: i32) -> Vec<String> {
    if width(word, SIZE) <= widest {
        return vec![word.to_owned()];
    }
    let mut parts = vec![String::new()];
    for letter in word.chars() {
        if let Some(part) = parts.last_mut() {
            if !part.is_empty() && width(&format!("{part}{letter}-"), SIZE) > widest {
                part.push('-');
                parts.push(letter.to_string());
            } else {
                part.push(letter);
            }
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_wider_than_its_box_and_no_letter_is_lost() {
        let text = "Қолжетімділігішектеулідербесдеректергеқолжеткізу үшін келісім беру және растау";
        let lines = wrap(text, 130);
        assert!(lines.iter().all(|line| width(line, SIZE) <= 130), "{lines:?}");
        let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>();
        assert_eq!(letters(&lines.concat()), letters(text));
    }
}

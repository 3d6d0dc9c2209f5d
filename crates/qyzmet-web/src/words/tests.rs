//! Gaps, unused keys and wrong letters in the locale files.

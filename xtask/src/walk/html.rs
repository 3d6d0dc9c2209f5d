//! Just enough reading of HTML for a client without a browser: forms with their fields, links, and marked values.

/// An opening tag with its attributes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// Name in small letters; a closing tag begins with `/`.
    pub name: String,
    /// Attributes, entities resolved.
    pub attributes: Vec<(String, String)>,
    /// The text up to the next tag.
    pub text: String,
}

impl Tag {
    /// Value of an attribute.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }
}

/// A form as a browser would send it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// Where it goes; empty for the page itself.
    pub action: String,
    /// `get` or `post`.
    pub method: String,
    /// How it is written.
    pub multipart: bool,
    /// Fields with the values that stand in them.
    pub fields: Vec<(String, String)>,
    /// Every name of a field, a choice or a button, also of those not sent by themselves.
    pub names: Vec<String>,
    /// Boxes that are not ticked, with the value that a tick sends.
    pub boxes: Vec<(String, String)>,
}

impl Form {
    /// Whether the form has a field, a choice or a button of this name.
    #[must_use]
    pub fn offers(&self, name: &str) -> bool {
        self.names.iter().any(|found| found == name)
    }

    /// The form with every box ticked.
    #[must_use]
    pub fn ticked(mut self) -> Self {
        self.fields.append(&mut self.boxes);
        self
    }

    /// The form with a field filled in.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.fields.retain(|(found, _)| found != name);
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }
}

/// All tags of a page in their order.
#[must_use]
pub fn tags(page: &str) -> Vec<Tag> {
    page.split('<').skip(1).filter_map(tag).collect()
}

fn tag(piece: &str) -> Option<Tag> {
    let (inside, text) = split_tag(piece)?;
    let end = inside.find(char::is_whitespace).unwrap_or(inside.len());
    let name = inside.get(..end)?.trim_end_matches('/').to_ascii_lowercase();
    let attributes = attributes(inside.get(end..)?);
    Some(Tag { name, attributes, text: unescape(text.trim()) })
}

/// Splits at the `>` that ends the tag, not at one inside quotes.
fn split_tag(piece: &str) -> Option<(&str, &str)> {
    let mut quote = None;
    for (index, letter) in piece.char_indices() {
        match (quote, letter) {
            (None, '>') => return Some((piece.get(..index)?, piece.get(index + 1..)?)),
            (None, '"' | '\'') => quote = Some(letter),
            (Some(open), _) if open == letter => quote = None,
            _ => {}
        }
    }
    None
}

fn attributes(mut rest: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    loop {
        rest = rest.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '/');
        let end = rest.find(|letter: char| letter == '=' || letter.is_whitespace()).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        if name.is_empty() {
            return found;
        }
        let (value, after) = after.strip_prefix('=').map_or(("", after), value);
        found.push((name.to_ascii_lowercase(), unescape(value)));
        rest = after;
    }
}

fn value(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(inside) = text.strip_prefix(quote) {
            return inside.split_once(quote).unwrap_or((inside, ""));
        }
    }
    text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()))
}

/// Resolves the entities that templates write.
#[must_use]
pub fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        plain.push_str(before);
        match after.split_once(';').and_then(|(name, after)| Some((entity(name)?, after))) {
            Some((letter, after)) => {
                plain.push(letter);
                rest = after;
            }
            None => {
                plain.push('&');
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    plain
}

fn entity(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

/// The forms of a page in their order.
#[must_use]
pub fn forms(page: &str) -> Vec<Form> {
    let mut forms: Vec<Form> = Vec::new();
    let mut inside = false;
    let mut select = None;
    for tag in tags(page) {
        match tag.name.as_str() {
            "form" => {
                inside = true;
                forms.push(open(&tag));
            }
            "/form" => inside = false,
            "select" => select = tag.get("name").map(str::to_owned),
            "/select" => select = None,
            _ if !inside => {}
            name => {
                if let Some(form) = forms.last_mut() {
                    enter(form, name, &tag, select.as_deref());
                }
            }
        }
    }
    forms
}

fn open(tag: &Tag) -> Form {
    Form {
        action: tag.get("action").unwrap_or("").to_owned(),
        method: tag.get("method").unwrap_or("get").to_ascii_lowercase(),
        multipart: tag.get("enctype").is_some_and(|kind| kind.starts_with("multipart")),
        ..Form::default()
    }
}

/// Enters one field as a browser would: unticked boxes, buttons and files are known but not sent.
fn enter(form: &mut Form, kind: &str, tag: &Tag, select: Option<&str>) {
    let name = if kind == "option" { select } else { tag.get("name") };
    let Some(name) = name.filter(|_| !tag.has("disabled")) else { return };
    let sent = match kind {
        "input" => match tag.get("type").unwrap_or("text") {
            "submit" | "button" | "image" | "file" => false,
            "checkbox" | "radio" => tag.has("checked"),
            _ => true,
        },
        "option" => tag.has("selected"),
        "textarea" => true,
        "button" => false,
        _ => return,
    };
    form.names.push(name.to_owned());
    if !sent && tag.get("type") == Some("checkbox") {
        form.boxes.push((name.to_owned(), tag.get("value").unwrap_or("on").to_owned()));
    }
    if sent {
        let value = if kind == "textarea" { tag.text.as_str() } else { tag.get("value").unwrap_or("") };
        form.fields.push((name.to_owned(), value.to_owned()));
    }
}

/// Addresses of all links, with their text.
#[must_use]
pub fn links(page: &str) -> Vec<(String, String)> {
    let anchors = tags(page).into_iter().filter(|tag| tag.name == "a");
    anchors.filter_map(|tag| Some((tag.get("href")?.to_owned(), tag.text.clone()))).collect()
}

/// The value of an attribute anywhere on the page, for example `data-outcome`.
#[must_use]
pub fn marked(page: &str, attribute: &str) -> Option<String> {
    tags(page).iter().find_map(|tag| tag.get(attribute).map(str::to_owned))
}

/// The text of the first element of a class, for example `qz-number__value`.
#[must_use]
pub fn of_class(page: &str, class: &str) -> Option<String> {
    let is_of = |tag: &Tag| tag.get("class").is_some_and(|all| all.split(' ').any(|one| one == class));
    tags(page).into_iter().find(is_of).map(|tag| tag.text)
}

/// What a person reads: the text without tags, scripts left out, spaces made single.
#[must_use]
pub fn words(page: &str) -> String {
    let mut hidden = false;
    let mut text = String::new();
    for tag in tags(page) {
        match tag.name.as_str() {
            "script" | "style" | "template" => hidden = true,
            "/script" | "/style" | "/template" => hidden = false,
            _ => {}
        }
        if !hidden && !tag.text.is_empty() {
            text.push(' ');
            text.push_str(&tag.text);
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<form method="post" action="/fill?a=1&amp;b=2"><input type="hidden" name="csrf" value="t&quot;1">
        <input name="number" value=""><input type="checkbox" name="consent" value="given">
        <select name="area"><option value="1">A</option><option value="2" selected>B</option></select>
        <button name="resend" value="1">&#x20B8; > x</button></form><a href="/next">Next</a>
        <p data-outcome="valid">It <b>is</b></p><script>if (a < b) {}</script>"#;

    #[test]
    fn a_form_is_read_as_a_browser_would_send_it() {
        let form = &forms(PAGE)[0];
        assert_eq!((form.action.as_str(), form.method.as_str()), ("/fill?a=1&b=2", "post"));
        let fields =
            [("csrf", "t\"1"), ("number", ""), ("area", "2")].map(|(a, b)| (a.to_owned(), b.to_owned()));
        assert_eq!(form.fields, fields);
        assert!(form.offers("consent") && form.offers("resend") && !form.offers("iin"));
        assert!(form.clone().ticked().fields.contains(&("consent".to_owned(), "given".to_owned())));
    }

    #[test]
    fn filling_replaces_what_stood_there() {
        let form = forms(PAGE).remove(0).with("number", "+77010000000");
        assert_eq!(form.fields.iter().filter(|(name, _)| name == "number").count(), 1);
    }

    #[test]
    fn links_marks_and_words_are_found() {
        assert_eq!(links(PAGE), [("/next".to_owned(), "Next".to_owned())]);
        assert_eq!(marked(PAGE, "data-outcome").as_deref(), Some("valid"));
        assert_eq!(of_class(PAGE, "lead"), None);
        assert!(words(PAGE).ends_with("It is"));
    }
}

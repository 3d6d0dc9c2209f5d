//! A small writer of XML without states to get wrong: elements are closures, texts are escaped here.

use quick_xml::escape::escape;

/// XML being written.
pub(crate) struct Xml(String);

impl Xml {
    pub(crate) fn new() -> Self {
        Self(String::with_capacity(4096))
    }

    /// An element with attributes and whatever `content` writes.
    pub(crate) fn element(
        &mut self,
        name: &str,
        attributes: &[(&str, &str)],
        content: impl FnOnce(&mut Self),
    ) -> &mut Self {
        self.0.push('<');
        self.0.push_str(name);
        for (key, value) in attributes {
            self.0.push(' ');
            self.0.push_str(key);
            self.0.push_str("=\"");
            self.push_text(value);
            self.0.push('"');
        }
        self.0.push('>');
        content(self);
        self.close(name)
    }

    /// An element without attributes.
    pub(crate) fn group(&mut self, name: &str, content: impl FnOnce(&mut Self)) -> &mut Self {
        self.element(name, &[], content)
    }

    /// An element that holds a text.
    pub(crate) fn leaf(&mut self, name: &str, text: &str) -> &mut Self {
        self.group(name, |xml| xml.push_text(text))
    }

    /// XML made by this writer before.
    pub(crate) fn inner(&mut self, ready: &str) -> &mut Self {
        self.0.push_str(ready);
        self
    }

    pub(crate) fn finish(self) -> String {
        self.0
    }

    fn close(&mut self, name: &str) -> &mut Self {
        self.0.push_str("</");
        self.0.push_str(name);
        self.0.push('>');
        self
    }

    fn push_text(&mut self, text: &str) {
        // Control characters are not allowed in XML 1.0 even when escaped.
        let clean: String = text.chars().filter(|letter| !letter.is_control()).collect();
        self.0.push_str(&escape(clean));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_cannot_leave_their_element() {
        let mut xml = Xml::new();
        xml.element("a", &[("b", "\"/><x")], |xml| {
            xml.leaf("c", "Әлия & <Ұлан>\u{0}");
        });
        let xml = xml.finish();
        let document = roxmltree::Document::parse(&xml).unwrap();
        assert_eq!(document.root_element().attribute("b"), Some("\"/><x"));
        assert_eq!(document.root_element().first_child().unwrap().text(), Some("Әлия & <Ұлан>"));
    }
}

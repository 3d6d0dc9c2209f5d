//! The plain page of a simulator, without scripts: a tool for developers and drills, not a screen of the product.

use std::fmt::{self, Write as _};

use super::Switch;

/// Text made harmless inside HTML.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

/// A whole page: title, the switch as buttons, and the body, which is already HTML.
#[must_use]
pub fn page<M>(title: &str, switch: &Switch<M>, body: &str) -> String
where
    M: Copy + PartialEq + fmt::Debug + Send + 'static,
{
    let title = escape(title);
    let buttons = buttons(switch);
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{title}</title>\
         <style>body{{font:1rem/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem}}\
         table{{border-collapse:collapse;width:100%}}td,th{{border-bottom:1px solid #ccc;padding:.4rem;\
         text-align:left;vertical-align:top}}button[aria-pressed=true]{{font-weight:bold;background:#004b87;\
         color:#fff}}button{{margin:.2rem;padding:.4rem .8rem}}</style></head>\
         <body><h1>{title}</h1><form method=\"post\" action=\"/switch/form\">{buttons}</form>{body}</body></html>"
    )
}

/// A table; the cells are plain text and are escaped here.
#[must_use]
pub fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    let mut html = String::from("<table><thead><tr>");
    for cell in head {
        push(&mut html, "th", cell);
    }
    html.push_str("</tr></thead><tbody>");
    for row in rows {
        html.push_str("<tr>");
        for cell in row {
            push(&mut html, "td", cell);
        }
        html.push_str("</tr>");
    }
    html.push_str("</tbody></table>");
    html
}

fn push(html: &mut String, tag: &str, text: &str) {
    // Writing to a string cannot fail.
    let _ = write!(html, "<{tag}>{}</{tag}>", escape(text));
}

fn buttons<M>(switch: &Switch<M>) -> String
where
    M: Copy + PartialEq + fmt::Debug + Send + 'static,
{
    let now = switch.name();
    let button = |name: &&str| {
        let pressed = *name == now;
        format!("<button name=\"mode\" value=\"{name}\" aria-pressed=\"{pressed}\">{name}</button>")
    };
    switch.names().iter().map(button).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_cannot_put_markup_into_the_page() {
        let shown = table(&["text"], &[vec!["<script>'\"&".to_owned()]]);
        assert!(shown.contains("&lt;script&gt;&#39;&quot;&amp;"));
    }
}

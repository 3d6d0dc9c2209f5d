//! A SOAP envelope as a tree, taken apart by position, and the canonical form of its parts.

use bergshamra::{
    c14n::{C14nMode, canonicalize_doc},
    xml::{Document, Element, NodeId, NodeKind, NodeSet, uppsala},
};

use super::names;

/// A larger message is refused unread.
const MAX_BYTES: usize = 8 << 20;

/// A well-formed envelope with exactly one body.
pub(super) struct Envelope<'a> {
    pub(super) tree: Document<'a>,
    pub(super) root: NodeId,
    pub(super) header: Option<NodeId>,
    pub(super) body: NodeId,
}

impl<'a> Envelope<'a> {
    /// Parses the text. A document type, comments and processing instructions are refused: SOAP forbids the first and
    /// last, and comments are invisible to the signature, so that whoever adds one changes what a careless reader sees.
    pub(super) fn parse(text: &'a str) -> Result<Self, &'static str> {
        if text.len() > MAX_BYTES {
            return Err("it is too large");
        }
        if text.contains("<!DOCTYPE") || text.contains("<!ENTITY") {
            return Err("it has a document type");
        }
        let tree = uppsala::parse(text).map_err(|_| "it is not well-formed XML")?;
        let root = tree.document_element().ok_or("it has no element")?;
        if tree.descendants(tree.root()).into_iter().any(|node| is_noise(&tree, node)) {
            return Err("it has comments or processing instructions");
        }
        if !is(&tree, root, names::SOAP, "Envelope") {
            return Err("it is not a SOAP 1.1 envelope");
        }
        let (header, body) = match elements(&tree, root).as_slice() {
            [body] => (None, *body),
            [header, body] => (Some(*header), *body),
            _ => return Err("an envelope holds a header and one body"),
        };
        if !is(&tree, body, names::SOAP, "Body")
            || header.is_some_and(|header| !is(&tree, header, names::SOAP, "Header"))
        {
            return Err("an envelope holds a header and one body");
        }
        Ok(Self { tree, root, header, body })
    }

    /// Exclusive canonical form, without comments, of one element with all that it holds.
    pub(super) fn canonical(&self, node: NodeId) -> Result<Vec<u8>, &'static str> {
        let part = NodeSet::tree_without_comments(node, &self.tree);
        let none: [&str; 0] = [];
        canonicalize_doc(&self.tree, C14nMode::Exclusive, Some(&part), &none)
            .map_err(|_| "it cannot be canonicalised")
    }

    /// The `wsu:Id` of the body.
    pub(super) fn body_id(&self) -> Option<&str> {
        self.tree.get_attribute_ns(self.body, names::WSU, "Id")
    }
}

fn is_noise(tree: &Document<'_>, node: NodeId) -> bool {
    matches!(tree.node_kind(node), Some(NodeKind::Comment(_) | NodeKind::ProcessingInstruction(_)))
}

/// Whether the node is the element of this name.
pub(super) fn is(tree: &Document<'_>, node: NodeId, namespace: &str, local: &str) -> bool {
    tree.element(node).is_some_and(|element: &Element<'_>| element.matches_name_ns(namespace, local))
}

/// The child elements.
pub(super) fn elements(tree: &Document<'_>, node: NodeId) -> Vec<NodeId> {
    tree.children_iter(node).filter(|child| tree.element(*child).is_some()).collect()
}

/// The child elements of this name.
pub(super) fn named(tree: &Document<'_>, node: NodeId, namespace: &str, local: &str) -> Vec<NodeId> {
    elements(tree, node).into_iter().filter(|child| is(tree, *child, namespace, local)).collect()
}

//! Reads a Fluent file into what can be compared between languages: keys, variables, plural forms.
//! Never formats a text.

use fluent_syntax::ast::{
    Entry, Expression, InlineExpression, Pattern, PatternElement, Resource, VariantKey,
};
use std::collections::BTreeSet;

/// A Fluent file as far as this crate uses the language.
#[derive(Default)]
pub(crate) struct Shape {
    pub(crate) messages: Vec<Message>,
    /// Parts that the parser could not read.
    pub(crate) junk: Vec<&'static str>,
}

/// One text.
pub(crate) struct Message {
    pub(crate) key: &'static str,
    pub(crate) variables: BTreeSet<&'static str>,
    /// The arms of each selection, the default one marked by its place.
    pub(crate) selections: Vec<Selection>,
    /// Every literal piece of the text, in order.
    pub(crate) pieces: Vec<&'static str>,
    /// Parts of Fluent that this crate does not follow: terms, attributes, functions, references.
    pub(crate) unsupported: Vec<&'static str>,
}

/// The arms of `{ $count -> [one] .. *[other] .. }`.
pub(crate) struct Selection {
    pub(crate) arms: Vec<&'static str>,
    pub(crate) default: &'static str,
}

/// Reads a file; what cannot be read is in `junk` and the rest is complete.
pub(crate) fn read(text: &'static str) -> Shape {
    let resource: Resource<&'static str> = match fluent_syntax::parser::parse(text) {
        Ok(resource) => resource,
        Err((resource, _)) => resource,
    };
    let mut shape = Shape::default();
    for entry in resource.body {
        match entry {
            Entry::Message(entry) => {
                let mut message = Message {
                    key: entry.id.name,
                    variables: BTreeSet::new(),
                    selections: Vec::new(),
                    pieces: Vec::new(),
                    unsupported: Vec::new(),
                };
                match &entry.value {
                    Some(pattern) => message.pattern(pattern),
                    None => message.unsupported.push("no value"),
                }
                if !entry.attributes.is_empty() {
                    message.unsupported.push("attribute");
                }
                shape.messages.push(message);
            }
            Entry::Term(term) => shape.junk.push(term.id.name),
            Entry::Junk { content } => shape.junk.push(content),
            Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => {}
        }
    }
    shape
}

impl Message {
    fn pattern(&mut self, pattern: &Pattern<&'static str>) {
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => self.pieces.push(value),
                PatternElement::Placeable { expression } => self.expression(expression),
            }
        }
    }

    fn expression(&mut self, expression: &Expression<&'static str>) {
        match expression {
            Expression::Inline(inline) => self.inline(inline),
            Expression::Select { selector, variants } => {
                self.inline(selector);
                let mut selection = Selection { arms: Vec::new(), default: "" };
                for variant in variants {
                    let (VariantKey::Identifier { name } | VariantKey::NumberLiteral { value: name }) =
                        &variant.key;
                    selection.arms.push(name);
                    if variant.default {
                        selection.default = name;
                    }
                    self.pattern(&variant.value);
                }
                self.selections.push(selection);
            }
        }
    }

    fn inline(&mut self, inline: &InlineExpression<&'static str>) {
        match inline {
            InlineExpression::VariableReference { id } => {
                self.variables.insert(id.name);
            }
            InlineExpression::StringLiteral { value } | InlineExpression::NumberLiteral { value } => {
                self.pieces.push(value);
            }
            InlineExpression::Placeable { expression } => self.expression(expression),
            InlineExpression::FunctionReference { .. } => self.unsupported.push("function"),
            InlineExpression::MessageReference { .. } => self.unsupported.push("reference to a message"),
            InlineExpression::TermReference { .. } => self.unsupported.push("reference to a term"),
        }
    }
}

//! What is wrong in a service folder, said so that its author can find and mend it.

use std::fmt;

use serde::Serialize;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// The service runs, but somebody should look.
    Warning,
    /// The service cannot be published.
    Error,
}

/// What kind of fault it is, for those who branch on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FindingKind {
    /// A file that must be there is not.
    MissingFile,
    /// A file that has no place in a service folder.
    UnknownFile,
    /// Not UTF-8, or not TOML.
    Unreadable,
    /// A key that nothing reads.
    UnknownKey,
    /// A key that must be there is not.
    MissingKey,
    /// A value of the wrong kind or outside its list.
    BadValue,
    /// A word after `does` that is no verb.
    UnknownVerb,
    /// Two things with one id or number.
    Duplicate,
    /// A name that names nothing: unit, page, field, ground, message, fact.
    UnknownName,
    /// A next number that does not exist.
    NoSuchAction,
    /// A column that the numbering or another column speaks of and that is not there.
    MissingAction,
    /// A dash or a blank where the next number should stand.
    UnsaidNext,
    /// Two actions of one table with the same words.
    SameWords,
    /// A form of completion that belongs to another action.
    WrongCompletion,
    /// No way leads to an action.
    Unreachable,
    /// An action leads to itself, actions lead round without ever waiting for anybody, or composites start each other round.
    Loop,
    /// A branch that the verb needs is missing, or one that it never takes is there.
    WrongBranch,
    /// An action without its statutory term.
    MissingTerm,
    /// Checks that can fail lead to no refusal; a ground without an action that uses it.
    MissingRefusal,
    /// A clause that its act does not have, or an act that is not in `acts/`.
    UnknownClause,
    /// A clause, or its act, that does not hold on the first day of the wording.
    OutdatedClause,
    /// A text is missing in one of the languages.
    MissingText,
    /// A message is too long for one SMS.
    LongMessage,
    /// A step for people in a service that says it is fully automated.
    ManualStep,
    /// The actions do not show the type that the service claims: informational, interactive, transactional.
    WrongType,
    /// A confirmation that departs from order 10 without standing on the list of exceptions.
    UnlistedException,
    /// The terms of the actions add up to more than the term of the service.
    TermExceeded,
    /// The same action has another term in another table of the same act.
    TermDiffers,
    /// A printed form that cannot be made.
    BrokenTemplate,
    /// An example does not run as it says.
    FailedExample,
}

/// One fault, with its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// How bad.
    pub severity: Severity,
    /// What kind.
    pub kind: FindingKind,
    /// The action concerned, if one is.
    pub action: Option<u32>,
    /// File inside the folder.
    pub file: String,
    /// Line from 1; 0 when the whole file is meant.
    pub line: u32,
    /// Column from 1, in characters; 0 when the whole file is meant. Editors read it from the printed form.
    #[serde(skip)]
    pub column: u32,
    /// What is wrong and what would be right.
    pub message: String,
}

/// Where something is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Place {
    /// File inside the folder.
    pub(crate) file: String,
    /// Line from 1.
    pub(crate) line: u32,
    /// Column from 1.
    pub(crate) column: u32,
}

impl Place {
    /// The file as a whole.
    pub(crate) fn file(name: &str) -> Self {
        Self { file: name.to_owned(), line: 0, column: 0 }
    }

    /// An error at this place.
    pub(crate) fn error(&self, kind: FindingKind, message: impl Into<String>) -> Finding {
        self.finding(Severity::Error, kind, message)
    }

    /// A warning at this place.
    pub(crate) fn warning(&self, kind: FindingKind, message: impl Into<String>) -> Finding {
        self.finding(Severity::Warning, kind, message)
    }

    /// A finding of any severity at this place.
    pub(crate) fn finding(
        &self,
        severity: Severity,
        kind: FindingKind,
        message: impl Into<String>,
    ) -> Finding {
        let Self { file, line, column } = self.clone();
        Finding { severity, kind, action: None, file, line, column, message: message.into() }
    }
}

impl Finding {
    /// The same finding, about this action.
    pub(crate) fn about(mut self, action: u32) -> Self {
        self.action = Some(action);
        self
    }
}

/// `process.toml:12:3: error: ...`, the form that editors understand.
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        f.write_str(&self.file)?;
        if self.line > 0 {
            write!(f, ":{}:{}", self.line, self.column)?;
        }
        write!(f, ": {severity}: {}", self.message)
    }
}

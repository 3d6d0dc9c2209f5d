//! Letters about an order of certificates to the address that its form asks for: that it is registered, with the application to
//! be handed in [R839-6.P5, R839-7.P5], and that the certificates are there, with a link to install them [R839-6.P11].

use qyzmet_domain::Locale;
use qyzmet_engine::{Case, Ending, Phrases, Regulation};
use qyzmet_store::{
    Tx,
    repositories::{accounts, cases::CaseRow},
};

use super::{
    advance::Work,
    outbox::{Attached, MailMessage, mail_with},
};
use crate::{
    App, Draw, Error,
    authority::brings_certificates,
    printed::{Paper, gives_number, papers_of},
};

/// The fact with the address.
const ADDRESS: &str = "form.email";

/// What a letter says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum News {
    /// The order has its number, and an application is to be handed in.
    Application,
    /// The order has its number, and nobody needs to come.
    Registered,
    /// The certificates can be installed.
    Issued,
}

impl News {
    fn word(self) -> &'static str {
        match self {
            Self::Application => "application",
            Self::Registered => "registered",
            Self::Issued => "issued",
        }
    }

    fn link(self, app: &App, number: &str) -> String {
        match self {
            Self::Issued => format!("{}/orders/{number}/install", app.settings.origin),
            Self::Application | Self::Registered => format!("{}/orders", app.settings.origin),
        }
    }
}

/// Whether a case has brought certificates that are to be installed.
pub(super) fn has_brought(regulation: &Regulation, case: &Case) -> bool {
    let issued = case.outcome.as_ref().is_some_and(|outcome| outcome.ending == Ending::Issued);
    issued && brings_certificates(regulation)
}

/// Leaves the letters about what has happened since the case had so many steps. Whoever gave no address reads it in the
/// cabinet.
pub(super) fn recipient(
    tx: &mut Tx<'_>,
    draw: &mut Draw,
    work: &Work<'_>,
    (row, case): (&CaseRow, &Case),
    known: usize,
) -> Result<(), Error> {
    if !brings_certificates(work.regulation) {
        return Ok(());
    }
    let (Some(to), Some(number)) = (case.facts.get(ADDRESS), &row.request_number) else { return Ok(()) };
    let account = row.account;
    let locale = accounts::by_id(tx, account)?.map_or(Locale::Kk, |account| account.locale);
    for news in news(work.regulation, case, known) {
        let link = news.link(work.app, number);
        let words = [("number", number.as_str()), ("link", &link)];
        let text = Phrases::of(locale).filled(&format!("mail.{}", news.word()), &words);
        let message = MailMessage { account, purpose: news.word(), to, text: &text };
        let paper = Attached { paper: Paper::Application, account, case: case.id };
        mail_with(tx, draw, work.app, &message, (news == News::Application).then_some(paper))?;
    }
    Ok(())
}

fn news(regulation: &Regulation, case: &Case, known: usize) -> Vec<News> {
    let mut news = Vec::new();
    if case.steps.get(known..).unwrap_or_default().iter().any(|step| gives_number(regulation, step.action)) {
        let is_handed_in = papers_of(regulation, case).contains(&Paper::Application);
        news.push(if is_handed_in { News::Application } else { News::Registered });
    }
    if has_brought(regulation, case) {
        news.push(News::Issued);
    }
    news
}

//! A result has its number: sign it, store it, let the case end.

use qyzmet_domain::Caller;
use qyzmet_engine::{Case, Regulation};
use qyzmet_store::{
    jobs::Job,
    repositories::{
        cases,
        results::{self, ResultRow},
    },
};
use std::sync::Arc;

use super::{Failure, query_register::Subject};
use crate::{
    Access, App, Cx, Error, UseCase,
    cases::{live, parse, regulation_of},
    results::{CompleteResult, sign},
    run,
};

/// Carries the job out.
pub(super) async fn issue(app: &App, job: &Job) -> Result<(), Failure> {
    let subject = Subject::of(job)?;
    let (regulation, case, row) = run(app, &Caller::System, FindReserved { subject }).await?;
    let signed = sign(app, &regulation, &case, &row).await?;
    let Subject { account, case, .. } = subject;
    run(app, &Caller::System, CompleteResult { job: job.clone(), account, case, signed }).await?;
    Ok(())
}

/// Finds the number that was reserved for a case, with the case.
struct FindReserved {
    subject: Subject,
}

impl UseCase for FindReserved {
    type Output = (Arc<Regulation>, Case, ResultRow);
    const NAME: &'static str = "find-reserved";
    const ACCESS: Access = Access::System;

    async fn run(self, cx: Cx) -> Result<Self::Output, Error> {
        let Subject { account, case, .. } = self.subject;
        let (row, result) = cx
            .read(move |tx| {
                let row = live(cases::find(tx, account, case)?.ok_or(Error::NotFound)?)?;
                Ok((row, results::by_case(tx, case)?.ok_or(Error::NotFound)?))
            })
            .await?;
        if result.document.is_some() {
            return Err(Error::Late);
        }
        Ok((regulation_of(&cx.app, &row)?, parse(&row)?, result))
    }
}

//! What the cabinet says about certificates that end soon, on each of its pages.

use jiff::Timestamp;
use qyzmet_domain::expiry::{Step, days_left};
use qyzmet_store::repositories::certificates;

use super::renew::service_for;
use crate::{Access, Cx, Error, UseCase};

/// More certificates than one person has that end in the same month.
const MOST: u32 = 20;

/// Shows which of the person's own certificates end soon.
pub struct ShowEnding;

/// Certificates that end soon and that nothing stands in for yet.
#[derive(Clone, Debug, Default)]
pub struct EndingView {
    /// That which ends first before the others.
    pub certificates: Vec<EndingCertificate>,
    /// Serial number of the first that can be renewed here; the others of its order are renewed with it.
    pub renewable: Option<String>,
}

/// One of them.
#[derive(Clone, Debug)]
pub struct EndingCertificate {
    /// Name of its profile.
    pub profile: String,
    /// Valid until this moment, included.
    pub not_after: Timestamp,
    /// Calendar days until then; none when it is today.
    pub days_left: u64,
}

impl UseCase for ShowEnding {
    type Output = EndingView;
    const NAME: &'static str = "show-ending";
    const ACCESS: Access = Access::Person;

    async fn run(self, cx: Cx) -> Result<EndingView, Error> {
        let (account, now) = (cx.account()?, cx.now);
        let soon = (now, Step::EARLIEST.covers_until(now));
        let rows = cx
            .read(move |tx| {
                let mut alone = Vec::new();
                for row in certificates::ending_of_account(tx, account, soon, MOST)? {
                    if !certificates::is_followed(tx, &row)? {
                        alone.push(row);
                    }
                }
                Ok(alone)
            })
            .await?;
        let can_be_renewed = |profile: &str| service_for(&cx.app, profile, now).is_some();
        let renewable = rows.iter().find(|row| can_be_renewed(&row.profile));
        Ok(EndingView {
            renewable: renewable.map(|row| hex::encode(&row.serial)),
            certificates: rows
                .into_iter()
                .map(|row| EndingCertificate {
                    days_left: days_left(row.not_after, now).try_into().unwrap_or_default(),
                    profile: row.profile,
                    not_after: row.not_after,
                })
                .collect(),
        })
    }
}

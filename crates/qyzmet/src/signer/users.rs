//! Which users of this machine may ask the signer: those of whom the kernel says so, not those who say so themselves.

use nix::unistd::{Uid, User};
use tokio::net::UnixStream;

/// A user whom the configuration names and this machine does not know.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("signer.users: this machine has no user {0}")]
pub struct UnknownUser(String);

/// The numbers of users, each given as its name or its number.
///
/// # Errors
/// [`UnknownUser`]: a name with a slip of the pen would lock the portal out, and its number may be somebody else's one day.
pub fn ids(names: &[String]) -> Result<Vec<u32>, UnknownUser> {
    let id = |name: &String| match name.parse() {
        Ok(number) => Ok(number),
        Err(_) => match User::from_name(name) {
            Ok(Some(user)) => Ok(user.uid.as_raw()),
            _ => Err(UnknownUser(name.clone())),
        },
    };
    names.iter().map(id).collect()
}

/// Whether whoever opened this connection may ask: the signer's own user, or one of the others (SO_PEERCRED).
pub(super) fn may_ask(stream: &UnixStream, others: &[u32]) -> bool {
    let asks = |user: u32| user == Uid::effective().as_raw() || others.contains(&user);
    stream.peer_cred().is_ok_and(|peer| asks(peer.uid()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn users_are_named_or_numbered_and_a_stranger_is_a_mistake() {
        let names = ["root", "4711"].map(str::to_owned);
        assert_eq!(ids(&names), Ok(vec![0, 4711]));
        assert_eq!(
            ids(&["nobody-of-that-name".to_owned()]).unwrap_err().to_string().split(' ').next_back(),
            Some("nobody-of-that-name")
        );
    }
}

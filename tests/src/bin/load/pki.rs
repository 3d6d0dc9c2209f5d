//! Questions about certificates and requests for time-stamps over HTTP, as many as the machine answers.

use std::{path::Path, sync::Arc, time::Instant};

use qyzmet_pki::{
    Certificate,
    ocsp::{CertId, Request, Response, Standing},
    pkcs12,
    tsp::{self, Imprint},
};
use tokio::task::JoinSet;
use xtask::{Failure, demo::world::World, progress::say};

use crate::{CLIENTS, SPAN, WARM, http::Connection, tally::Tally};

/// What is sent again and again.
struct Load {
    path: &'static str,
    media: &'static str,
    /// Different bodies, taken in turn.
    bodies: Vec<Vec<u8>>,
    /// Whether an answer to a body is what it should be; looked at once for each client.
    good: fn(&[u8], &[u8]) -> bool,
}

/// Measures answers and time-stamps, and prints the figures.
pub(crate) async fn measure(world: &World) -> Result<(), Failure> {
    let port = world.ports.portal;
    let questions = Load {
        path: "/pki/ocsp",
        media: "application/ocsp-request",
        bodies: questions(&world.folder)?,
        good: is_good,
    };
    let stamps =
        Load { path: "/pki/tsp", media: "application/timestamp-query", bodies: requests(), good: is_stamped };
    for (load, name, unit) in [
        (questions, "OCSP over HTTP, live from the rows", "answers"),
        (stamps, "TSP over HTTP", "time-stamps"),
    ] {
        let load = Arc::new(load);
        run(&load, port, WARM).await?;
        run(&load, port, SPAN).await?.print(name, unit);
    }
    say(&format!("with {CLIENTS} clients on the same two cores"));
    Ok(())
}

/// One question about each of the demo's people.
fn questions(folder: &Path) -> Result<Vec<Vec<u8>>, Failure> {
    let pem = std::fs::read_to_string(folder.join("pki/ca.pem")).map_err(Failure::file(folder))?;
    let issuer = Certificate::from_pem(&pem).map_err(wrong)?;
    let mut questions = Vec::new();
    for number in 1..=8 {
        let path = folder.join(format!("people/demo-{number}-sign.p12"));
        let bytes = std::fs::read(&path).map_err(Failure::file(&path))?;
        let key = pkcs12::read(&bytes, "Qyzmet-2026").map_err(wrong)?;
        let own = key.chain.first().ok_or_else(|| wrong("a key without a certificate"))?;
        let request = Request { questions: vec![CertId::of(own, &issuer)], nonce: None };
        questions.push(request.to_der());
    }
    Ok(questions)
}

fn is_good(_: &[u8], answer: &[u8]) -> bool {
    Response::from_der(answer).is_ok_and(|answer| {
        answer.claims().map(|(_, standing)| standing).collect::<Vec<_>>() == [Standing::Good]
    })
}

fn is_stamped(request: &[u8], answer: &[u8]) -> bool {
    tsp::Request::from_der(request).is_ok_and(|request| tsp::token_of(answer, &request).is_some())
}

fn requests() -> Vec<Vec<u8>> {
    let request = |number: u8| {
        let imprint = Imprint::of(&[number; 64]);
        tsp::Request::new(imprint, Some(&[1, number, 3, 4, 5, 6, 7, 8])).to_der()
    };
    (0..64).map(request).collect()
}

/// Every client asks as soon as it has its answer, for this long.
async fn run(load: &Arc<Load>, port: u16, span: std::time::Duration) -> Result<Tally, Failure> {
    let mut clients = JoinSet::new();
    for client in 0..CLIENTS {
        let load = Arc::clone(load);
        clients.spawn(async move {
            let (mut connection, mut tally) = (Connection::open(port).await?, Tally::start());
            let begun = Instant::now();
            let mut turns = load.bodies.iter().cycle().skip(client);
            while begun.elapsed() < span {
                let asked = Instant::now();
                let Some(body) = turns.next() else { break };
                let answer = connection.post(load.path, "", load.media, body).await?;
                if answer.status != 200 || tally.count() == 0 && !(load.good)(body, &answer.body) {
                    return Err(wrong(format!("{} answers {}", load.path, answer.status)));
                }
                tally.note(asked.elapsed());
            }
            Ok(tally)
        });
    }
    let mut all = Vec::new();
    while let Some(client) = clients.join_next().await {
        all.push(client.map_err(wrong)??);
    }
    Ok(Tally::together(all))
}

fn wrong(why: impl std::fmt::Display) -> Failure {
    Failure::unexpected(why.to_string())
}

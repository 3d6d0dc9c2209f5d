//! Measures the engine alone, without a store, on one core: a fully automated case of ten actions with two conditions, opened
//! and decided to its end, again and again. `cargo run --release -p qyzmet-engine --example speed [seconds]`.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use qyzmet_domain::{AccountId, CaseId, DocumentId, Iin, Means, RequestNumber};
use qyzmet_engine::{
    Case, Channel, Command, Folder, Proof, Recipient, Regulation, Waiting, apply, decide, read, waiting,
};

/// What a run has done.
#[derive(Default)]
struct Tally {
    cases: u64,
    commands: u64,
    steps: u64,
}

#[expect(clippy::print_stdout, reason = "the figures are this program's product")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let seconds: u64 = std::env::args().nth(1).map_or(Ok(3), |text| text.parse())?;
    let regulation = regulation()?;
    let answers = Answers::new()?;
    run(&regulation, &answers, Duration::from_millis(300))?;
    let began = Instant::now();
    let tally = run(&regulation, &answers, Duration::from_secs(seconds))?;
    let took = began.elapsed().as_secs_f64();
    let each = |count: u64| count as f64 / took;
    println!("cases/s                 {:>12.0}", each(tally.cases));
    println!("commands/s              {:>12.0}", each(tally.commands));
    println!("decide/apply steps/s    {:>12.0}   (aim 200000)", each(tally.steps));
    println!("steps a case            {:>12.1}", tally.steps as f64 / tally.cases as f64);
    Ok(())
}

/// The sample table beside this program, with a word for every text.
fn regulation() -> Result<Regulation, Box<dyn std::error::Error>> {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let mut folder = Folder::default();
    for (file, place) in [
        ("service.toml", "service.toml"),
        ("form.toml", "form.toml"),
        ("process.toml", "automated/process.toml"),
    ] {
        folder.0.insert(file.to_owned(), std::fs::read(samples.join(place))?);
    }
    folder.0.insert("result.typ".to_owned(), b"Result".to_vec());
    for locale in ["kk", "ru", "en"] {
        folder.0.insert(format!("text.{locale}.toml"), b"title = \"-\"\n".to_vec());
    }
    for finding in read(&folder).err().unwrap_or_default() {
        // The finding stands where the text is asked for; its words end with the file that lacks it.
        if let Some(key) = finding.message.split('`').nth(1)
            && let Some((_, file)) = finding.message.rsplit_once(" is missing in ")
            && let Some(texts) = folder.0.get_mut(file)
        {
            texts.extend(format!("\"{key}\" = \"{key}\"\n").bytes());
        }
    }
    read(&folder)
        .map_err(|findings| findings.iter().map(|finding| format!("{finding}\n")).collect::<String>().into())
}

/// What people and registers say, made once.
struct Answers {
    recipient: Recipient,
    values: BTreeMap<String, String>,
    facts: BTreeMap<String, String>,
    number: RequestNumber,
    proof: Proof,
    at: Timestamp,
}

impl Answers {
    fn new() -> Result<Self, Box<dyn std::error::Error>> {
        let at: Timestamp = "2026-06-02T05:00:00Z".parse()?;
        let account = AccountId::from_parts(at, [1; 10]);
        let identifier = Iin::complete("90010130012")?.into();
        let words = |pairs: &[(&str, &str)]| {
            pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
        };
        Ok(Self {
            recipient: Recipient { account, identifier, name: "Сынақ Адам".to_owned() },
            values: words(&[("what", "A kiosk")]),
            facts: words(&[("person.life-status", "alive"), ("person.document.end-date", "2031-05-08")]),
            number: RequestNumber::new(2026, 41)?,
            proof: Proof {
                request: DocumentId::of(b"request"),
                means: vec![Means::Eds],
                signer: Some("fingerprint".to_owned()),
                at,
            },
            at,
        })
    }

    fn to(&self, wait: &Waiting) -> Command {
        let action = wait.action();
        match wait {
            Waiting::Fill { .. } => Command::Fill { action, visit: 0, values: self.values.clone() },
            Waiting::Confirm { .. } => Command::Confirm { action, visit: 0, proof: self.proof.clone() },
            Waiting::Query { .. } => {
                Command::Answer { action, facts: self.facts.clone(), answer_id: "answer-1".to_owned() }
            }
            Waiting::Number { .. } => Command::Number { action, number: self.number.clone() },
            _ => Command::Done { action, facts: BTreeMap::new() },
        }
    }
}

fn run(
    regulation: &Regulation,
    answers: &Answers,
    length: Duration,
) -> Result<Tally, Box<dyn std::error::Error>> {
    let mut tally = Tally::default();
    let until = Instant::now() + length;
    while Instant::now() < until {
        for _ in 0..50 {
            one(regulation, answers, &mut tally)?;
        }
    }
    Ok(tally)
}

/// One case from its opening to its end.
fn one(
    regulation: &Regulation,
    answers: &Answers,
    tally: &mut Tally,
) -> Result<(), Box<dyn std::error::Error>> {
    let case = CaseId::from_parts(answers.at, [2; 10]);
    let mut command = Command::Open { case, recipient: answers.recipient.clone(), channel: Channel::Portal };
    let mut case: Option<Case> = None;
    loop {
        let events = decide(regulation, case.as_ref(), &command, answers.at)?;
        tally.commands += 1;
        tally.steps += events.len() as u64;
        case = events.iter().fold(case, apply);
        let Some(open) = case.as_ref() else { return Err("no case".into()) };
        let Some(wait) = waiting(regulation, open).into_iter().next() else { break };
        command = answers.to(&wait);
    }
    tally.cases += 1;
    Ok(())
}

//! Putting the application together from its configuration.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use jiff::SignedDuration;
use qyzmet_app::{
    App, CaptchaPolicy, Clock, Employee, Entropy, Keys as PortalKeys, Parts, Ports, Secrets, Settings,
    authority::TakeInFounded, ports::Receipt,
};
use qyzmet_connectors::{breaker::BreakerConfig, gbd_fl, gbd_ul, kdp, mail, payment, shep, sms};
use qyzmet_domain::{Bin, otp::OtpPolicy};
use qyzmet_pki::Trust;
use qyzmet_store::{
    Store, StoreConfig,
    documents::{DocumentKey, Documents, Keys, Place, S3},
};
use secrecy::SecretString;
use tokio::sync::{Notify, Semaphore, mpsc};

use crate::{
    authority,
    config::{self, Config},
    files::{self, FileError},
    nca::NcaError,
};

/// Why the application cannot be put together.
#[derive(Debug, thiserror::Error)]
pub enum WireError {
    /// A file that the configuration names.
    #[error(transparent)]
    File(#[from] FileError),
    /// The folder of the authority.
    #[error("authority: {0}")]
    Authority(#[from] NcaError),
    /// The database.
    #[error("database: {0}")]
    Store(#[from] qyzmet_store::StoreError),
    /// A value of the configuration.
    #[error("{key}: {why}")]
    Value {
        /// Which key.
        key: &'static str,
        /// Why.
        why: String,
    },
}

fn wrong(key: &'static str, why: impl std::fmt::Display) -> WireError {
    WireError::Value { key, why: why.to_string() }
}

/// The application, and the receipts of messages that come to it.
pub struct Wired {
    /// The application.
    pub app: App,
    /// Receipts of the message centre.
    pub receipts: mpsc::Receiver<Receipt>,
    /// What the ceremony of our authority made; nothing when we are none.
    pub founded: Option<TakeInFounded>,
}

/// Which database.
///
/// # Errors
/// When the engine is unknown.
pub fn store_config(config: &config::Store) -> Result<StoreConfig, WireError> {
    match config.engine.as_str() {
        "sqlite" => Ok(StoreConfig::Sqlite { path: config.path.clone(), queue: config.queue }),
        "postgres" => Ok(StoreConfig::Postgres { url: config.url.clone(), workers: config.workers }),
        other => Err(wrong("store.engine", format!("{other} is neither sqlite nor postgres"))),
    }
}

/// Puts everything together and opens the store.
///
/// # Errors
/// [`WireError`], with the file or key concerned.
pub async fn wire(config: &Config) -> Result<Wired, WireError> {
    let clock = Clock::default();
    let trust = Arc::new(files::trust(&config.trust)?);
    let (ports, receipts) = ports(config, &trust, &clock)?;
    let store = Store::open(store_config(&config.store)?).await?;
    let settings = settings(config);
    let opened = authority::open(config, &settings.origin, &store, &clock)?;
    let (authorities, founded) = opened.map(authority::Opened::parts).unzip();
    let parts = Parts {
        documents: documents(&config.documents)?.with_rows(store.clone(), config.documents.rows_up_to),
        store,
        clock,
        entropy: Entropy::System,
        secrets: Secrets::new(&files::secret(&config.secrets.master_file)?)
            .map_err(|why| wrong("secrets.master-file", why))?,
        keys: keys(&config.keys)?,
        trust: trust.into(),
        ports,
        settings,
        authorities,
        catalogue: qyzmet_app::Catalogue::default(),
        renderings: qyzmet_app::Renderings::default(),
        changes: qyzmet_app::Changes::default(),
        work: Notify::new(),
        password_slots: Semaphore::new(config.limits.password_slots),
    };
    Ok(Wired { app: App::new(parts), receipts, founded })
}

fn keys(config: &config::Keys) -> Result<PortalKeys, WireError> {
    let mut employees = BTreeMap::new();
    for (body, key) in &config.employees {
        let identity = files::identity(&key.file)?;
        let employee =
            Employee { identity, position: key.position.clone(), from: key.from, until: key.until };
        employees.insert(body.clone(), employee);
    }
    Ok(PortalKeys {
        employees,
        seal: files::identity(&config.seal)?,
        journal: files::signer(&config.journal)?,
    })
}

fn documents(config: &config::Documents) -> Result<Documents, WireError> {
    let secret = files::secret(&config.key_file)?
        .try_into()
        .map_err(|_| wrong("documents.key-file", "not 32 bytes"))?;
    let key = DocumentKey { name: config.key_id.clone(), secret };
    let place = match config.kind.as_str() {
        "folder" => Place::Folder(config.path.clone()),
        "s3" => Place::S3(bucket(config)?),
        other => return Err(wrong("documents.kind", format!("{other} is neither folder nor s3"))),
    };
    let keys = Keys::new(key, Vec::new()).map_err(|why| wrong("documents.key-id", why))?;
    Documents::open(&place, keys).map_err(|why| wrong("documents", why))
}

/// Credentials come from the environment, as the storage's own tools read them.
fn bucket(config: &config::Documents) -> Result<S3, WireError> {
    let variable = |name: &'static str| std::env::var(name).map_err(|_| wrong(name, "is not set"));
    Ok(S3 {
        endpoint: config.endpoint.clone(),
        region: config.region.clone(),
        bucket: config.bucket.clone(),
        prefix: String::new(),
        allow_http: config.endpoint.starts_with("http://"),
        access_key: variable("AWS_ACCESS_KEY_ID")?,
        secret_key: variable("AWS_SECRET_ACCESS_KEY")?,
    })
}

fn ports(
    config: &Config,
    trust: &Arc<Trust>,
    clock: &Clock,
) -> Result<(Ports, mpsc::Receiver<Receipt>), WireError> {
    let gateway = gateway(config, trust, clock)?;
    let breaker = BreakerConfig {
        failures: config.gateway.breaker.failures,
        rest: SignedDuration::from_secs(config.gateway.breaker.rest_s),
    };
    let asker = kdp::Asker {
        company: config.gateway.organisation.clone(),
        company_bin: bin("gateway.bin", &config.gateway.bin)?,
    };
    let (messages, receipts) = sms::Client::connect(sms_config(&config.sms));
    let ports = Ports {
        persons: Arc::new(gbd_fl::Client::new(gateway.clone(), breaker)),
        organisations: Arc::new(gbd_ul::Client::new(gateway.clone(), breaker)),
        consents: Arc::new(kdp::Client::new(gateway, asker, breaker)),
        messages: Arc::new(messages),
        mail: Arc::new(mail_client(&config.mail, clock)?),
        payments: Arc::new(payment_client(config, trust, clock, breaker)?),
    };
    Ok((ports, receipts))
}

fn gateway(config: &Config, trust: &Arc<Trust>, clock: &Clock) -> Result<shep::Gateway, WireError> {
    let gateway = shep::GatewayConfig {
        url: config.gateway.url.clone(),
        sender_id: config.gateway.sender_id.clone(),
        password: None,
        identity: Arc::new(files::identity(&config.keys.gateway)?),
        trust: Arc::clone(trust),
        gateway_bin: bin("gateway.gateway-bin", &config.gateway.gateway_bin)?,
        timeout: Duration::from_millis(config.gateway.timeout_ms),
        clock: clock.clone(),
    };
    shep::Gateway::new(gateway).map_err(|why| wrong("gateway.url", why))
}

fn payment_client(
    config: &Config,
    trust: &Arc<Trust>,
    clock: &Clock,
    breaker: BreakerConfig,
) -> Result<payment::Client, WireError> {
    let settings = payment::PaymentConfig {
        url: config.payments.url.clone(),
        identity: Arc::new(files::identity(&config.keys.gateway)?),
        trust: Arc::clone(trust),
        gateway_bin: bin("payments.gateway-bin", &config.payments.gateway_bin)?,
        kbk: config.payments.kbk.clone(),
        knp: config.payments.knp.clone(),
        payee: bin("payments.payee-bin", &config.payments.payee_bin)?,
        timeout: Duration::from_millis(config.payments.timeout_ms),
        clock: clock.clone(),
    };
    payment::Client::new(settings, breaker).map_err(|why| wrong("payments.url", why))
}

fn bin(key: &'static str, text: &str) -> Result<Bin, WireError> {
    text.parse().map_err(|why| wrong(key, why))
}

fn sms_config(config: &config::Sms) -> sms::SmsConfig {
    sms::SmsConfig {
        addr: config.address.clone(),
        system_id: config.system_id.clone(),
        password: SecretString::from(config.password.clone()),
        sender: config.sender.clone(),
        timeout: Duration::from_secs(10),
        enquire_link: Duration::from_secs(15),
        window: config.window,
        per_second: config.per_second,
        reconnect: Duration::from_millis(200),
    }
}

fn mail_client(config: &config::Mail, clock: &Clock) -> Result<mail::Client, WireError> {
    let (host, port) =
        config.address.rsplit_once(':').ok_or_else(|| wrong("mail.address", "is not host:port"))?;
    mail::Client::new(mail::MailConfig {
        host: host.to_owned(),
        port: port.parse().map_err(|why| wrong("mail.address", why))?,
        login: None,
        from: config.from.clone(),
        domain: config.domain.clone(),
        timeout: Duration::from_secs(10),
        connections: 4,
        clock: clock.clone(),
    })
    .map_err(|why| wrong("mail.from", why))
}

fn settings(config: &Config) -> Settings {
    let notice: Option<[String; 3]> = config.portal.notice.clone().try_into().ok();
    Settings {
        origin: config.portal.origin.trim_end_matches('/').to_owned(),
        session_idle: SignedDuration::from_mins(config.limits.session_idle_min),
        session_life: SignedDuration::from_hours(config.limits.session_life_h),
        session_fresh: SignedDuration::from_mins(config.limits.session_fresh_min),
        otp: OtpPolicy {
            life: SignedDuration::from_secs(config.otp.life_s),
            attempts: config.otp.attempts,
            resend_after: SignedDuration::from_secs(config.otp.resend_after_s),
            sends_per_hour: config.otp.sends_per_hour,
            ..OtpPolicy::default()
        },
        conduct: config.conduct.rules(),
        sign_in_attempts: config.limits.sign_in_attempts,
        password_slots: config.limits.password_slots,
        status_checks: config.limits.status_checks,
        captcha: CaptchaPolicy {
            difficulty: config.limits.captcha_bits,
            life: SignedDuration::from_mins(config.limits.captcha_life_min),
        },
        journal_origin: config.keys.journal_origin.clone(),
        notice,
        ..Settings::default()
    }
}

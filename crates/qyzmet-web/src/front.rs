//! The first and last thing that happens to every request: who and in which language on the way in; headers, problem
//! pages, measuring and one log line on the way out.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    time::{Duration, Instant},
};

use axum::{
    extract::{ConnectInfo, MatchedPath, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use qyzmet_app::{FindCaller, conduct::EnterDesk};
use qyzmet_domain::{Caller, Locale};
use tracing::Instrument;

use crate::{
    cookies, csrf, error_page,
    headers::Policy,
    locale,
    measure::{self, Seen},
    problem::{Problem, Stop},
    routes::{self, Needs, Route},
    site::Site,
    visit::{Arrival, Visit},
};

/// Where officers look after the own duties: open also to those who may not act.
const OWN_DUTIES: &str = "/desk/operators/own";

/// Where programs ask the authority. Its limit stands before the work that a signature is; health for watchers among it.
const PKI: &str = "/pki/";

/// Stands before and after every route.
pub(crate) async fn front(State(site): State<Site>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .and_then(|path| routes::find(request.method(), path.as_str()));
    let seen =
        Seen { method: measure::method(request.method()), route: route.map_or("none", |route| route.path) };
    let policy = route.map_or(Policy::Plain, |route| route.policy);
    let mut response = match route {
        Some(route) if matches!(route.needs, Needs::Machine) => {
            if route.path.starts_with(PKI) && !site.pki_limiter.admits(client(&site, &request)) {
                too_fast()
            } else {
                next.run(request).await
            }
        }
        _ => visit(&site, route, request, next).await,
    };
    site.security.put(response.headers_mut(), policy);
    measure::note(&seen, response.status(), started.elapsed());
    response
}

/// For a program that asks faster than it may: it knows what to do with the status, and when.
fn too_fast() -> Response {
    let headers = [(header::RETRY_AFTER, "1"), (header::CACHE_CONTROL, "no-store")];
    (StatusCode::TOO_MANY_REQUESTS, headers, "too many questions in one second\n").into_response()
}

/// A request of a person: gets a visit, and a page whatever happens.
async fn visit(site: &Site, route: Option<&Route>, mut request: Request, next: Next) -> Response {
    let arrival = Arrival {
        caller: Caller::Anonymous,
        locale: cookies::language(request.headers()).unwrap_or_default(),
        chosen: cookies::language(request.headers()).is_some(),
        place: request.uri().path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string),
        trace: site.next_trace(),
        from: client(site, &request),
        session: cookies::session(request.headers(), site.settings.secure_cookies).map(str::to_owned),
        policy: route.map_or(Policy::Plain, |route| route.policy),
        site: site.clone(),
    };
    let knock = Knock::read(site, route, &request);
    let span = tracing::info_span!("request", trace = arrival.trace, route = route.map(|route| route.path));
    let trace = HeaderValue::from_str(&arrival.trace);
    let (visit, early) = admit(arrival, knock).await;
    let mut response = match early {
        Some(early) => early,
        None => {
            request.extensions_mut().insert(visit.clone());
            within(site, next.run(request)).instrument(span.clone()).await
        }
    };
    if let Some(stop) = stopped(&mut response) {
        let allow = response.headers_mut().remove(header::ALLOW);
        response = span.in_scope(|| error_page::draw(&visit, &stop));
        response.headers_mut().extend(allow.map(|methods| (header::ALLOW, methods)));
    }
    if let Ok(trace) = trace {
        response.headers_mut().insert("x-trace-id", trace);
    }
    response
}

/// What is read from a request before it is let in.
struct Knock {
    /// Whether it may change something, by where it comes from.
    from_here: bool,
    /// Another language that it asks for, and the address without that wish.
    wish: Option<(Locale, String)>,
    needs: Option<Needs>,
    /// The browser, as it names itself.
    agent: String,
    /// Whether an officer comes to look after the own duties, not to work.
    to_own_duties: bool,
}

impl Knock {
    fn read(site: &Site, route: Option<&Route>, request: &Request) -> Self {
        let from_here = csrf::comes_from_here(request.method(), request.headers(), site.app.origin());
        let wish = request.method().is_safe().then(|| locale::wish(request.uri())).flatten();
        let agent = request.headers().get(header::USER_AGENT).map(|agent| agent.as_bytes());
        let agent = String::from_utf8_lossy(agent.unwrap_or_default()).into_owned();
        let to_own_duties = route.is_some_and(|route| route.path.starts_with(OWN_DUTIES));
        Self { from_here, wish, needs: route.map(|route| route.needs), agent, to_own_duties }
    }
}

/// Everything that can end a request before its handler, in order of cost.
async fn admit(mut arrival: Arrival, knock: Knock) -> (Visit, Option<Response>) {
    if let Err(stop) = check(&mut arrival, &knock).await {
        return (Visit::new(arrival), Some(stop.into_response()));
    }
    let visit = Visit::new(arrival);
    let early = match knock.wish {
        Some((locale, place)) => Some(locale::switch(&visit, locale, &place).await.into_response()),
        None => None,
    };
    (visit, early)
}

async fn check(arrival: &mut Arrival, knock: &Knock) -> Result<(), Stop> {
    if !arrival.site.limiter.admits(arrival.from) {
        return Err(Problem::TooFast.into());
    }
    if !knock.from_here {
        return Err(Problem::Forged.into());
    }
    identify(arrival).await?;
    match (knock.needs, &arrival.caller) {
        _ if knock.wish.is_some() => Ok(()),
        (Some(Needs::Person | Needs::Officer), Caller::Anonymous) => {
            Err(qyzmet_app::Error::SignInNeeded.into())
        }
        // Whoever is no officer need not know that there is a desk.
        (Some(Needs::Officer), caller) if !matches!(caller, Caller::Officer(_)) => {
            Err(qyzmet_app::Error::NotFound.into())
        }
        (Some(Needs::Officer), Caller::Officer(_)) => enter_desk(arrival, knock).await,
        _ => Ok(()),
    }
}

/// An officer comes to the desk: who may not act, or comes back to a desk that has locked itself, comes no further.
async fn enter_desk(arrival: &Arrival, knock: &Knock) -> Result<(), Stop> {
    let from = format!("{}|{}", arrival.from, knock.agent);
    let enter = EnterDesk { from, to_work: !knock.to_own_duties };
    Ok(qyzmet_app::run(&arrival.site.app, &arrival.caller, enter).await?)
}

/// Finds out who holds the session. A session that has ended leaves an anonymous visitor.
async fn identify(arrival: &mut Arrival) -> Result<(), Stop> {
    let Some(token) = arrival.session.clone() else { return Ok(()) };
    match qyzmet_app::run(&arrival.site.app, &Caller::Anonymous, FindCaller { token }).await? {
        Some(caller) => arrival.caller = caller,
        None => arrival.session = None,
    }
    Ok(())
}

/// Gives a handler up when it takes too long; what it has written durably stays.
async fn within(site: &Site, answer: impl Future<Output = Response>) -> Response {
    let most = Duration::from_secs(site.settings.timeout_seconds);
    match tokio::time::timeout(most, answer).await {
        Ok(response) => response,
        Err(_) => Stop::from(Problem::TooSlow).into_response(),
    }
}

/// The problem that an answer carries, also one that the router found itself.
fn stopped(response: &mut Response) -> Option<Stop> {
    if let Some(stop) = response.extensions_mut().remove::<Stop>() {
        return Some(stop);
    }
    match response.status() {
        status @ (StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED) if is_bare(response.headers()) => {
            Some(Problem::NoPage(status).into())
        }
        StatusCode::BAD_REQUEST if is_bare(response.headers()) => Some(Problem::Unreadable.into()),
        _ => None,
    }
}

/// Whether nobody has drawn a page for this answer yet.
fn is_bare(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE);
    kind.is_none_or(|kind| kind.as_bytes().starts_with(b"text/plain"))
}

/// The client's address: of the connection, or as the operator's own proxy tells it.
fn client(site: &Site, request: &Request) -> IpAddr {
    let told = site.settings.trust_forwarded.then(|| request.headers().get("x-forwarded-for")).flatten();
    let told = told.and_then(|line| line.to_str().ok()?.split(',').next()?.trim().parse().ok());
    let connection = || request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    told.or_else(connection).unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED))
}

//! Connections: HTTP/1.1 on a listener, with limits, and the stream of events.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::channel::Channel;
use http_body_util::{Either, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::{self, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

use super::answer::{Answer, COMMON};
use super::desk::Desk;
use super::host::Hosts;
use super::route::OWN;

/// So many connections at once; a browser opens six, and leaves one open for events a visible page.
const CONNECTIONS: usize = 128;
/// The head of a request has to come within this time, also on a connection that was used before.
const PATIENCE: Duration = Duration::from_secs(15);
/// The largest head of a request, in bytes.
const LARGEST_HEAD: usize = 64 << 10;
/// A connection for events is tried so often, to notice that nobody listens any more.
const PULSE: Duration = Duration::from_secs(15);

type Body = Either<Full<Bytes>, Channel<Bytes, Infallible>>;

/// Answers connections until the runtime ends.
pub(super) async fn accept(listener: TcpListener, hosts: Arc<Hosts>, desk: Arc<Desk>) {
    let slots = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Too many open files, perhaps; there will be fewer.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let Ok(slot) = slots.clone().try_acquire_owned() else { continue };
        let (hosts, desk) = (hosts.clone(), desk.clone());
        tokio::spawn(async move {
            talk(stream, hosts, desk).await;
            drop(slot);
        });
    }
}

async fn talk(stream: TcpStream, hosts: Arc<Hosts>, desk: Arc<Desk>) {
    // Answers are small and wanted at once.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request| {
        let (hosts, desk) = (hosts.clone(), desk.clone());
        async move { Ok::<_, Infallible>(respond(request, &hosts, desk).await) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(PATIENCE)
        .max_buf_size(LARGEST_HEAD)
        .serve_connection(TokioIo::new(stream), service);
    // A connection that breaks is the browser's affair.
    let _ = connection.await;
}

async fn respond(request: Request<Incoming>, hosts: &Hosts, desk: Arc<Desk>) -> Response<Body> {
    let method = request.method().clone();
    let range = header_of(&request, header::RANGE)
        .filter(|_| !request.headers().contains_key(header::IF_RANGE))
        .map(str::to_owned);
    let whole = |answer: Answer| answer.response(&method, range.as_deref()).map(Full::new).map(Either::Left);
    if let Some(refused) = refuse_host(&request, hosts) {
        return whole(refused);
    }
    if method != Method::GET && method != Method::HEAD {
        return whole(Answer::method_refused());
    }
    let path = request.uri().path().to_owned();
    if path.strip_prefix(OWN) == Some("events") && method == Method::GET {
        return events(&desk);
    }
    let query = request.uri().query().map(str::to_owned);
    // Rendering a page takes too long for the thread that holds all connections.
    let answer = tokio::task::spawn_blocking(move || desk.answer(&path, query.as_deref())).await;
    whole(
        answer.unwrap_or_else(|_| {
            Answer::plain(StatusCode::INTERNAL_SERVER_ERROR, "the page could not be made\n")
        }),
    )
}

/// A request names its host in its address or in its `Host` header, and both have to be this server.
fn refuse_host(request: &Request<Incoming>, hosts: &Hosts) -> Option<Answer> {
    let mut names = request.headers().get_all(header::HOST).iter();
    let (Some(name), None) = (names.next(), names.next()) else {
        return Some(Answer::plain(StatusCode::BAD_REQUEST, "one Host header is needed\n"));
    };
    let is_ours = name.to_str().is_ok_and(|name| hosts.allow(name))
        && request.uri().authority().is_none_or(|authority| hosts.allow(authority.as_str()));
    let text = "this server answers to localhost, and to the name given with --host\n";
    (!is_ours).then(|| Answer::plain(StatusCode::FORBIDDEN, text))
}

fn header_of(request: &Request<Incoming>, name: header::HeaderName) -> Option<&str> {
    request.headers().get(name)?.to_str().ok()
}

/// Sends the stamp of what is shown, now and whenever it changes. As the first one is sent in any
/// case, whoever was away for a while, or comes back to a new server, misses nothing.
fn events(desk: &Arc<Desk>) -> Response<Body> {
    let (mut sender, body) = Channel::new(1);
    let boot = desk.boot.clone();
    let mut states = desk.states.clone();
    tokio::spawn(async move {
        loop {
            let stamp = states.borrow_and_update().stamp(&boot);
            let event = format!("retry: 500\ndata: {stamp}\n\n");
            if sender.send_data(event.into()).await.is_err() {
                return;
            }
            loop {
                match tokio::time::timeout(PULSE, states.changed()).await {
                    Ok(Ok(())) => break,
                    Ok(Err(_)) => return,
                    Err(_) if sender.send_data(Bytes::from_static(b":\n\n")).await.is_err() => return,
                    Err(_) => {}
                }
            }
        }
    });
    let mut response = Response::new(Either::Right(body));
    for (name, value) in COMMON {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    let media = HeaderValue::from_static("text/event-stream; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, media);
    response
}

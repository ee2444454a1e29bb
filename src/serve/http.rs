//! Serves HTTP/1.1 connections, with limits, and the event stream that tells pages to reload.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::channel::Channel;
use http_body_util::{Either, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

use super::allowed_hosts::AllowedHosts;
use super::handler::Handler;
use super::response;
use super::route::OWN;

/// The maximum number of connections. A browser opens six, and holds one for each visible page.
const MAX_CONNECTIONS: usize = 128;
/// The time within which the head of a request must arrive, on reused connections too.
const HEADER_TIMEOUT: Duration = Duration::from_secs(15);
/// The maximum size of the head of a request, in bytes.
const MAX_HEAD: usize = 64 << 10;
/// How often an event stream is written to, to notice that its reader has gone.
const HEARTBEAT: Duration = Duration::from_secs(15);

type Body = Either<Full<Bytes>, Channel<Bytes, Infallible>>;

/// Accepts connections until the runtime ends.
pub(super) async fn accept(listener: TcpListener, hosts: Arc<AllowedHosts>, handler: Arc<Handler>) {
    let slots = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Perhaps too many open files: try again soon.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let Ok(slot) = slots.clone().try_acquire_owned() else { continue };
        let (hosts, handler) = (hosts.clone(), handler.clone());
        tokio::spawn(async move {
            serve(stream, hosts, handler).await;
            drop(slot);
        });
    }
}

async fn serve(stream: TcpStream, hosts: Arc<AllowedHosts>, handler: Arc<Handler>) {
    // Responses are small and wanted at once.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request| {
        let (hosts, handler) = (hosts.clone(), handler.clone());
        async move { Ok::<_, Infallible>(respond(request, &hosts, handler).await) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_TIMEOUT)
        .max_buf_size(MAX_HEAD)
        .serve_connection(TokioIo::new(stream), service);
    // A broken connection is the browser's concern.
    let _ = connection.await;
}

async fn respond(request: Request<Incoming>, hosts: &AllowedHosts, handler: Arc<Handler>) -> Response<Body> {
    let whole = |response: Response<Bytes>| response.map(Full::new).map(Either::Left);
    if let Some(refused) = refuse_host(&request, hosts) {
        return whole(refused);
    }
    let method = request.method();
    if method != Method::GET && method != Method::HEAD {
        return whole(response::method_not_allowed());
    }
    let path = request.uri().path().to_owned();
    if path.strip_prefix(OWN) == Some("events") && method == Method::GET {
        return events(&handler);
    }
    let query = request.uri().query().map(str::to_owned);
    // Rendering a page takes too long for the thread that holds all connections.
    let answer = tokio::task::spawn_blocking(move || handler.get(&path, query.as_deref())).await;
    whole(answer.unwrap_or_else(|_| {
        response::text(StatusCode::INTERNAL_SERVER_ERROR, "the page could not be made\n")
    }))
}

/// Refuses a request whose address or `Host` header names another server.
fn refuse_host(request: &Request<Incoming>, hosts: &AllowedHosts) -> Option<Response<Bytes>> {
    let mut names = request.headers().get_all(header::HOST).iter();
    let (Some(name), None) = (names.next(), names.next()) else {
        return Some(response::text(StatusCode::BAD_REQUEST, "one Host header is needed\n"));
    };
    let is_ours = name.to_str().is_ok_and(|name| hosts.allow(name))
        && request.uri().authority().is_none_or(|authority| hosts.allow(authority.as_str()));
    let text = "this server answers to localhost, and to the name given with --host\n";
    (!is_ours).then(|| response::text(StatusCode::FORBIDDEN, text))
}

/// Streams the stamp of what is shown, at once and whenever it changes. Because the first is always
/// sent, a page that reconnects, even to another run of the server, misses nothing.
fn events(handler: &Handler) -> Response<Body> {
    let (mut sender, body) = Channel::new(1);
    let run_id = handler.run_id.clone();
    let mut states = handler.states.clone();
    tokio::spawn(async move {
        loop {
            let stamp = states.borrow_and_update().stamp(&run_id);
            let event = format!("retry: 500\ndata: {stamp}\n\n");
            if sender.send_data(event.into()).await.is_err() {
                return;
            }
            loop {
                match tokio::time::timeout(HEARTBEAT, states.changed()).await {
                    Ok(Ok(())) => break,
                    Ok(Err(_)) => return,
                    Err(_) if sender.send_data(Bytes::from_static(b":\n\n")).await.is_err() => return,
                    Err(_) => {}
                }
            }
        }
    });
    response::with_body(StatusCode::OK, "text/event-stream; charset=utf-8", Either::Right(body))
}

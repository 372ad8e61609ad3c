//! Connections that can be closed in the middle of an answer.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Sleep, sleep};

const WHOLE: u8 = 0;
const HALF: u8 = 1;
const CUT: u8 = 2;
const TRICKLE: u8 = 3;

/// Between two bytes of a trickle: far below what a client takes for silence.
const DRIP: Duration = Duration::from_secs(1);

/// In a request's extensions: cuts the connection that the request came by.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cord(Arc<AtomicU8>);

impl Cord {
    /// Not one more byte is sent.
    pub(crate) fn cut(&self) {
        self.0.store(CUT, Ordering::Relaxed);
    }

    /// The next answer's head and half of its body are sent.
    pub(crate) fn cut_in_the_middle(&self) {
        self.0.store(HALF, Ordering::Relaxed);
    }

    /// From now on a byte a second is sent.
    pub(crate) fn trickle(&self) {
        self.0.store(TRICKLE, Ordering::Relaxed);
    }
}

/// Accepts connections with a [`Cord`].
#[derive(Debug)]
pub(crate) struct Wires(pub(crate) TcpListener);

impl Listener for Wires {
    type Io = Wire;
    type Addr = std::net::SocketAddr;

    async fn accept(&mut self) -> (Wire, Self::Addr) {
        let (stream, address) = Listener::accept(&mut self.0).await;
        (Wire { stream, cord: Cord::default(), drip: None }, address)
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        self.0.local_addr()
    }
}

impl Connected<IncomingStream<'_, Wires>> for Cord {
    fn connect_info(stream: IncomingStream<'_, Wires>) -> Self {
        stream.io().cord.clone()
    }
}

/// A connection that ends when its cord is cut.
#[derive(Debug)]
pub(crate) struct Wire {
    stream: TcpStream,
    cord: Cord,
    /// Until the next byte of a trickle may go.
    drip: Option<Pin<Box<Sleep>>>,
}

impl AsyncRead for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Wire {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let bytes = match self.cord.0.load(Ordering::Relaxed) {
            WHOLE => bytes,
            HALF => half(bytes),
            TRICKLE => {
                let drip = self.drip.get_or_insert_with(|| Box::pin(sleep(DRIP)));
                ready!(drip.as_mut().poll(context));
                self.drip = None;
                &bytes[..bytes.len().min(1)]
            }
            _ => return Poll::Ready(Err(io::ErrorKind::ConnectionAborted.into())),
        };
        let sent = Pin::new(&mut self.stream).poll_write(context, bytes);
        if sent.is_ready() && self.cord.0.load(Ordering::Relaxed) == HALF {
            self.cord.cut();
        }
        sent
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

/// The head of an answer and half of its body. A small answer is written in one piece.
fn half(answer: &[u8]) -> &[u8] {
    let head = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n").map_or(0, |end| end + 4);
    &answer[..head + (answer.len() - head) / 2]
}

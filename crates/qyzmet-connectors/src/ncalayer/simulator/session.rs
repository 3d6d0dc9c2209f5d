//! One WebSocket with a browser tab: greeting, heartbeats, one answer to each request, in order.

use std::sync::Arc;

use futures::{SinkExt, StreamExt};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_tungstenite::{
    WebSocketStream, accept_async_with_config,
    tungstenite::{Message, protocol::WebSocketConfig},
};

use super::{Layer, answer};

/// Biggest request taken; real ones hold a document in base64.
const MAX_REQUEST: usize = 16 * 1024 * 1024;

/// Serves one connection until it ends.
pub(super) async fn serve<S: AsyncRead + AsyncWrite + Unpin>(stream: S, layer: Arc<Layer>) {
    let config =
        WebSocketConfig::default().max_message_size(Some(MAX_REQUEST)).max_frame_size(Some(MAX_REQUEST));
    let Ok(mut socket) = accept_async_with_config(stream, Some(config)).await else { return };
    if !say(&mut socket, &answer::greeting()).await {
        return;
    }
    while let Some(Ok(message)) = socket.next().await {
        let Message::Text(text) = message else { continue };
        let answered = if text.as_str() == "--heartbeat--" {
            Some(answer::greeting())
        } else {
            let layer = layer.clone();
            tokio::task::spawn_blocking(move || answer::answer(&layer, &text)).await.ok().flatten()
        };
        match answered {
            Some(answer) if say(&mut socket, &answer).await => {}
            _ => return,
        }
    }
}

async fn say<S: AsyncRead + AsyncWrite + Unpin>(
    socket: &mut WebSocketStream<S>,
    answer: &serde_json::Value,
) -> bool {
    socket.send(Message::text(answer.to_string())).await.is_ok()
}

//! `cargo xtask bench pki`: certificates issued durably, the whole way from the request to the row, with 64 clients.

use std::{sync::Arc, time::Instant};

use tempfile::tempdir;

use super::world::{World, asked, new_order};

const CLIENTS: usize = 64;
const ORDERS: usize = 6_000;

/// Prints how many certificates a second became durable: registered, approved, intended, signed and recorded, kept. Requests are
/// made before, since browsers make them.
#[test]
#[ignore = "a measurement, run by cargo xtask bench pki"]
fn certificates_issued_durably() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let folder = tempdir().unwrap();
        let world = Arc::new(World::whole(folder.path()).await);
        world.work(CLIENTS);
        let orders: Vec<_> = (0..ORDERS).map(|n| new_order(&format!("N-{n}"), [asked(), asked()])).collect();
        let numbers: Vec<String> = orders.iter().map(|order| order.number.clone()).collect();
        let orders = Arc::new(std::sync::Mutex::new(orders));
        let start = Instant::now();
        let clients: Vec<_> = (0..CLIENTS)
            .map(|_| {
                let (world, orders) = (world.clone(), orders.clone());
                tokio::spawn(async move {
                    loop {
                        let Some(order) = orders.lock().unwrap().pop() else { return };
                        world.intended(order).await;
                    }
                })
            })
            .collect();
        for client in clients {
            client.await.unwrap();
        }
        for number in &numbers {
            world.issued(number).await;
        }
        let rate = 2.0 * f64::from(u32::try_from(ORDERS).unwrap()) / start.elapsed().as_secs_f64();
        eprintln!("certificates issued durably, {CLIENTS} clients {rate:>12.0}/s");
    });
}

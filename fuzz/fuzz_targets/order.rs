//! Orders that a portal hands to the signer: what is read is written alike.

#![no_main]

use libfuzzer_sys::fuzz_target;
use qyzmet_pki::authority::Order;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(order) = Order::from_bytes(bytes) {
        assert_eq!(order.to_bytes().as_deref(), Ok(bytes));
    }
});

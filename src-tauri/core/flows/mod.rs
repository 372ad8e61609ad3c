//! One use case a file. Flows know the model and the ports; only composition roots know which
//! adapter stands behind a port.

pub mod api;
pub mod callback;
pub mod check;
pub mod connect;
pub mod copy;
pub mod count;
pub mod outside;
pub mod refresh;
pub mod revoke;
pub mod secrets;
pub mod token_endpoint;

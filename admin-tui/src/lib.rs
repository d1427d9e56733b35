//! What operators see: the console in a terminal. `update` turns messages into a changed model and commands, `frame` paints
//! the model, `runtime` performs the commands beside the drawing. It talks to the bot through `admin-api` only and keeps
//! nothing but the session.
//!
//! ```text
//! keys, mouse, answers, live events ──▶ Msg ──▶ update(model) ──▶ Command ──▶ runtime ──▶ the bot, the clipboard
//!                                                  │
//!                                                  └──▶ model ──▶ frame::paint ──▶ the terminal
//! ```
//!
//! A screen is a file in `screens/`; its contract stands in `screens/mod.rs`. Everything below `runtime` is free of IO, so
//! that tests press keys, feed answers and read the screen.

pub mod ask;
pub mod change;
pub mod chart;
pub mod compare;
pub mod config;
pub mod delay;
pub mod editor;
pub mod frame;
pub mod input;
pub mod kept;
pub mod keys;
pub mod look;
pub mod model;
pub mod overlay;
pub mod paged;
pub mod paint;
pub mod runtime;
pub mod screens;
pub mod sheet;
mod sign_in;
pub mod steps;
pub mod table;
pub mod text;
pub mod theme;
pub mod update;
pub mod week;

//! Fixi's decisions: pure functions over values, without IO, clock, chance, async or logging. The moment, the stored
//! things and the answers of models come in; a [`decision::Decision`] comes out. Nothing in here has ever happened.
//!
//! - [`turn`] the machine that asks for what it lacks and ends in a decision; start reading there
//! - [`reception`] who answers: [`dispatcher`] a customer, [`pro_desk`] a pro, [`owner`] an owner, [`sign_up`] who wants to
//!   be a pro; [`table`] what each may type and what it does; [`booking`] what all do to a visit, [`routing`] which pro
//! - [`persona`] how the pro says it, and the check of a model's words; [`say`] every figure that a person reads
//! - [`understanding`] and [`when`] words into facts and times by rules; [`words`] what may be typed; [`text`] folding
//! - [`business`], [`pro`], [`contact`], [`conversation`], [`request`], [`lead`], [`message`] the stored things
//! - [`operator`] what a person decides at the console, carried out as if it had been said in chat
//! - [`care`] what is done unasked: reminders, follow-ups, healing, what the operator is told; [`concern`] why a person is to
//!   look
//! - [`waitlist`] who waits for an earlier time, and what becomes of time that is free again
//! - [`calendar`] time that can be booked, [`policy`] rules that hold for every message

pub mod booking;
pub mod business;
pub mod calendar;
pub mod care;
pub mod concern;
pub mod contact;
pub mod conversation;
pub mod decision;
pub mod dispatcher;
pub mod id;
pub mod language;
pub mod lead;
pub mod message;
pub mod operator;
pub mod owner;
pub mod persona;
pub mod policy;
pub mod preview;
pub mod pro;
pub mod pro_desk;
pub mod reception;
pub mod request;
pub mod routing;
pub mod say;
pub mod sign_up;
pub mod table;
pub mod template;
pub mod text;
pub mod trade;
pub mod turn;
pub mod understanding;
pub mod waitlist;
pub mod when;
pub mod words;

//! The console's API over HTTP, its second half: people, pros, schedule, jobs, settings and figures.

#![allow(clippy::unwrap_used, clippy::expect_used)]

#[path = "admin/office.rs"]
mod office;

#[path = "admin/erasing.rs"]
mod erasing;
#[path = "admin/figures.rs"]
mod figures;
#[path = "admin/people.rs"]
mod people;
#[path = "admin/pros.rs"]
mod pros;
#[path = "admin/running.rs"]
mod running;
#[path = "admin/schedule.rs"]
mod schedule;

//! Runs simulated worlds and says which fell: `cargo xtask simulate`.

#![allow(clippy::print_stdout, reason = "what it prints is what it is for")]

use bot::simulation::{Broken, run};
use std::process::ExitCode;

fn main() -> ExitCode {
    let (mut worlds, mut seed, mut trace, mut broken) = (None, None, false, None);
    let mut threads = std::thread::available_parallelism().map_or(2, usize::from);
    let mut arguments = std::env::args().skip(1);
    while let Some(name) = arguments.next() {
        let mut number = || arguments.next().and_then(|value| value.parse::<u64>().ok());
        match name.as_str() {
            "--worlds" => worlds = number(),
            "--seed" => seed = number(),
            "--threads" => threads = number().and_then(|n| usize::try_from(n).ok()).unwrap_or(threads),
            "--trace" => trace = true,
            "--break-dedupe" => broken = Some(Broken::Dedupe),
            "--break-version" => broken = Some(Broken::Version),
            "--break-slot" => broken = Some(Broken::Slot),
            "--break-fence" => broken = Some(Broken::Fence),
            other => {
                eprintln!("simulate: unknown argument {other}");
                return ExitCode::FAILURE;
            }
        }
    }
    // A seed alone is one world to look at.
    if let (Some(seed), None) = (seed, worlds) {
        let ending = run(seed, broken);
        if trace || ending.problem.is_some() {
            for line in &ending.log {
                println!("{line}");
            }
        }
        println!("seed {seed}: {} lines, digest {:016x}", ending.log.len(), ending.digest);
        return match ending.problem {
            None => ExitCode::SUCCESS,
            Some(problem) => {
                println!("FELL: {problem}");
                ExitCode::FAILURE
            }
        };
    }
    let count = worlds.unwrap_or(200);
    let ran = tests::worlds::all(seed.unwrap_or(1), count, threads, broken, 50);
    if trace {
        for (what, times) in ran.tally.iter() {
            println!("{times:>10} {what}");
        }
    }
    println!("{} worlds, {} fell, {:.1} per second", ran.count, ran.fell.len(), ran.per_second());
    if ran.fell.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

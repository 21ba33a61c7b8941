//! Builds the wheel of the Python package, and tests it in a virtual environment of its own.

use anyhow::{Context, Result, bail, ensure};
use clap::Parser;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Version of maturin that builds the wheel.
const MATURIN: &str = "maturin==1.16.0";

/// Builds the wheel of the Python package in `target/wheels`.
#[derive(Parser)]
#[command(bin_name = "cargo xtask wheel")]
struct Arguments {
    /// Install the wheel in `target/python` and run its tests. They compare it with the program that was built with
    /// the same profile.
    #[arg(long)]
    test: bool,
    /// Cargo's profile.
    #[arg(long, default_value = "release")]
    profile: String,
}

/// Runs the task.
///
/// # Errors
/// Returns an error if a tool is missing or fails.
pub(crate) fn main(arguments: &[String]) -> Result<()> {
    let Arguments { test, profile } = Arguments::parse_from(arguments);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("the package is in the workspace")?;
    let wheels = root.join("target/wheels");
    let python = environment(&root.join("target/python"))?;
    run(Command::new(&python).args(["-m", "pip", "install", "--quiet", MATURIN]))?;
    let build = ["-m", "maturin", "build", "--profile", &profile, "--interpreter"];
    run(Command::new(&python).args(build).arg(&python).arg("--out").arg(&wheels).current_dir(root))?;
    if test {
        let wheel = newest(&wheels)?;
        let install = ["-m", "pip", "install", "--quiet", "--force-reinstall", "--no-deps"];
        run(Command::new(&python).args(install).arg(wheel))?;
        run(Command::new("cargo").args(["build", "--locked", "--bin", "dateline", "--profile", &profile]))?;
        let program = root.join("target").join(&profile).join("dateline");
        let tests = ["-m", "unittest", "discover", "--verbose", "-s", "crates/python/tests"];
        run(Command::new(&python).args(tests).env("DATELINE", program).current_dir(root))?;
    }
    Ok(())
}

/// Creates a virtual environment, or uses the one that is there. Returns its interpreter.
fn environment(folder: &Path) -> Result<PathBuf> {
    let python = folder.join("bin/python");
    if !python.exists() {
        let system = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
        run(Command::new(system).args(["-m", "venv"]).arg(folder))
            .context("no virtual environment; Debian has it in the package python3-venv")?;
    }
    Ok(python)
}

/// Returns the wheel in a folder that was written last.
fn newest(folder: &Path) -> Result<PathBuf> {
    let mut wheels = Vec::new();
    for entry in folder.read_dir()? {
        let entry = entry?;
        if entry.path().extension().is_some_and(|extension| extension == "whl") {
            wheels.push((entry.metadata()?.modified()?, entry.path()));
        }
    }
    match wheels.into_iter().max() {
        Some((_, wheel)) => Ok(wheel),
        None => bail!("{}: no wheel was written", folder.display()),
    }
}

/// Runs a command.
///
/// # Errors
/// Returns an error if the command cannot be started or fails.
fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("cannot start {}", command.get_program().display()))?;
    ensure!(status.success(), "{} failed: {status}", command.get_program().display());
    Ok(())
}

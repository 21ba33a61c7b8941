//! The `dateline` program.

fn main() -> std::process::ExitCode {
    dateline::run()
}

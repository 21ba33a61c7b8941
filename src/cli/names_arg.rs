//! The folder of name lists that a command uses.

use super::library_arg::print_error;
use crate::own_names;
use clap::Args;
use std::path::PathBuf;

/// Folder of the user's own name lists.
#[derive(Args, Debug, Default)]
pub(super) struct NamesArg {
    /// Folder of name lists: CSV files with the columns name, aliases, type and id [default: `names` in your
    /// configuration folder].
    #[arg(long, value_name = "FOLDER")]
    names: Option<PathBuf>,
}

impl NamesArg {
    /// Makes the command use the name lists in the folder, and prints their errors. Returns whether there are none. Must
    /// be called before anything is analysed.
    pub(super) fn apply(&self) -> bool {
        if let Some(folder) = &self.names
            && let Err(error) = own_names::choose(folder)
        {
            print_error(&format!("{}: {error}", folder.display()));
            return false;
        }
        let faults = &own_names::in_force().faults;
        for (path, fault) in faults {
            print_error(&format!("{}, {fault}", path.display()));
        }
        faults.is_empty()
    }
}

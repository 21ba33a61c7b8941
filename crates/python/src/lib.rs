//! The compiled part of the Python package `dateline`: texts and sources in, lines of JSON out.
//!
//! It knows nothing of the objects that Python code sees: `python/dateline` makes them from the JSON. So a result is
//! the line that `dateline extract --to jsonl` writes, byte for byte.

mod analysis;
mod record;
mod stream;

use pyo3::create_exception;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use stream::Stream;

create_exception!(
    dateline,
    Error,
    PyValueError,
    "An article could not be read. The message is the sentence that the command line prints."
);

/// Annotates a text and returns the line of JSON.
#[pyfunction]
fn extract(py: Python<'_>, record: &Bound<'_, PyAny>) -> PyResult<String> {
    let record = record::from_tuple(record).map_err(Error::new_err)?;
    py.detach(|| analysis::line(&record, 1)).map_err(Error::new_err)
}

/// Reads the articles of a source in any supported format and annotates them. Returns their lines of JSON, and a
/// sentence for each article that could not be read.
#[pyfunction]
fn ingest(py: Python<'_>, data: &[u8], name: &str) -> (Vec<String>, Vec<String>) {
    py.detach(|| analysis::lines_of_source(data, name))
}

/// Python module `dateline._dateline`.
#[pymodule]
fn _dateline(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add("ANALYSIS_VERSION", dateline_analysis::VERSION)?;
    module.add("Error", module.py().get_type::<Error>())?;
    module.add_class::<Stream>()?;
    module.add_function(wrap_pyfunction!(extract, module)?)?;
    module.add_function(wrap_pyfunction!(ingest, module)?)
}

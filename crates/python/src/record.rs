//! Takes a record from the tuple that Python passes.

use crate::analysis::Record;
use pyo3::prelude::*;
use pyo3::types::PyString;

/// Names of the fields after the text, in the order of the tuple.
const FIELDS: [&str; 4] = ["published", "title", "id", "url"];

/// Converts a tuple of `text`, `published`, `title`, `id` and `url`.
///
/// # Errors
/// Returns a sentence if the text is not a string, a field is neither a string nor `None`, or one of them is not valid
/// Unicode: strings of Python may have lone surrogates.
pub(crate) fn from_tuple(tuple: &Bound<'_, PyAny>) -> Result<Record, String> {
    let (text, published, title, id, url) = parts(tuple)?;
    let Ok(text) = text.cast::<PyString>() else { return Err("no string `text`".to_owned()) };
    let text = text.to_str().map_err(|error| format!("`text` is not valid Unicode: {error}"))?.to_owned();
    let mut fields = [const { None }; 4];
    for ((field, value), name) in fields.iter_mut().zip([published, title, id, url]).zip(FIELDS) {
        *field = value.extract().map_err(|error| format!("`{name}` is not a string: {error}"))?;
    }
    Ok(Record { text, fields })
}

/// Value of one field, of any type.
type Field<'py> = Bound<'py, PyAny>;

/// Takes the tuple apart.
fn parts<'py>(tuple: &Field<'py>) -> Result<(Field<'py>, Field<'py>, Field<'py>, Field<'py>, Field<'py>), String> {
    tuple.extract().map_err(|error: PyErr| format!("no record: {error}"))
}

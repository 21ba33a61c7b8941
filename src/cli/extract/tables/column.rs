//! Values of a column that wait to be written as a part of the table.

use super::schema::Kind;
use jiff::Timestamp;
use jiff::civil::{Date, date};
use parquet::column::writer::ColumnWriterImpl;
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type, Int64Type};
use parquet::errors::Result;
use parquet::file::writer::SerializedColumnWriter;
use serde_json::Value;

/// Memory that a value takes besides its own bytes.
const OVERHEAD: usize = 48;

/// Values of a column, with the levels by which Parquet marks missing values and the ends of lists.
pub(super) struct Values {
    kind: Kind,
    cells: Cells,
    /// For each value, or list without values: how much of it is present.
    definitions: Vec<i16>,
    /// For each value: 0 if it begins a row, 1 if it continues a list.
    repetitions: Vec<i16>,
    /// Approximate memory of the values, in bytes.
    bytes: usize,
}

enum Cells {
    Bool(Vec<bool>),
    Int(Vec<i32>),
    Long(Vec<i64>),
    Real(Vec<f64>),
    Text(Vec<ByteArray>),
}

impl Values {
    pub(super) const fn new(kind: Kind) -> Self {
        let cells = match kind {
            Kind::Bool => Cells::Bool(Vec::new()),
            Kind::Int | Kind::Offset | Kind::Day | Kind::Ints => Cells::Int(Vec::new()),
            Kind::Long | Kind::Moment => Cells::Long(Vec::new()),
            Kind::Real => Cells::Real(Vec::new()),
            Kind::Word | Kind::Text | Kind::Words => Cells::Text(Vec::new()),
        };
        Self { kind, cells, definitions: Vec::new(), repetitions: Vec::new(), bytes: 0 }
    }

    /// Adds the value of a row. A value of another type than the column's counts as missing.
    pub(super) fn push(&mut self, value: Option<&Value>) {
        match (self.kind, value) {
            (Kind::Words | Kind::Ints, Some(Value::Array(items))) => {
                let before = self.definitions.len();
                for item in items {
                    if self.push_cell(item) {
                        self.repetitions.push(i16::from(self.definitions.len() > before));
                        self.definitions.push(2);
                    }
                }
                if self.definitions.len() == before {
                    self.definitions.push(1);
                    self.repetitions.push(0);
                }
            }
            (Kind::Words | Kind::Ints, _) => {
                self.definitions.push(0);
                self.repetitions.push(0);
            }
            // JSON leaves out what is false.
            (Kind::Bool, None) => {
                self.push_cell(&Value::Bool(false));
                self.definitions.push(1);
            }
            (_, value) => {
                let is_present = value.is_some_and(|value| self.push_cell(value));
                self.definitions.push(i16::from(is_present));
            }
        }
        self.bytes += 4;
    }

    /// Adds a value, unless it has another type. Returns whether it was added.
    fn push_cell(&mut self, value: &Value) -> bool {
        let added = match (&mut self.cells, self.kind) {
            (Cells::Bool(cells), _) => value.as_bool().map(|value| cells.push(value)),
            (Cells::Int(cells), Kind::Day) => value.as_str().and_then(day).map(|day| cells.push(day)),
            (Cells::Int(cells), _) => {
                value.as_i64().and_then(|value| value.try_into().ok()).map(|value| cells.push(value))
            }
            (Cells::Long(cells), Kind::Moment) => value.as_str().and_then(moment).map(|moment| cells.push(moment)),
            (Cells::Long(cells), _) => value.as_i64().map(|value| cells.push(value)),
            (Cells::Real(cells), _) => value.as_f64().map(|value| cells.push(value)),
            (Cells::Text(cells), _) => {
                // IDs of records may be numbers.
                let text = match value {
                    Value::String(text) => Some(text.clone()),
                    Value::Number(number) => Some(number.to_string()),
                    _ => None,
                };
                text.map(|text| {
                    self.bytes += text.len() + OVERHEAD;
                    cells.push(ByteArray::from(text.into_bytes()));
                })
            }
        };
        self.bytes += 8;
        added.is_some()
    }

    /// Returns the approximate memory of the values, in bytes.
    pub(super) const fn bytes(&self) -> usize {
        self.bytes
    }

    /// Writes the values and forgets them.
    ///
    /// # Errors
    /// Returns an error if the disk is full.
    pub(super) fn write(&mut self, mut writer: SerializedColumnWriter<'_>) -> Result<()> {
        let values = std::mem::replace(self, Self::new(self.kind));
        let levels = (values.definitions.as_slice(), values.repetitions.as_slice());
        match values.cells {
            Cells::Bool(cells) => write_cells(writer.typed::<BoolType>(), &cells, levels, self.kind),
            Cells::Int(cells) => write_cells(writer.typed::<Int32Type>(), &cells, levels, self.kind),
            Cells::Long(cells) => write_cells(writer.typed::<Int64Type>(), &cells, levels, self.kind),
            Cells::Real(cells) => write_cells(writer.typed::<DoubleType>(), &cells, levels, self.kind),
            Cells::Text(cells) => write_cells(writer.typed::<ByteArrayType>(), &cells, levels, self.kind),
        }?;
        writer.close()
    }
}

fn write_cells<T: DataType>(
    writer: &mut ColumnWriterImpl<'_, T>,
    cells: &[T::T],
    (definitions, repetitions): (&[i16], &[i16]),
    kind: Kind,
) -> Result<()> {
    let is_list = matches!(kind, Kind::Words | Kind::Ints);
    let definitions = (kind != Kind::Long).then_some(definitions);
    writer.write_batch(cells, definitions, is_list.then_some(repetitions)).map(drop)
}

/// Returns the days from 1970 to a date, or to the date of a time.
fn day(text: &str) -> Option<i32> {
    let day: Date = text.get(..10)?.parse().ok()?;
    Some(date(1970, 1, 1).until(day).ok()?.get_days())
}

/// Returns the microseconds from 1970 to a moment of RFC 3339.
fn moment(text: &str) -> Option<i64> {
    text.parse::<Timestamp>().ok().map(Timestamp::as_microsecond)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn days_and_moments_count_from_1970() {
        assert_eq!((day("1970-01-02"), day("1969-12-31T23:00:00Z"), day("2024")), (Some(1), Some(-1), None));
        assert_eq!((moment("1970-01-01T01:00:00.5+01:00"), moment("1970-01-01")), (Some(500_000), None));
    }

    #[test]
    fn levels_distinguish_missing_empty_and_full_lists() {
        let mut values = Values::new(Kind::Words);
        for value in [json!(null), json!([]), json!(["a", "b"]), json!([[]])] {
            values.push(Some(&value));
        }
        assert_eq!((values.definitions, values.repetitions), (vec![0, 1, 2, 2, 1], vec![0, 0, 0, 1, 0]));
        let mut values = Values::new(Kind::Int);
        for value in [json!(3), json!("three"), json!(1_u64 << 40)] {
            values.push(Some(&value));
        }
        values.push(None);
        assert_eq!(values.definitions, [1, 0, 0, 0]);
    }
}

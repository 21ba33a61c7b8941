//! Writes the tables of stories as Parquet files.

use super::column::Values;
use super::schema::{Column, Kind, Source, TABLES, Table};
use parquet::basic::{Compression, Encoding, ZstdLevel};
use parquet::errors::{ParquetError, Result};
use parquet::file::properties::{WriterProperties, WriterPropertiesBuilder};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use parquet::schema::types::ColumnPath;
use serde_json::Value;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::Path;
use std::sync::Arc;

/// Memory of the values of a table, in bytes, above which they are written as a row group.
const ROW_GROUP_BYTES: usize = 4 << 20;

/// Compression level of Zstandard. Higher ones take more time than the analysis and save a few hundredths.
const LEVEL: i32 = 6;

/// Directory of a part of the tables, as `NAME=VALUE`, which readers add as a column.
pub(super) struct Partition<'a> {
    pub(super) name: &'static str,
    /// Value, without characters that a path cannot have.
    pub(super) value: &'a str,
}

/// Writers of all tables.
pub(super) struct TableSet {
    writers: Vec<TableWriter>,
}

impl TableSet {
    /// Creates the files: `TABLE.parquet` in a folder, or `TABLE/NAME=VALUE/part-N.parquet` for a partition.
    ///
    /// # Errors
    /// Returns an error if a file cannot be created.
    pub(super) fn create(folder: &Path, partition: Option<&Partition<'_>>) -> io::Result<Self> {
        let create = |table: &'static Table| {
            let mut create = OpenOptions::new();
            create.write(true).create_new(true);
            let file = match partition {
                None => create.open(folder.join(format!("{}.parquet", table.name)))?,
                Some(Partition { name, value }) => {
                    let folder = folder.join(table.name).join(format!("{name}={value}"));
                    fs::create_dir_all(&folder)?;
                    let mut parts = (0..u32::MAX).map(|part| folder.join(format!("part-{part}.parquet")));
                    create.open(parts.find(|path| !path.exists()).unwrap_or_default())?
                }
            };
            TableWriter::new(table, file).map_err(io_error)
        };
        Ok(Self { writers: TABLES.iter().map(create).collect::<io::Result<_>>()? })
    }

    /// Adds the rows of a story, given as its JSON object. `article` is its number.
    ///
    /// # Errors
    /// Returns an error if the disk is full.
    pub(super) fn add(&mut self, article: i64, story: &Value) -> io::Result<()> {
        self.writers.iter_mut().try_for_each(|writer| writer.add(article, story)).map_err(io_error)
    }

    /// Completes the files and writes them to the disk.
    ///
    /// # Errors
    /// Returns an error if the disk is full or fails.
    pub(super) fn finish(self) -> io::Result<()> {
        self.writers.into_iter().try_for_each(|mut writer| {
            writer.write_row_group().map_err(io_error)?;
            writer.file.into_inner().map_err(io_error)?.sync_all()
        })
    }
}

/// Returns the error of the disk in an error of the Parquet library.
fn io_error(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(inner) => match inner.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(other) => io::Error::other(other),
        },
        error => io::Error::other(error),
    }
}

/// Writer of a table.
struct TableWriter {
    table: &'static Table,
    columns: Vec<Values>,
    file: SerializedFileWriter<File>,
}

impl TableWriter {
    fn new(table: &'static Table, file: File) -> Result<Self> {
        let fields: String = table.columns.iter().map(|column| column.kind.declaration(column.name)).collect();
        let schema = Arc::new(parse_message_type(&format!("message {} {{ {fields} }}", table.name))?);
        let file = SerializedFileWriter::new(file, schema, Arc::new(properties(table)?))?;
        let columns = table.columns.iter().map(|column| Values::new(column.kind)).collect();
        Ok(Self { table, columns, file })
    }

    fn add(&mut self, article: i64, story: &Value) -> Result<()> {
        let article = Value::from(article);
        match self.table.lists {
            [] => self.push(&article, 0, 0, story),
            [list] => {
                for (index, item) in items(story, list).iter().enumerate() {
                    self.push(&article, 0, index, item);
                }
            }
            [outer, inner, ..] => {
                for (outer, item) in items(story, outer).iter().enumerate() {
                    for (index, item) in items(item, inner).iter().enumerate() {
                        self.push(&article, outer, index, item);
                    }
                }
            }
        }
        if self.columns.iter().map(Values::bytes).sum::<usize>() > ROW_GROUP_BYTES {
            self.write_row_group()?;
        }
        Ok(())
    }

    /// Adds a row.
    fn push(&mut self, article: &Value, outer: usize, index: usize, item: &Value) {
        for (column, values) in self.table.columns.iter().zip(&mut self.columns) {
            match column.source {
                Source::Article => values.push(Some(article)),
                Source::Index => values.push(Some(&index.into())),
                Source::Outer => values.push(Some(&outer.into())),
                Source::Count(list) => values.push(Some(&items(item, list).len().into())),
                Source::Field(path) => values.push(path.split('.').try_fold(item, |of, name| of.get(name))),
            }
        }
    }

    /// Writes the rows that have been added since the last row group.
    fn write_row_group(&mut self) -> Result<()> {
        if self.columns.iter().all(|values| values.bytes() == 0) {
            return Ok(());
        }
        let mut group = self.file.next_row_group()?;
        for values in &mut self.columns {
            let Some(writer) = group.next_column()? else { break };
            values.write(writer)?;
        }
        group.close().map(drop)
    }
}

/// Returns the items of a list. A record that could not be read has no lists.
fn items<'a>(of: &'a Value, list: &str) -> &'a [Value] {
    of.get(list).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// Returns how the columns of a table are encoded.
fn properties(table: &Table) -> Result<WriterProperties> {
    let all = WriterProperties::builder()
        .set_created_by(concat!("dateline ", env!("CARGO_PKG_VERSION")).to_owned())
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(LEVEL)?));
    let add = |properties: WriterPropertiesBuilder, column: &Column| {
        let path = ColumnPath::from(column.name);
        match column.kind {
            Kind::Offset => properties
                .set_column_dictionary_enabled(path.clone(), false)
                .set_column_encoding(path, Encoding::DELTA_BINARY_PACKED),
            Kind::Text => properties.set_column_dictionary_enabled(path, false),
            _ => properties,
        }
    };
    Ok(table.columns.iter().fold(all, add).build())
}

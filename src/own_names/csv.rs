//! Reads comma-separated values (RFC 4180).

/// Line number of a record, counted from 1, with its fields or the reason why it cannot be read.
type Record = (usize, Result<Vec<String>, &'static str>);

/// Returns the records of a text. Empty lines are left out. A field in quotation marks may contain commas, line breaks
/// and doubled quotation marks.
pub(super) fn records(text: &str) -> impl Iterator<Item = Record> {
    let mut rest = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut line = 1;
    std::iter::from_fn(move || {
        loop {
            if rest.is_empty() {
                return None;
            }
            let start = line;
            let (record, length) = record(rest);
            let (read, after) = rest.split_at(length);
            line += read.matches('\n').count();
            rest = after;
            match record {
                Ok(fields) if fields.iter().all(|field| field.trim().is_empty()) && fields.len() == 1 => {}
                record => return Some((start, record)),
            }
        }
    })
}

/// Reads the first record of a text. Returns it with its length in bytes, including the line break.
fn record(text: &str) -> (Result<Vec<String>, &'static str>, usize) {
    let mut fields = vec![String::new()];
    let mut in_quotes = false;
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let Some(field) = fields.last_mut() else { break };
        match letter {
            '"' if in_quotes && letters.peek().is_some_and(|(_, next)| *next == '"') => {
                letters.next();
                field.push('"');
            }
            '"' if in_quotes => in_quotes = false,
            '"' if field.trim().is_empty() => {
                field.clear();
                in_quotes = true;
            }
            ',' if !in_quotes => fields.push(String::new()),
            '\n' if !in_quotes => return (Ok(fields), at + 1),
            _ => field.push(letter),
        }
    }
    (if in_quotes { Err("a quotation mark is not closed") } else { Ok(fields) }, text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_through_quoted_line_breaks() {
        let text = "a,b\n\n\"c\nd\", \"e\"\"f\"\r\ng\"h,i\n\"open\nto the end";
        let records: Vec<Record> = records(text).collect();
        let fields = |fields: &[&str]| Ok(fields.iter().map(|field| (*field).to_owned()).collect());
        assert_eq!(
            records,
            [
                (1, fields(&["a", "b"])),
                (3, fields(&["c\nd", "e\"f\r"])),
                (5, fields(&["g\"h", "i"])),
                (6, Err("a quotation mark is not closed")),
            ]
        );
    }
}

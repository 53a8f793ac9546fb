//! The text of a table → rows of cells. A quotation mark holds a cell together, line ends and all, only where another
//! one ends the cell; any other mark is a letter like all others, so that one too few takes no rows along.

/// A row, and where it ends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Row {
    pub cells: Vec<String>,
    /// Byte past the row and its line end.
    pub end: usize,
    /// The first cell whose quotation mark is never closed.
    open: Option<usize>,
}

impl Row {
    pub fn filled(&self) -> usize {
        let filled = self.cells.iter().filter(|cell| !cell.trim().is_empty());
        filled.count()
    }

    /// Its marks leave it with more or fewer cells than the others have.
    pub fn is_torn(&self, width: usize) -> bool {
        self.cells.len() > width || self.open.is_some() && self.cells.len() < width
    }

    /// Cells that a mark without its second has left in pieces are one again.
    fn mend(&mut self, width: usize, delimiter: char) {
        let is_blank = |cell: &String| cell.trim().is_empty();
        while self.cells.len() > width && self.cells.last().is_some_and(is_blank) {
            self.cells.pop();
        }
        let surplus = self.cells.len().saturating_sub(width);
        let Some(open) = self.open.filter(|open| surplus > 0 && *open < width) else {
            return;
        };
        let pieces: Vec<String> = self.cells.drain(open..=open + surplus).collect();
        let whole = pieces.join(delimiter.encode_utf8(&mut [0; 4]));
        let bare = whole
            .strip_prefix('"')
            .and_then(|rest| rest.strip_suffix('"'));
        self.cells
            .insert(open, bare.unwrap_or(&whole).replace("\"\"", "\""));
    }
}

/// The rows of a table, blank ones left out.
pub(super) struct Rows<'a> {
    pub text: &'a str,
    /// Byte at which the next row begins.
    pub at: usize,
    pub delimiter: char,
    /// Cells of a row, where that is known.
    pub width: Option<usize>,
}

impl Iterator for Rows<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        loop {
            let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
            let mut row = row(rest, self.delimiter);
            if let Some(width) = self.width {
                let lines = rest.get(..row.end).unwrap_or(rest);
                if has_swallowed(lines, self.delimiter, width) {
                    row = one_line(rest, self.delimiter);
                }
                row.mend(width, self.delimiter);
            }
            row.end += self.at;
            self.at = row.end;
            if row.filled() > 0 {
                return Some(row);
            }
        }
    }
}

/// The row that begins `text`.
fn row(text: &str, delimiter: char) -> Row {
    let mut row = Row::default();
    loop {
        let rest = &text[row.end..];
        let inner = rest.trim_start_matches(' ').strip_prefix('"');
        let quoted = inner.and_then(|inner| quoted(inner, delimiter));
        let after = match quoted {
            Some((cell, after)) => {
                row.cells.push(cell.replace("\"\"", "\""));
                after
            }
            None => {
                if inner.is_some() && row.open.is_none() {
                    row.open = Some(row.cells.len());
                }
                let end = rest.find([delimiter, '\n', '\r']).unwrap_or(rest.len());
                row.cells.push(rest[..end].to_owned());
                &rest[end..]
            }
        };
        if let Some(next) = after.strip_prefix(delimiter) {
            row.end = text.len() - next.len();
        } else {
            row.end = text.len() - after.len() + line_end(after);
            return row;
        }
    }
}

/// The row that the first line of `text` is by itself.
fn one_line(text: &str, delimiter: char) -> Row {
    let end = text.find(['\n', '\r']).unwrap_or(text.len());
    let mut row = row(&text[..end], delimiter);
    row.end = end + line_end(&text[end..]);
    row
}

/// Bytes of the line end with which `text` begins, if it begins with anything.
fn line_end(text: &str) -> usize {
    if text.starts_with("\r\n") {
        2
    } else {
        text.len().min(1)
    }
}

/// A quoted cell from behind its first mark: what it holds, and what follows the second.
fn quoted(inner: &str, delimiter: char) -> Option<(&str, &str)> {
    let mut at = 0;
    loop {
        let mark = at + inner[at..].find('"')?;
        let after = &inner[mark + 1..];
        if after.starts_with('"') {
            at = mark + 2;
            continue;
        }
        let after = after.trim_start_matches(' ');
        let ends = after.is_empty() || after.starts_with([delimiter, '\n', '\r']);
        return ends.then(|| (&inner[..mark], after));
    }
}

/// True where each line of a row is a whole row itself: a mark at the head of a cell has met one at the end of another
/// row's. Two cells may well be words with a comma between them.
fn has_swallowed(lines: &str, delimiter: char, width: usize) -> bool {
    let least = if delimiter == '\t' { 2 } else { 3 };
    let mut lines = lines
        .trim_end()
        .split(['\n', '\r'])
        .filter(|line| !line.is_empty());
    let whole = |line: &str| row(line, delimiter).cells.len() == width;
    width >= least && lines.clone().nth(1).is_some() && lines.all(whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cells(text: &str, delimiter: char, width: Option<usize>) -> Vec<Vec<String>> {
        let at = 0;
        let rows = Rows {
            text,
            at,
            delimiter,
            width,
        };
        rows.map(|row| row.cells).collect()
    }

    #[test]
    fn marks_hold_cells_together() {
        let text = "a,\"b, \"\"c\"\"\r\nd\" ,\r\n\n,,\n \"e\",f";
        assert_eq!(
            cells(text, ',', Some(3)),
            [vec!["a", "b, \"c\"\r\nd", ""], vec!["e", "f"]]
        );
    }

    #[test]
    fn marks_without_a_second_take_no_rows_along() {
        let text = "\"قارب\" جديد\tنص\tمرصد\n\"أخيرا\tنص\tمرصد\nعنوان\tنص\tمرصد\n";
        let found = cells(text, '\t', Some(3));
        let first: Vec<&str> = found.iter().map(|row| row[0].as_str()).collect();
        assert_eq!(first, ["\"قارب\" جديد", "\"أخيرا", "عنوان"]);
        // The second mark stands two rows below.
        let text = "أ\t\"نص\tمرصد\nب\tنص\tمرصد\nج\tنص\"\tمرصد\n";
        assert_eq!(cells(text, '\t', Some(3)).len(), 3);
        // A text of two lines is none of that.
        let text = "أ\tمرصد\t\"سطر\nوسطر آخر\"\n";
        assert_eq!(cells(text, '\t', Some(3)).len(), 1);
    }

    #[test]
    fn cells_in_pieces_are_mended_or_told() {
        let text = "a,\"قال \"نعم\", ثم ذهب\",b\n";
        assert_eq!(
            cells(text, ',', Some(3)),
            [["a", "قال \"نعم\", ثم ذهب", "b"]]
        );
        let mut rows = Rows {
            text: "a,b,c,d\na,b,c,,\na,\"b\n",
            at: 0,
            delimiter: ',',
            width: Some(3),
        };
        let torn = [(); 3].map(|()| rows.next().unwrap().is_torn(3));
        assert_eq!(torn, [true, false, true]);
    }

    proptest! {
        #[test]
        fn written_cells_come_back(rows in proptest::collection::vec(proptest::collection::vec("[ab\",\n]{1,6}", 3), 1..5)) {
            let quote = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
            let line = |row: &Vec<String>| row.iter().map(quote).collect::<Vec<_>>().join(",");
            let text = rows.iter().map(line).collect::<Vec<_>>().join("\n");
            let filled: Vec<_> = rows.into_iter().filter(|row| row.iter().any(|cell| !cell.trim().is_empty())).collect();
            prop_assert_eq!(cells(&text, ',', None), filled);
        }

        #[test]
        fn every_row_moves_on(text in "[\\PCا\n\r,\t\"]{0,80}") {
            let _ = cells(&text, ',', Some(3));
            let _ = cells(&text, '\t', None);
        }
    }
}

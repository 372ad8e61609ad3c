//! Columns that line up, also under Japanese names, which are twice as wide.

use unicode_width::UnicodeWidthStr;

/// Which side of its column a cell keeps to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Words.
    Left,
    /// Numbers, but for the first column.
    Right,
}

/// Lines without spaces at their ends. All rows have the same number of cells.
pub fn table(rows: &[Vec<String>], side: Side) -> Vec<String> {
    let columns = rows.first().map_or(0, Vec::len);
    let width = |column: usize| rows.iter().map(|row: &Vec<String>| row[column].width()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    rows.iter().map(|row| line(row, &widths, side)).collect()
}

fn line(row: &[String], widths: &[usize], side: Side) -> String {
    let cell = |(index, (text, width)): (usize, (&String, &usize))| {
        let space = " ".repeat(width - text.width());
        if side == Side::Right && index > 0 { format!("{space}{text}") } else { format!("{text}{space}") }
    };
    let cells: Vec<String> = row.iter().zip(widths).enumerate().map(cell).collect();
    cells.join("  ").trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(rows: &[&[&str]]) -> Vec<Vec<String>> {
        rows.iter().map(|row| row.iter().map(|&cell| cell.to_owned()).collect()).collect()
    }

    #[test]
    fn japanese_names_take_two_columns_a_character() {
        let lines = table(&rows(&[&["開発", "x"], &["abc", "y"]]), Side::Left);
        assert_eq!(lines, ["開発  x", "abc   y"]);
    }

    #[test]
    fn numbers_keep_to_the_right() {
        let lines = table(&rows(&[&["", "自分"], &["open", "7"]]), Side::Right);
        assert_eq!(lines, ["      自分", "open     7"]);
    }

    #[test]
    fn no_rows_are_no_lines() {
        assert!(table(&[], Side::Left).is_empty());
    }
}

//! Text in columns: the first to the left, the others to the right.

/// One line a row, columns as wide as their widest cell. A row may be short.
pub(crate) fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max()
    };
    let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or(0)).collect();
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        for (column, cell) in row.iter().enumerate() {
            let width = widths[column];
            line +=
                &if column == 0 { format!("{cell:<width$}") } else { format!("  {cell:>width$}") };
        }
        text += line.trim_end();
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[&str]) -> Vec<String> {
        cells.iter().map(|cell| (*cell).to_owned()).collect()
    }

    #[test]
    fn columns_line_up() {
        let rows = [row(&["name", "time"]), row(&["a", "1.5 µs"]), row(&["longer", "12 µs"])];
        assert_eq!(table(&rows), "name      time\na       1.5 µs\nlonger   12 µs\n");
    }

    #[test]
    fn a_short_row_and_no_row_are_fine() {
        assert_eq!(table(&[row(&["only"]), row(&["a", "b"])]), "only\na     b\n");
        assert_eq!(table(&[]), "");
    }
}

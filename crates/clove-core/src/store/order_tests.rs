use proptest::prelude::*;

use super::*;

/// The lists as one would write them without a thought for speed.
#[derive(Debug, Default)]
struct Naive(Vec<(Seq, Place)>);

impl Naive {
    fn apply(&mut self, change: Move) {
        self.0.retain(|(seq, _)| *seq != change.seq);
        self.0.extend(change.to.map(|place| (change.seq, place)));
    }

    fn list(&self, filter: Filter, sort: Sort) -> Vec<Seq> {
        let sections: &[Section] = match filter {
            Filter::All => &[Section::Active, Section::Completed],
            Filter::Active => &[Section::Active],
            Filter::Completed => &[Section::Completed],
            Filter::Deleted => &[Section::Deleted],
        };
        let section = |section: &Section| {
            let mut rows: Vec<(Millis, Seq)> = self
                .0
                .iter()
                .filter(|(_, place)| place.section == *section)
                .map(|(seq, place)| (place.at, *seq))
                .collect();
            rows.sort_unstable();
            if sort == Sort::Newest {
                rows.reverse();
            }
            rows.into_iter().map(|(_, seq)| seq)
        };
        sections.iter().flat_map(section).collect()
    }
}

fn any_place() -> impl Strategy<Value = Option<Place>> {
    let section =
        prop_oneof![Just(Section::Active), Just(Section::Completed), Just(Section::Deleted)];
    let place =
        (section, 0..5_i64).prop_map(|(section, at)| Place { section, at: Millis::clamped(at) });
    proptest::option::weighted(0.9, place)
}

const FILTERS: [Filter; 4] = [Filter::All, Filter::Active, Filter::Completed, Filter::Deleted];

proptest! {
    #[test]
    fn every_window_is_a_part_of_the_sorted_list(
        places in prop::collection::vec((0..12_i64, any_place()), 0..60),
        offset in 0..15_usize,
        limit in 0..15_usize,
    ) {
        let (order, mut naive) = (SharedOrder::default(), Naive::default());
        for (seq, to) in places {
            let from = naive.0.iter().find(|(row, _)| *row == seq).map(|(_, place)| *place);
            let change = Move { seq, from, to };
            naive.apply(change);
            order.apply(vec![change]);
        }
        for filter in FILTERS {
            for sort in [Sort::Newest, Sort::Oldest] {
                let all = naive.list(filter, sort);
                let expected: Vec<Seq> = all.iter().skip(offset).take(limit).copied().collect();
                let (window, counts) = order.window(filter, sort, offset, limit);
                prop_assert_eq!(window, expected, "{:?} {:?} {}+{}", filter, sort, offset, limit);
                prop_assert_eq!(counts.of(filter), all.len(), "the count of {:?}", filter);
                for (seq, place) in &naive.0 {
                    let found = order.locate(*seq, *place, filter, sort);
                    let rows = naive.list(found.filter, sort);
                    prop_assert_eq!(rows.get(found.position), Some(seq), "it is where it is said");
                    prop_assert!(found.filter == filter || !all.contains(seq), "in the list asked");
                }
            }
        }
    }
}

#[test]
fn a_window_has_no_bounds_to_overflow() {
    let order = SharedOrder::default();
    let place = Place { section: Section::Active, at: Millis::ZERO };
    order.apply(vec![Move { seq: 1, from: None, to: Some(place) }]);
    let cases = [(0, usize::MAX, vec![1]), (usize::MAX, usize::MAX, vec![]), (0, 0, vec![])];
    for (offset, limit, rows) in cases {
        for sort in [Sort::Newest, Sort::Oldest] {
            let window = order.window(Filter::All, sort, offset, limit).0;
            assert_eq!(window, rows, "{limit} rows from {offset} of one");
        }
    }
}

#[test]
fn a_todo_stands_where_it_came_last() {
    let mut todo = crate::samples::todo("a", 10);
    let place = |section, at| Place { section, at: Millis::clamped(at) };
    assert_eq!(Place::of(&todo), place(Section::Active, 10), "open: by when it was made");
    todo.completed = crate::Register::new(true, Millis::clamped(20));
    assert_eq!(Place::of(&todo), place(Section::Completed, 20), "done: by when it was done");
    todo.deleted_at = crate::Register::new(Some(Millis::clamped(5)), Millis::clamped(30));
    assert_eq!(Place::of(&todo), place(Section::Deleted, 30), "deleted: by the deletion's stamp");
    todo.title.at = Millis::clamped(40);
    assert_eq!(Place::of(&todo), place(Section::Completed, 20), "revived: where it was before");
}

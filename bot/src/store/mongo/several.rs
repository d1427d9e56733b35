//! Several questions in one command. A command costs the server and us more than most questions do, and whatever begins a
//! turn or a delivery asks for the same things together.

use super::Mongo;
use crate::store::StoreError;
use futures::TryStreamExt;
use mongodb::bson::{Bson, Document, doc};
use std::cmp::Ordering;

/// The field that tells whose answer a row is.
const QUESTION: &str = "question";

/// More rows than any of these questions has at once, so that one answer of the server holds them all.
const AT_ONCE: u32 = 1_000;

/// A question to one collection.
pub(super) struct Question {
    collection: &'static str,
    stages: Vec<Document>,
    order: Document,
}

impl Question {
    /// Rows in order, as many as wanted; no limit is none.
    pub(super) fn of(
        collection: &'static str,
        wanted: Document,
        order: Document,
        limit: Option<u32>,
    ) -> Self {
        let mut stages = vec![doc! { "$match": wanted }];
        if !order.is_empty() {
            stages.push(doc! { "$sort": order.clone() });
        }
        stages.extend(limit.map(|limit| doc! { "$limit": i64::from(limit) }));
        Self { collection, stages, order }
    }

    /// How many rows there are by the value of a field, instead of the rows: the value as `_id`, and `count`.
    pub(super) fn counted_by(mut self, field: &str) -> Self {
        self.stages.push(doc! { "$group": { "_id": format!("${field}"), "count": { "$sum": 1_i64 } } });
        self.order = doc! {};
        self
    }

    /// Of each row only its id and its version.
    pub(super) fn only_versions(mut self) -> Self {
        self.stages.push(doc! { "$project": { "version": 1 } });
        self
    }

    /// The rows of another collection to which the rows of this question point, in place of them.
    pub(super) fn pointing_to(mut self, collection: &'static str, by: &str) -> Self {
        self.stages.push(doc! { "$lookup": {
            "from": collection, "localField": by, "foreignField": "_id", "as": "there",
        } });
        self.stages.push(doc! { "$unwind": "$there" });
        self.stages.push(doc! { "$replaceRoot": { "newRoot": "$there" } });
        self.order = doc! {};
        self
    }
}

impl Mongo {
    /// The rows of each question. Each sees everything that was committed before.
    pub(super) async fn several<const N: usize>(
        &self,
        questions: [Question; N],
    ) -> Result<[Vec<Document>; N], StoreError> {
        let orders = questions.each_ref().map(|question| question.order.clone());
        let mut collection = None;
        let mut pipeline = Vec::new();
        for (at, question) in (0_i64..).zip(questions) {
            let mut stages = question.stages;
            stages.push(doc! { "$set": { QUESTION: at } });
            match collection {
                None => {
                    collection = Some(question.collection);
                    pipeline = stages;
                }
                Some(_) => {
                    pipeline.push(doc! { "$unionWith": { "coll": question.collection, "pipeline": stages } })
                }
            }
        }
        let mut answers = [const { Vec::new() }; N];
        let Some(collection) = collection else { return Ok(answers) };
        let rows = self.collection(collection);
        let mut rows = rows.aggregate(pipeline).batch_size(AT_ONCE).await?;
        while let Some(row) = rows.try_next().await? {
            let whose = usize::try_from(super::rows::number(&row, QUESTION)).unwrap_or(N);
            if let Some(answer) = answers.get_mut(whose) {
                answer.push(row);
            }
        }
        // The server does not promise to keep the order of what it puts together.
        for (answer, order) in answers.iter_mut().zip(&orders) {
            answer.sort_by(|one, other| compare(one, other, order));
        }
        Ok(answers)
    }
}

/// Two rows in an order, as the server compares what we sort by: nothing, then numbers, texts and times.
fn compare(one: &Document, other: &Document, order: &Document) -> Ordering {
    order.iter().fold(Ordering::Equal, |so_far, (field, direction)| {
        so_far.then_with(|| {
            let ascending = compare_values(one.get(field), other.get(field));
            if direction.as_i32() == Some(-1) { ascending.reverse() } else { ascending }
        })
    })
}

fn compare_values(one: Option<&Bson>, other: Option<&Bson>) -> Ordering {
    match (one, other) {
        (Some(Bson::Int64(one)), Some(Bson::Int64(other))) => one.cmp(other),
        (Some(Bson::String(one)), Some(Bson::String(other))) => one.cmp(other),
        (Some(Bson::DateTime(one)), Some(Bson::DateTime(other))) => one.cmp(other),
        (one, other) => rank(one).cmp(&rank(other)),
    }
}

fn rank(value: Option<&Bson>) -> u8 {
    match value {
        None | Some(Bson::Null) => 0,
        Some(Bson::Int32(_) | Bson::Int64(_) | Bson::Double(_)) => 1,
        Some(Bson::String(_)) => 2,
        Some(_) => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_put_in_order_by_each_field_in_turn() {
        let date = |millis| Bson::DateTime(mongodb::bson::DateTime::from_millis(millis));
        let row = |name: &str, at: Bson, place: i64| doc! { "_id": name, "at": at, "place": place };
        let mut rows =
            [row("c", date(2), 1), row("a", Bson::Null, 9), row("d", date(2), 3), row("b", date(1), 5)];
        let names =
            |rows: &[Document]| -> String { rows.iter().flat_map(|row| row.get_str("_id")).collect() };
        rows.sort_by(|one, other| compare(one, other, &doc! { "at": 1, "place": -1 }));
        assert_eq!(names(&rows), "abdc");
        rows.sort_by(|one, other| compare(one, other, &doc! { "at": -1, "_id": 1 }));
        assert_eq!(names(&rows), "cdba");
    }
}

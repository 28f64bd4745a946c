//! The server and its model, side by side.

use std::collections::BTreeSet;

use clove_core::{
    Secret,
    account::{
        convex_api::{ConvexApi, ConvexApiError},
        tokens::Freshness,
    },
};
use serde_json::{Value, json};

use super::{
    super::cloud::{Cloud, Device},
    server::{self, Account, SAFE, UNTOLD},
    step::{self, KEPT, START, Step, USERS},
};

type Answer = Result<Value, String>;

/// A step's answers must be the same on both.
pub(super) struct Twin<'a> {
    cloud: &'a Cloud,
    convex: ConvexApi,
    now: i64,
    users: Vec<User>,
    /// The codes of all refusals, and "deferred", as far as they were met.
    pub(super) met: BTreeSet<String>,
}

struct User {
    token: Secret,
    model: Account,
    /// What this user made through `todos.createTodo`: the ids of both kinds.
    made: Vec<Made>,
}

struct Made {
    client_id: String,
    id: Value,
}

impl<'a> Twin<'a> {
    pub(super) async fn new(cloud: &'a Cloud, name: &str) -> Self {
        cloud.control("/clock", json!({ "at": START })).await;
        let device = Device::new(cloud, 0);
        let mut users = Vec::new();
        for user in 0..USERS {
            let email = format!("{}.{user}@example.com", name.replace(' ', "."));
            let session = device.sign_in(&email).await;
            let token = device.tokens(&session).token(Freshness::Cached).await.expect("a token");
            users.push(User { token: token.jwt, model: Account::default(), made: Vec::new() });
        }
        Self { cloud, convex: device.convex(), now: START, users, met: BTreeSet::new() }
    }

    /// Takes a step on both. What differed, if anything did.
    pub(super) async fn take(&mut self, step: &Step) -> Result<(), String> {
        let now = self.now;
        match step {
            Step::Wait(milliseconds) => {
                self.now += milliseconds;
                self.cloud.control("/clock", json!({ "at": self.now })).await;
                Ok(())
            }
            Step::Strip => {
                self.cloud.control("/run/tombstones:strip", json!({})).await;
                for user in &mut self.users {
                    user.model.strip(now - KEPT);
                }
                Ok(())
            }
            Step::ReplaceEpochs => {
                self.cloud.control("/run/migrations:replaceEpochs", json!({})).await;
                for user in 0..USERS {
                    let before = self.users[user].model.epoch;
                    self.learn_epoch(user).await;
                    let after = self.users[user].model.epoch;
                    assert!(before == 0 || before != after, "a head gets another epoch");
                }
                Ok(())
            }
            Step::Hello(user) => {
                let theirs = self.mutation(*user, "sync:hello", json!({})).await;
                let epoch = theirs.as_ref().ok().and_then(|told| told["epoch"].as_i64());
                let model = &mut self.users[*user].model;
                same(theirs, Ok(model.hello(now, || epoch.unwrap_or_default())))
            }
            Step::Head(user) => {
                let theirs = self.query(*user, "sync:head", json!({})).await;
                same(theirs, head(&self.users[*user].model))
            }
            Step::Tail(user) => self.tail(*user).await,
            Step::Push(user, rows) => self.push(*user, rows).await,
            Step::Pull { user, stale, since, limit } => {
                let epoch = self.users[*user].model.epoch.max(0) + i64::from(*stale);
                self.pull(*user, epoch, *since, *limit).await
            }
            Step::Create { user, title, description } => {
                self.create(*user, title, description).await
            }
            Step::Edit { user, owner, made, values } => {
                let args =
                    json!({ "title": values.0, "description": values.1, "completed": values.2 });
                let given = values.given();
                self.edit(*user, *owner, *made, "todos:updateTodo", args, &given).await
            }
            Step::Delete { user, owner, made } => {
                let given = [(3, json!(now))];
                self.edit(*user, *owner, *made, "todos:deleteTodo", json!({}), &given).await
            }
            Step::Lists(user) => self.lists(*user).await,
        }
    }

    async fn push(&mut self, user: usize, rows: &[Value]) -> Result<(), String> {
        let rows: Vec<Value> = rows.iter().map(|row| self.users[user].named(row)).collect();
        let theirs = self.mutation(user, "sync:push", json!({ "rows": rows })).await.map(silent);
        let answers = theirs.as_ref().ok().and_then(|answer| answer["rows"].as_array());
        // How much a push may meet is counted in Convex's bytes. The first is always reached.
        let reached =
            answers.into_iter().flatten().filter(|row| row.get("stamps").is_some()).count();
        let model = &mut self.users[user].model;
        let mine = model.push(&rows, self.now, reached.max(1), |_| false).map(silent);
        self.learn_new_epoch(user).await;
        same(theirs, told(mine))
    }

    async fn pull(
        &mut self,
        user: usize,
        epoch: i64,
        since: i64,
        mut limit: usize,
    ) -> Result<(), String> {
        let args = json!({ "epoch": epoch, "since": since, "limit": limit });
        let theirs = self.query(user, "sync:pull", args).await;
        if let Ok(page) = &theirs {
            let rows = page["rows"].as_array().map_or(0, Vec::len);
            // A page ends early where its texts are long. How long is counted in Convex's bytes.
            if page["more"] == true && rows < limit && page.to_string().len() > 1024 * 1024 {
                limit = rows;
            }
        }
        same(theirs, told(self.users[user].model.pull(epoch, since, limit)))
    }

    async fn tail(&mut self, user: usize) -> Result<(), String> {
        let theirs = self.query(user, "sync:tail", json!({})).await;
        let (model, mut most) = (&self.users[user].model, 8);
        if let Ok(tail) = &theirs {
            let rows = tail["rows"].as_array().map_or(0, Vec::len);
            let more = model.tail(rows + 1).map_or(0, |tail| tail.to_string().len());
            // It ends early where its texts are long. How long is counted in Convex's bytes.
            if rows < most && more > 8 * 1024 {
                most = rows;
            }
        }
        same(theirs, told(model.tail(most)))
    }

    async fn create(&mut self, user: usize, title: &str, description: &str) -> Result<(), String> {
        let args = json!({ "title": title, "description": description });
        let theirs = self.mutation(user, "todos:createTodo", args).await;
        let mut client_id = String::new();
        if let Ok(id) = &theirs {
            let head = self.query(user, "sync:head", json!({})).await.expect("there is a head now");
            let since = head["rev"].as_i64().expect("a rev") - 1;
            let args = json!({ "epoch": head["epoch"], "since": since });
            let page = self.query(user, "sync:pull", args).await.expect("a page");
            client_id = page["rows"][0]["clientId"].as_str().expect("the new todo").to_owned();
            let made = Made { client_id: client_id.clone(), id: id.clone() };
            self.users[user].made.push(made);
        }
        let mine = self.users[user].model.create(client_id, title, description, self.now);
        self.learn_new_epoch(user).await;
        same(theirs.map(|_| Value::Null), told(mine.map(|()| Value::Null)))
    }

    async fn edit(
        &mut self,
        user: usize,
        owner: usize,
        made: usize,
        function: &str,
        mut args: Value,
        values: &[(usize, Value)],
    ) -> Result<(), String> {
        let Some(made) = self.users[owner].made.get(made) else { return Ok(()) };
        args["id"] = made.id.clone();
        // An argument that is absent is not the same as one that is null.
        args.as_object_mut().expect("arguments").retain(|_, value| !value.is_null());
        let client_id = made.client_id.clone();
        let theirs = self.mutation(user, function, args).await;
        let mine = self.users[user].model.edit(&client_id, values, self.now);
        same(theirs, told(mine.map(|()| Value::Null)))
    }

    /// What other clients see of the living: all, the open ones, those that are done.
    async fn lists(&mut self, user: usize) -> Result<(), String> {
        for (function, completed) in [
            ("todos:getTodos", None),
            ("todos:getActiveTodos", Some(false)),
            ("todos:getCompletedTodos", Some(true)),
        ] {
            let theirs = self.query(user, function, json!({})).await.map(seen);
            let living = self.users[user].model.docs.values().filter(|doc| !doc.is_deleted());
            let mine = living.filter(|doc| completed.is_none_or(|wanted| doc.values[2] == wanted));
            let mine = mine.map(|doc| {
                let [title, description, completed, _] = &doc.values;
                let updated_at = doc.updated_at();
                json!([title, description, completed, doc.created_at, updated_at])
            });
            same(theirs, Ok(sorted(mine.collect())))?;
        }
        Ok(())
    }

    /// All that both hold of a user's.
    pub(super) async fn compare_all(&mut self, user: usize) -> Result<(), String> {
        self.lists(user).await?;
        let Account { epoch, rev, .. } = self.users[user].model;
        let theirs = self.query(user, "sync:head", json!({})).await;
        same(theirs, head(&self.users[user].model))?;
        self.tail(user).await?;
        let mut since = 0;
        while since < rev {
            self.pull(user, epoch, since, 500).await?;
            let page = self.users[user].model.pull(epoch, since, 100).expect("it was just pulled");
            since = page["cursor"].as_i64().expect("a cursor");
            if page["more"] == false {
                break;
            }
        }
        Ok(())
    }

    /// The model made a head: what is its epoch?
    async fn learn_new_epoch(&mut self, user: usize) {
        if self.users[user].model.epoch == UNTOLD {
            self.learn_epoch(user).await;
        }
    }

    async fn learn_epoch(&mut self, user: usize) {
        if self.users[user].model.epoch != 0 {
            let head = self.query(user, "sync:head", json!({})).await.expect("there is a head");
            let epoch = head["epoch"].as_i64().filter(|epoch| (1..=SAFE).contains(epoch));
            self.users[user].model.epoch = epoch.expect("a random number");
        }
    }

    async fn query(&mut self, user: usize, function: &str, args: Value) -> Answer {
        let answer = self.convex.query(function, args, &self.users[user].token).await;
        self.noted(answer)
    }

    async fn mutation(&mut self, user: usize, function: &str, args: Value) -> Answer {
        let answer = self.convex.mutation(function, args, &self.users[user].token).await;
        self.noted(answer)
    }

    fn noted(&mut self, answer: Result<Value, ConvexApiError>) -> Answer {
        let answer = answer.map_err(|error| match error {
            ConvexApiError::Refused { code, .. } => code,
            other => panic!("no refusal with a code: {other:?}"),
        });
        self.met.extend(answer.as_ref().err().cloned());
        for row in answer.iter().filter_map(|answer| answer["rows"].as_array()).flatten() {
            self.met.extend(row["rejected"]["code"].as_str().map(str::to_owned));
            self.met.extend(row.get("deferred").map(|_| "deferred".to_owned()));
        }
        answer
    }
}

impl User {
    /// The row with the id that it was given, where it names a todo that another client made.
    fn named(&self, row: &Value) -> Value {
        let mut row = row.clone();
        let number =
            row["clientId"].as_str().and_then(|id| id.strip_prefix(step::MADE)?.parse().ok());
        if let Some(made) = number.and_then(|number: usize| self.made.get(number)) {
            row["clientId"] = json!(made.client_id);
        }
        row
    }
}

fn same(theirs: Answer, mine: Answer) -> Result<(), String> {
    if theirs == mine {
        return Ok(());
    }
    Err(format!("the server: {theirs:?}\n the model: {mine:?}"))
}

/// `sync.head`, of the model.
fn head(model: &Account) -> Answer {
    match model.epoch {
        0 => Err("unknownUser".to_owned()),
        epoch => Ok(json!({ "epoch": epoch, "rev": model.rev })),
    }
}

fn told(answer: Result<Value, server::Refusal>) -> Answer {
    answer.map_err(str::to_owned)
}

/// The answer to a push without words for people.
fn silent(mut answer: Value) -> Value {
    for row in answer["rows"].as_array_mut().into_iter().flatten() {
        if let Some(rejected) = row.get_mut("rejected").and_then(Value::as_object_mut) {
            rejected.remove("message").expect("it says why");
        }
    }
    answer
}

/// What a list says of its todos, whatever their order.
fn seen(list: Value) -> Value {
    let list = list.as_array().into_iter().flatten();
    let fields = ["title", "description", "completed", "createdAt", "updatedAt"];
    sorted(list.map(|todo| json!(fields.map(|field| &todo[field]))).collect())
}

fn sorted(mut todos: Vec<Value>) -> Value {
    todos.sort_by_key(Value::to_string);
    json!(todos)
}

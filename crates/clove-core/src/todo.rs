//! A todo: a map of last-writer-wins registers, one for each field that people edit.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    clock::Millis,
    random::Random,
    register::Register,
    text::{Description, Title},
};

/// The fields of a todo. **A field is added here**, and in a migration that adds its column.
///
/// Each line is `Variant column "wireName": Type`. The macro named by the caller receives the list,
/// and makes of it what that module needs: the struct here, the merge, the SQL row.
macro_rules! fields {
    ($define:ident) => {
        $define! {
            Title title "title": Title,
            Description description "description": Option<Description>,
            Completed completed "completed": bool,
            DeletedAt deleted_at "deletedAt": Option<Millis>,
        }
    };
}
pub(crate) use fields;

macro_rules! define_todo {
    ($($variant:ident $column:ident $name:literal: $type:ty,)+) => {
        /// A todo as this device knows it, deleted or not.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        pub struct Todo {
            /// Made on the device that made the todo; the same everywhere.
            pub id: TodoId,
            /// When it was made. Of two answers, the earlier one counts.
            pub created_at: Millis,
            $(
                #[doc = concat!("The register of the field `", $name, "`.")]
                pub $column: Register<$type>,
            )+
        }

        /// The name of a field.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Field {
            $(
                #[doc = concat!("`", $name, "`")]
                #[serde(rename = $name)]
                $variant,
            )+
        }

        /// A value for one field. Two of one field compare as its registers do.
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
        pub enum FieldValue {
            $(
                #[doc = concat!("A value of `", $name, "`.")]
                $variant($type),
            )+
        }

        impl Field {
            /// Every field, in the order of declaration.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The field's name on the wire, in `stamps` and in `history`.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// Reads a value of this field.
            ///
            /// # Errors
            /// Where the JSON has another type, or is out of the field's bounds.
            pub fn parse(self, json: serde_json::Value) -> serde_json::Result<FieldValue> {
                match self {
                    $(Self::$variant => serde_json::from_value(json).map(FieldValue::$variant),)+
                }
            }
        }

        impl FieldValue {
            /// The field that this is a value of.
            #[must_use]
            pub fn field(&self) -> Field {
                match self { $(Self::$variant(_) => Field::$variant,)+ }
            }

            /// The value as it is written to `history`.
            #[must_use]
            pub fn to_json(&self) -> serde_json::Value {
                match self { $(Self::$variant(value) => serde_json::json!(value),)+ }
            }
        }

        impl Todo {
            /// What a field holds.
            #[must_use]
            pub fn value(&self, field: Field) -> FieldValue {
                match field { $(Field::$variant => FieldValue::$variant(self.$column.value.clone()),)+ }
            }

            /// When a field was last edited.
            #[must_use]
            pub fn at(&self, field: Field) -> Millis {
                match field { $(Field::$variant => self.$column.at,)+ }
            }

            /// A field's register.
            #[must_use]
            pub fn register(&self, field: Field) -> Register<FieldValue> {
                Register::new(self.value(field), self.at(field))
            }

            /// Writes a field.
            pub fn set(&mut self, value: FieldValue, at: Millis) {
                match value {
                    $(FieldValue::$variant(value) => self.$column = Register::new(value, at),)+
                }
            }
        }
    };
}
fields!(define_todo);

impl Todo {
    /// A new todo, made at `at`.
    #[must_use]
    pub fn new(id: TodoId, title: Title, description: Option<Description>, at: Millis) -> Self {
        Self {
            id,
            created_at: at,
            title: Register::new(title, at),
            description: Register::new(description, at),
            completed: Register::new(false, at),
            deleted_at: Register::new(None, at),
        }
    }

    /// The moment of the last edit to any field: what conflicts are resolved by.
    #[must_use]
    pub fn updated_at(&self) -> Millis {
        Field::ALL.iter().map(|field| self.at(*field)).max().unwrap_or(Millis::ZERO)
    }

    /// Whether it counts as deleted: it was deleted, and no field was edited later than that.
    #[must_use]
    pub fn is_deleted(&self) -> bool {
        self.deleted_at.value.is_some() && self.deleted_at.at == self.updated_at()
    }
}

/// The identity of a todo: a UUID of version 7 (RFC 9562), `clientId` on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TodoId(Uuid);

impl TodoId {
    /// A new id.
    pub fn generate(now: Millis, random: &dyn Random) -> Self {
        let mut bytes = [0; 10];
        random.fill(&mut bytes);
        let millis = u64::try_from(now.get()).unwrap_or_default();
        Self(uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid())
    }
}

impl std::fmt::Display for TodoId {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(formatter)
    }
}

impl std::str::FromStr for TodoId {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Uuid::parse_str(text).map(Self)
    }
}

//! How the core's types stand in SQLite's columns.

use rusqlite::{
    ToSql,
    types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef},
};

use crate::{
    clock::Millis,
    text::{Description, Title},
    todo::{Field, FieldValue, TodoId, fields},
};

impl ToSql for Millis {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.get().into())
    }
}

impl FromSql for Millis {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Self::try_from(value.as_i64()?).map_err(FromSqlError::other)
    }
}

impl ToSql for TodoId {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.to_string().into())
    }
}

impl FromSql for TodoId {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_str()?.parse().map_err(FromSqlError::other)
    }
}

impl ToSql for Field {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.name().into())
    }
}

impl FromSql for Field {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let name = value.as_str()?;
        let found = Self::ALL.iter().find(|field| field.name() == name);
        found.copied().ok_or(FromSqlError::InvalidType)
    }
}

macro_rules! text_column {
    ($type:ty) => {
        impl ToSql for $type {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(self.as_str().into())
            }
        }

        impl FromSql for $type {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                Self::try_from(value.as_str()?.to_owned()).map_err(FromSqlError::other)
            }
        }
    };
}
text_column!(Title);
text_column!(Description);

macro_rules! define_column {
    ($($variant:ident $column:ident $name:literal: $type:ty,)+) => {
        impl ToSql for FieldValue {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                match self { $(Self::$variant(value) => value.to_sql(),)+ }
            }
        }
    };
}
fields!(define_column);

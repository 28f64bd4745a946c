//! The tree of the windows on the accessibility bus, and calls to what is in it.

use std::collections::HashMap;

use serde::{Serialize, de::DeserializeOwned};
use zbus::{
    blocking::Proxy,
    zvariant::{DynamicType, OwnedObjectPath, Type},
};

use super::accessibility::{REGISTRY, Reader};

const ROOT: &str = "/org/a11y/atspi/accessible/root";

/// The process that has an object, and where.
pub(super) type Place = (String, OwnedObjectPath);

/// Something in the tree of a window, as it was when the tree was read.
#[derive(Debug)]
pub(crate) struct Object {
    pub(super) place: Place,
    pub(crate) role: Role,
    pub(crate) name: String,
    pub(crate) attributes: HashMap<String, String>,
    pub(crate) states: Vec<State>,
}

/// What an object is, as a number of `AtspiRole`: WebKit gives its roles no names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Role(u32);

impl Role {
    pub(crate) const CHECK_BOX: Self = Self(7);
    pub(crate) const DIALOG: Self = Self(16);
    pub(crate) const FILLER: Self = Self(20);
    pub(crate) const BUTTON: Self = Self(43);
    pub(crate) const TABLE: Self = Self(55);
    pub(crate) const TOGGLE: Self = Self(62);
    pub(crate) const ENTRY: Self = Self(79);
    pub(crate) const HEADING: Self = Self(83);
    pub(crate) const ROW: Self = Self(90);
}

/// The states that tests ask for, by their numbers in `AtspiStateType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    Checked = 4,
    Editable = 7,
    Expanded = 10,
    Focusable = 11,
    Focused = 12,
    Modal = 16,
    Pressed = 20,
    Selected = 23,
    Showing = 25,
    Invalid = 36,
}

const STATES: [State; 10] = {
    use State::{
        Checked, Editable, Expanded, Focusable, Focused, Invalid, Modal, Pressed, Selected, Showing,
    };
    [Checked, Editable, Expanded, Focusable, Focused, Modal, Pressed, Selected, Showing, Invalid]
};

impl Reader {
    /// All that is in Clove's windows, from top to bottom.
    pub(crate) fn tree(&self) -> Vec<Object> {
        let mut found = Vec::new();
        for application in self.children(&(REGISTRY.to_owned(), path(ROOT))) {
            self.walk(application, &mut found);
        }
        found
    }

    fn walk(&self, place: Place, found: &mut Vec<Object>) {
        let mut children = self.children(&place);
        let object = self.read(place);
        if children.is_empty() && object.as_ref().is_some_and(|object| object.role == Role::FILLER)
        {
            // GTK has the page as the child of such a one, and leaves it out where it tells of all.
            children.extend(object.as_ref().and_then(|object| {
                self.call(&object.place, "Accessible", "GetChildAtIndex", &0_i32)
            }));
        }
        found.extend(object);
        for child in children {
            self.walk(child, found);
        }
    }

    fn children(&self, place: &Place) -> Vec<Place> {
        self.call(place, "Accessible", "GetChildren", &()).unwrap_or_default()
    }

    /// Nothing of an object that has gone meanwhile.
    pub(super) fn read(&self, place: Place) -> Option<Object> {
        let bits: Vec<u32> = self.call(&place, "Accessible", "GetState", &())?;
        let is = |state: &State| {
            let (word, bit) = (*state as usize / 32, *state as usize % 32);
            bits.get(word).is_some_and(|word| (word >> bit) & 1 == 1)
        };
        Some(Object {
            role: Role(self.call(&place, "Accessible", "GetRole", &())?),
            attributes: self.call(&place, "Accessible", "GetAttributes", &())?,
            states: STATES.into_iter().filter(is).collect(),
            name: self.name(&place)?,
            place,
        })
    }

    fn name(&self, (process, path): &Place) -> Option<String> {
        let proxy = Proxy::new(&self.bus, process.as_str(), path, "org.a11y.atspi.Accessible");
        proxy.ok()?.get_property("Name").ok()
    }

    /// Calls a method of an object's; nothing where the object is gone, or has no such interface.
    pub(super) fn call<A: Serialize + DynamicType, T: DeserializeOwned + Type>(
        &self,
        (process, path): &Place,
        interface: &str,
        method: &str,
        arguments: &A,
    ) -> Option<T> {
        let interface = format!("org.a11y.atspi.{interface}");
        let (process, interface) = (Some(process.as_str()), Some(interface.as_str()));
        let answer = self.bus.call_method(process, path, interface, method, arguments).ok()?;
        answer.body().deserialize().ok()
    }
}

pub(super) fn path(path: &str) -> OwnedObjectPath {
    OwnedObjectPath::try_from(path).unwrap()
}

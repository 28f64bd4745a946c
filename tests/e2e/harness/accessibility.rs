//! The accessibility bus of a session, and what a screen reader finds and does on it (AT-SPI 2:
//! <https://gnome.pages.gitlab.gnome.org/at-spi2-core/devel-docs/>).

use std::{
    process::Stdio,
    sync::{Arc, Mutex},
    thread::sleep,
    time::{Duration, Instant},
};

use zbus::{
    MatchRule, Message,
    blocking::{Connection, MessageIterator, Proxy, connection::Builder},
    message::Type,
    zvariant::OwnedValue,
};

use super::{
    accessible_tree::{Object, Place, Role, State, path},
    processes::Group,
    session::Session,
    wait::{LIMIT, until, until_some},
    window::Window,
};

pub(super) const REGISTRY: &str = "org.a11y.atspi.Registry";
const KEYS: &str = "/org/a11y/atspi/registry/deviceeventcontroller";
/// Of `AtspiKeySynthType`: a key by its symbol, and a text.
const SYMBOL: u32 = 3;
const STRING: u32 = 4;

/// An event of an object's children: what happened, where, to which child, and (as WebKit has it) in what.
type Came = (String, i32, i32, OwnedValue, Place);

/// A program that knows the desktop by its accessibility bus alone.
pub(crate) struct Reader {
    pub(super) bus: Connection,
    /// What polite live regions said, in order.
    heard: Arc<Mutex<Vec<String>>>,
}

impl Reader {
    /// Starts the bus, for programs that start from now on, and says that somebody listens.
    pub(crate) fn start(session: &Session) -> Self {
        let service = "/usr/share/dbus-1/services/org.a11y.Bus.service";
        let file = std::fs::read_to_string(service).expect("at-spi2-core is installed");
        let program = file.lines().find_map(|line| line.strip_prefix("Exec=")).unwrap();
        let mut launcher = session.command(program.trim());
        launcher.arg("--launch-immediately").stdout(Stdio::null()).stderr(Stdio::null());
        session.keep(Group::spawn(launcher));
        let desktop = connect(session.bus());
        let proxy = |interface| Proxy::new(&desktop, "org.a11y.Bus", "/org/a11y/bus", interface);
        let address = until_some("there is an accessibility bus", || {
            proxy("org.a11y.Bus").ok()?.call::<_, _, String>("GetAddress", &()).ok()
        });
        for property in ["IsEnabled", "ScreenReaderEnabled"] {
            proxy("org.a11y.Status").unwrap().set_property(property, true).unwrap();
        }
        session.accessible.set(true);
        let reader = Self { bus: connect(&address), heard: Arc::default() };
        reader.listen();
        reader
    }

    /// Opens Clove's window on the bus, and waits until the list is in its tree.
    pub(crate) fn open_list(&self, session: &Session) -> Window {
        let window = Window::open(session);
        session.until_focused("Clove");
        self.find(Role::TABLE, "Todos: All");
        window
    }

    /// Waits until a live region told that it says this, and forgets it and all that was said before.
    #[track_caller]
    pub(crate) fn until_said(&self, words: &str) {
        let mut last = Vec::new();
        let begun = Instant::now();
        while begun.elapsed() < LIMIT {
            let mut heard = self.heard.lock().unwrap();
            if let Some(at) = heard.iter().position(|said| said == words) {
                heard.drain(..=at);
                return;
            }
            last.clone_from(&heard);
            drop(heard);
            sleep(Duration::from_millis(25));
        }
        panic!("waited in vain until “{words}” is said; heard {last:?}");
    }

    /// Waits until there is exactly one object of this role with this name.
    #[track_caller]
    pub(crate) fn find(&self, role: Role, name: &str) -> Object {
        until_some(&format!("there is one {role:?} “{name}”"), || {
            let fits = |object: &Object| object.role == role && object.name == name;
            let mut found: Vec<_> = self.tree().into_iter().filter(fits).collect();
            (found.len() == 1).then(|| found.remove(0))
        })
    }

    /// Waits until the object of this role with this name has a state.
    #[track_caller]
    pub(crate) fn until_is(&self, (role, name): (Role, &str), state: State) {
        until(&format!("{role:?} “{name}” is {state:?}"), || {
            let tree = self.tree();
            let fits = |object: &&Object| object.role == role && object.name == name;
            tree.iter().find(fits).is_some_and(|object| object.states.contains(&state))
        });
    }

    /// Waits until there is no object of this role with this name.
    #[track_caller]
    pub(crate) fn until_gone(&self, role: Role, name: &str) {
        until(&format!("{role:?} “{name}” is gone"), || {
            !self.tree().iter().any(|object| object.role == role && object.name == name)
        });
    }

    /// Does what the object's first action names.
    #[track_caller]
    pub(crate) fn act(&self, object: &Object) {
        let done: Option<bool> = self.call(&object.place, "Action", "DoAction", &0_i32);
        assert_eq!(done, Some(true), "{object:?} has an action");
    }

    /// Gives the object the focus.
    #[track_caller]
    pub(crate) fn focus(&self, object: &Object) {
        let focused: Option<bool> = self.call(&object.place, "Component", "GrabFocus", &());
        assert_eq!(focused, Some(true), "{object:?} takes the focus");
    }

    /// Gives the object the focus, which passes it on: the answer says whether the object kept it.
    #[track_caller]
    pub(crate) fn focus_row(&self, object: &Object) {
        let answer: Option<bool> = self.call(&object.place, "Component", "GrabFocus", &());
        assert!(answer.is_some(), "{object:?} is asked to take the focus");
    }

    /// The text of the object, where it has one of its own.
    pub(crate) fn text(&self, object: &Object) -> Option<String> {
        self.call(&object.place, "Text", "GetText", &(0_i32, -1_i32))
    }

    /// Types a text where the focus is.
    pub(crate) fn type_text(&self, text: &str) {
        self.synthesize(0, text, STRING);
    }

    /// Presses a key, by its number among X11's symbols.
    pub(crate) fn press(&self, symbol: i32) {
        self.synthesize(symbol, "", SYMBOL);
    }

    /// Hears, from now until the bus ends, what comes into live regions, as Orca does.
    fn listen(&self) {
        let registry = (REGISTRY.to_owned(), path("/org/a11y/atspi/registry"));
        let wanted = ("object:children-changed:add", Vec::<String>::new(), "");
        let registered: Option<()> = self.call(&registry, "Registry", "RegisterEvent", &wanted);
        assert!(registered.is_some(), "windows tell what comes");
        let rule = MatchRule::builder().msg_type(Type::Signal);
        let rule = rule.interface("org.a11y.atspi.Event.Object").unwrap();
        let rule = rule.member("ChildrenChanged").unwrap().build();
        let signals = MessageIterator::for_match_rule(rule, &self.bus, Some(1_000)).unwrap();
        let told = Self { bus: self.bus.clone(), heard: self.heard.clone() };
        std::thread::spawn(move || {
            for signal in signals.map_while(Result::ok) {
                let said = told.came(&signal).and_then(|object| told.text(&object));
                told.heard.lock().unwrap().extend(said.map(|said| said.trim().to_owned()));
            }
        });
    }

    /// What came, if it came into a polite live region.
    fn came(&self, signal: &Message) -> Option<Object> {
        let body = signal.body();
        let (kind, _, _, child, _): Came = body.deserialize().ok()?;
        let place = Place::try_from(child).ok()?;
        let object = self.read(place).filter(|_| kind == "add")?;
        let live = object.attributes.get("container-live").is_some_and(|live| live == "polite");
        live.then_some(object)
    }

    fn synthesize(&self, symbol: i32, text: &str, kind: u32) {
        let keys = (REGISTRY.to_owned(), path(KEYS));
        let arguments = &(symbol, text, kind);
        let done: Option<()> =
            self.call(&keys, "DeviceEventController", "GenerateKeyboardEvent", arguments);
        assert!(done.is_some(), "the key is pressed");
    }
}

fn connect(address: &str) -> Connection {
    // A process that is killed must not be waited for.
    Builder::address(address).unwrap().method_timeout(LIMIT).build().unwrap()
}

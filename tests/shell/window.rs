//! A window without a screen, over a real store.

use std::{path::Path, sync::mpsc};

use clove_shell::{AppState, choose, with_commands};
use serde_json::Value;
use tauri::{
    App, Listener, Manager, WebviewWindow, WebviewWindowBuilder,
    ipc::{CallbackFn, InvokeBody},
    test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder, mock_context, noop_assets},
    webview::InvokeRequest,
};

/// An app over the store in a folder, with one window.
pub(crate) struct Window {
    app: App<MockRuntime>,
    webview: WebviewWindow<MockRuntime>,
}

impl Window {
    pub(crate) fn over(folder: &Path) -> Self {
        let app = with_commands(mock_builder())
            .manage(AppState::open(folder.to_owned()))
            .build(mock_context(noop_assets()))
            .unwrap();
        let webview = WebviewWindowBuilder::new(&app, "main", Default::default()).build().unwrap();
        Self { app, webview }
    }

    /// Calls a command as the page does; both outcomes are JSON.
    pub(crate) fn invoke(&self, command: &str, arguments: Value) -> Result<Value, Value> {
        // The mock runtime serves pages from here on every platform but Windows and Android.
        let page = if cfg!(windows) { "http://tauri.localhost" } else { "tauri://localhost" };
        let request = InvokeRequest {
            cmd: command.to_owned(),
            callback: CallbackFn(0),
            error: CallbackFn(1),
            url: page.parse().unwrap(),
            body: InvokeBody::Json(arguments),
            headers: Default::default(),
            invoke_key: INVOKE_KEY.to_owned(),
        };
        get_ipc_response(&self.webview, request).map(|body| body.deserialize().unwrap())
    }

    /// Has a line of the menu bar chosen, and answers the command that the page is told to run.
    pub(crate) fn told_by_menu(&self, id: &str) -> Option<Value> {
        self.heard_by_menu("command", id)
    }

    /// Has a line of the menu bar chosen, and answers what the page hears of this event.
    pub(crate) fn heard_by_menu(&self, event: &str, id: &str) -> Option<Value> {
        let (told, tell) = mpsc::channel();
        self.webview.listen(event, move |event| {
            let _ = told.send(serde_json::from_str(event.payload()).unwrap());
        });
        choose(self.app.handle(), id);
        tell.try_recv().ok()
    }

    /// Calls a command that has to succeed.
    pub(crate) fn ask(&self, command: &str, arguments: Value) -> Value {
        self.invoke(command, arguments).unwrap_or_else(|error| panic!("{command}: {error}"))
    }
}

impl Drop for Window {
    /// As at the end of the real app.
    fn drop(&mut self) {
        self.app.state::<AppState>().close();
    }
}

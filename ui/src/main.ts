// The main window.
import { mount } from "svelte";
import App from "./components/App.svelte";
import { account } from "./state/account.svelte";
import { recallDraft } from "./state/adding.svelte";
import { app } from "./state/app.svelte";
import { listen } from "./state/commands";
import { keep } from "./state/keep.svelte";
import { notices } from "./state/notices.svelte";
import { sync } from "./state/sync.svelte";
import { speak, told } from "./words.svelte";
import "./styles/tokens.css";
import "./styles/base.css";

speak(told());
mount(App, { target: document.body });
void app.start();
void account.start();
void sync.start();
void notices.start();
void recallDraft();
void listen();
void keep.start();

// The main window.
import { mount } from "svelte";
import App from "./components/App.svelte";
import { account } from "./state/account.svelte";
import { app } from "./state/app.svelte";
import "./styles/tokens.css";
import "./styles/base.css";

mount(App, { target: document.body });
void app.start();
void account.start();

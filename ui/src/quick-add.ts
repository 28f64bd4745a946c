// The quick-add window.
import { mount } from "svelte";
import QuickAdd from "./components/QuickAdd.svelte";
import "./styles/tokens.css";
import "./styles/base.css";

mount(QuickAdd, { target: document.body });

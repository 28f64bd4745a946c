// The quick-add window.
import { mount } from "svelte";
import QuickAdd from "./components/QuickAdd.svelte";
import { speak, told } from "./words.svelte";
import "./styles/tokens.css";
import "./styles/base.css";

speak(told());
mount(QuickAdd, { target: document.body });

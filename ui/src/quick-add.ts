// The quick-add window.
import { mount } from "svelte";
import QuickAdd from "./components/QuickAdd.svelte";
import { onCommand } from "./ipc";
import { quick } from "./state/quick.svelte";
import { speak, told } from "./words.svelte";
import "./styles/tokens.css";
import "./styles/base.css";

speak(told());
mount(QuickAdd, { target: document.body });
// The menu bar of macOS has the keys of Undo and Redo: here they are about what is typed.
void onCommand((command) => {
  if (command === "undo" && quick.undoes) void quick.undo();
  else document.execCommand(command);
});

use serde_json::json;

use crate::window::Window;

#[test]
fn backups_and_files_answer_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let window = Window::over(folder.path());
    assert_eq!(window.ask("backups", json!({})), json!([]));
    let nothing = json!({ "lastBackup": null, "problem": null, "repair": null });
    assert_eq!(window.ask("safety", json!({})), nothing);
    let gone = json!({ "name": "../../etc/passwd" });
    for command in ["preview_backup", "restore_backup"] {
        let refused = window.invoke(command, gone.clone()).unwrap_err();
        assert_eq!(refused["code"], "notFound", "{command} takes names of backups alone");
    }
    let none = window.ask("confirm_import", json!({ "wanted": true }));
    assert_eq!(none, json!(null), "nothing was read that could be taken in");
}

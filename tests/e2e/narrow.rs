//! The narrowest window, and text of twice the size: everything can be read and reached without
//! scrolling sideways (WCAG 1.4.4, 1.4.10), and hit (2.5.8).

use serde_json::json;

use crate::states::Stage;

/// 320 CSS pixels, of which WCAG 1.4.10 speaks.
const SIZE: (u32, u32) = (320, 568);

#[test]
fn no_state_needs_more_than_the_narrowest_window() {
    Stage::walk("Adwaita", |stage, _| {
        stage.session.resize("Clove", SIZE.0, SIZE.1);
        stage.window.until("it is narrow", || {
            stage.window.run("return [innerWidth, innerHeight]", &[]) == json!(SIZE)
        });
        let complaints = ["100%", "200%"].map(|size| {
            let set = "document.documentElement.style.fontSize = arguments[0]";
            stage.window.run(set, &[json!(size)]);
            stage.settle();
            let found: Vec<String> = serde_json::from_value(stage.window.run(LOOK, &[])).unwrap();
            found.into_iter().map(|complaint| format!("{complaint}, at {size}")).collect::<Vec<_>>()
        });
        stage.window.run("document.documentElement.style.fontSize = ''", &[]);
        stage.settle();
        complaints.concat()
    });
}

/// Every complaint: something is out of the window or cut off, lies on another, or is too small to hit.
/// Of two layers the upper one alone is looked at, apart from the toast, which may lie on what is below
/// it for a while.
pub(crate) const LOOK: &str = "
    const complaints = [];
    const CONTROLS = 'button, input, select, textarea, a[href]';
    const shown = (element) =>
        element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    const name = (element) => element.id || element.ariaLabel || element.textContent.trim();
    const layer = [...document.querySelectorAll('dialog[open]')].at(-1) ?? document.body;
    for (const box of [document.scrollingElement, ...layer.querySelectorAll('#list, .card'), layer])
        if (box.scrollWidth > box.clientWidth) {
            const edge = box.getBoundingClientRect().left + box.clientLeft + box.clientWidth;
            const out = [...box.querySelectorAll('*')].filter((element) =>
                element.getBoundingClientRect().right > edge + 0.5);
            complaints.push(`${box.id || box.className} scrolls sideways: ${out.map(name)}`);
        }

    const controls = [...layer.querySelectorAll(CONTROLS)]
        .filter((control) => shown(control));
    for (const control of controls) {
        const { left, right } = control.getBoundingClientRect();
        if (left < -0.5 || right > innerWidth + 0.5) complaints.push(`${name(control)} is out of sight`);
        const { scrollWidth, clientWidth, scrollHeight, clientHeight } = control;
        // A field scrolls what is typed, and a choice has its words in its list.
        const typed = control.matches('input, textarea, select');
        if (!typed && (scrollWidth > clientWidth + 1 || scrollHeight > clientHeight + 1))
            complaints.push(`the words of ${name(control)} are cut off: `
                + `${scrollWidth} × ${scrollHeight} in ${clientWidth} × ${clientHeight}`);
        if (control.matches('input[type=text]')) {
            const { fontSize } = getComputedStyle(control);
            if (clientHeight < parseFloat(fontSize) * 1.2) complaints.push(`${name(control)} is too low`);
        }
    }

    const list = layer === document.body ? document.querySelector('#list') : null;
    if (list && list.clientHeight < 2 * parseFloat(getComputedStyle(list).getPropertyValue('--row')))
        complaints.push('the list has no room for two lines');
    for (const element of layer.querySelectorAll('*')) {
        const own = [...element.childNodes].some((node) =>
            node.nodeType === Node.TEXT_NODE && node.data.trim().length > 8);
        const { fontSize, clipPath } = getComputedStyle(element);
        const spoken = clipPath !== 'none' || element.closest('.visually-hidden') !== null;
        if (own && shown(element) && !spoken
            && element.getBoundingClientRect().width < 4 * parseFloat(fontSize)
            && element.getBoundingClientRect().height > 4 * parseFloat(fontSize))
            complaints.push(`the words of ${name(element)} are squeezed`);
    }

    const place = (control) => (control.closest('#toast') ? 'toast' : 'page');
    const seen = controls.filter((control) => place(control) === 'page' && isHit(control, 0, 0));
    for (const [at, one] of seen.entries()) {
        const a = one.getBoundingClientRect();
        for (const other of seen.slice(at + 1)) {
            const b = other.getBoundingClientRect();
            const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
            const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
            if (across > 1 && down > 1) complaints.push(`${name(one)} lies on ${name(other)}`);
        }
        // Smaller targets are well where a circle of 24 pixels around the middle meets no other.
        for (const [x, y] of [[-11.5, 0], [11.5, 0], [0, -11.5], [0, 11.5]]) {
            const near = hitBy(one, x, y)?.closest(CONTROLS);
            if (near && !isHit(one, x, y)) complaints.push(`${name(near)} is too near to ${name(one)}`);
        }
    }
    return complaints;

    function hitBy(control, x, y) {
        const box = control.getBoundingClientRect();
        return document.elementFromPoint(box.x + box.width / 2 + x, box.y + box.height / 2 + y);
    }
    function isHit(control, x, y) {
        const hit = hitBy(control, x, y);
        if (hit?.closest('#toast')) return true;
        return hit !== null && (control.contains(hit) || hit.closest('label')?.control === control);
    }";

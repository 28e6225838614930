// The tree of weights: one slider a node.

import { walk } from "./scoring.js";
import { percentages } from "./weights.js";
import { element, put } from "./words.js";

/** `app` is told of moves by move(id, siblings, percent), hold(id, on), toggle(id, open). */
export function sliders(app) {
  const rows = walk(app.data.tree).map((place) => sliderRow(app, place));
  const list = element("div", { class: "sliders", role: "group", "aria-labelledby": app.id("weights") });
  list.append(...rows.map((row) => row.root));
  return { root: list, update: () => rows.forEach((row) => row.update()) };
}

function sliderRow(app, { node, siblings, depth, above }) {
  const { say } = app.words;
  const name = app.words.text(node.name) || node.id;
  const alone = siblings.length === 1;
  const among = above ? app.words.text(above.name) || above.id : say("the whole");
  const move = (percent) => app.move(node.id, siblings, percent);

  const range = element("input", {
    type: "range", min: 0, max: 100, step: 0.5, id: app.id(`range-${node.id}`), "aria-label": name,
    oninput: () => move(Number(range.value)),
  });
  const number = element("input", {
    type: "text", inputmode: "decimal", autocomplete: "off",
    "aria-label": say("{name}, percent of {whole}", { name, whole: among }),
    onchange: () => (number.value.trim() === "" ? app.update() : move(Number(number.value.replace(",", ".")))),
  });
  const hold = element("input", {
    type: "checkbox", "aria-label": say("hold {name}", { name }),
    onchange: () => app.hold(node.id, hold.checked),
  });
  const mark = element("span", { class: "mark", "aria-hidden": "true" });
  const share = element("span", { class: "share" });
  const opener = node.children && element("button", {
    type: "button", class: "opener", "aria-label": say("criteria below {name}", { name }),
    onclick: () => app.toggle(node.id),
  });
  const root = element(
    "div", { class: `slider depth-${Math.min(depth, 3)}` },
    element("div", { class: "head" }, opener, element("span", { class: "name" }, name), share),
    element(
      "div", { class: "controls" },
      element("span", { class: "track" }, mark, range),
      element("span", { class: "number" }, number, "%"),
      !alone && element("label", { class: "hold" }, hold, say("hold")),
    ),
  );

  function update() {
    const percent = percentages(siblings, app.weights)[node.id];
    const held = app.held.has(node.id);
    const stuck = alone || held || siblings.every((each) => each === node || app.held.has(each.id));
    const whole = app.words.percent(app.shares[node.id], 1);
    range.value = percent;
    range.disabled = number.disabled = stuck;
    number.value = app.words.number(percent, 1);
    hold.checked = held;
    range.setAttribute("aria-valuetext", say("{percent} of {among}, {whole} of the whole", {
      percent: app.words.percent(percent / 100, 1), among, whole,
    }));
    const was = app.words.percent(app.run.shares[node.id], 1);
    put(share, whole === was ? whole : say("{now} (was {was})", { now: whole, was }));
    mark.style.left = `calc(8px + (100% - 16px) * ${app.run.percent[node.id] / 100})`;
    root.hidden = !app.visible(above);
    opener?.setAttribute("aria-expanded", String(app.open.has(node.id)));
  }

  return { root, update };
}

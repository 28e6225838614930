// What stands round the sliders and the list: title, warnings, weight sets, notes, the weights as YAML, the foot.

import { sameShares } from "./weights.js";
import { drawn, element, put } from "./words.js";

export function about(app) {
  const { data, words } = app;
  const { say, text } = words;
  const languages = [["en", "English"], ["vi", "Tiếng Việt"]].map(([code, name]) => element("button", {
    type: "button", lang: code, "data-language": code, "aria-pressed": String(code === words.language),
    onclick: () => app.speak(code),
  }, name));
  const { asked } = data.method;
  return element(
    "header", { class: "about" },
    element("div", { class: "top" },
      element("h1", {}, text(data.study.title)),
      element("div", { class: "languages", role: "group", "aria-label": say("language") }, ...languages)),
    data.study.notice && element("p", {}, text(data.study.notice)),
    asked && element("p", { class: "warning" }, say("The study ranks by {method}, whose scores cannot be followed as weights move. This page ranks by additive instead: its list may differ from the study's.", { method: asked })),
    ...data.changes.map((change) => element("p", { class: "warning" }, say("Changed for this run: {what} {id} = {to} (was {was})", {
      what: { weight: say("weight"), figure: say("figure") }[change.what], id: change.id,
      to: words.number(change.to), was: change.was == null ? "–" : words.number(change.was),
    }))),
  );
}

/** How much of the weight rests on illustrative figures; it depends on the weights. */
export function banner(app) {
  const root = element("p", { class: "banner" });
  const { illustrative } = app.data;
  return {
    root,
    update() {
      const mean = app.illustrative.reduce((sum, share) => sum + share, 0) / illustrative.length;
      root.hidden = mean === 0;
      put(root, app.words.say("ILLUSTRATIVE: {share} of the weight rests on figures that nobody has assessed.", { share: app.words.percent(mean) }));
    },
  };
}

/** A button a weight set, and beside them the way back to the run. */
export function setButtons(app) {
  const { data, words } = app;
  const buttons = data.sets.map((set) => ({
    set,
    button: element("button", { type: "button", onclick: () => app.choose(set.weights) }, words.text(set.name) || set.id),
  }));
  const reset = element("button", { type: "button", class: "reset", onclick: () => app.reset() }, words.say("Reset to the run"));
  const note = element("p", { class: "note" });
  const root = element("div", { class: "sets" },
    element("div", { class: "buttons", role: "group", "aria-label": words.say("weight sets") }, ...buttons.map(({ button }) => button), reset),
    note);
  return {
    root,
    update() {
      const chosen = buttons.filter(({ set }) => sameShares(data.tree, set.weights, app.weights));
      for (const each of buttons) each.button.setAttribute("aria-pressed", String(chosen.includes(each)));
      put(note, chosen.flatMap(({ set }) => [words.text(set.by), words.text(set.note)]).filter(Boolean).join(" · "));
      reset.disabled = !app.exploring && app.held.size === 0;
    },
  };
}

/** The weights as YAML, to copy by a button or by hand. */
export function yamlBox(app, asYaml) {
  const { say } = app.words;
  const text = element("textarea", { readonly: true, rows: 10, spellcheck: "false", "aria-label": say("weights as YAML") });
  const done = element("span", { class: "done", role: "status" });
  const shown = element("details", {}, element("summary", {}, say("weights as YAML")), text);
  async function copy() {
    try {
      await navigator.clipboard.writeText(text.value);
      put(done, say("Copied."));
    } catch {
      shown.open = true;
      text.select();
      put(done, say("This browser does not let the page copy: press Ctrl+C."));
    }
  }
  const button = element("button", { type: "button", onclick: copy }, say("Copy weights as YAML"));
  return {
    root: element("div", { class: "yaml" }, element("p", {}, button, " ", done), shown),
    update() {
      const now = asYaml(app.data, app.weights, say("belongs under weight_sets:"));
      if (text.value !== now) put(done, "");
      text.value = now;
    },
  };
}

/** What is to be known of the list. */
export function listNotes(app) {
  const { data, words } = app;
  const { say, several, text } = words;
  const run = data.run;
  const space = run.within == null ? say("any weights") : say("weights within ±{share} of {set}", { share: words.percent(run.within), set: run.around });
  const notes = [
    say("In the run: weights {set}; {n} draws (seed {seed}), {space}, figures from their ranges. Band, ranks and P(list) hold for the run, not for weights that you set here.", {
      set: run.weight_set, n: words.number(run.draws), seed: run.seed, space,
    }),
    ...(data.cut?.floors ?? []).map((floor) => {
      const facts = { count: floor.count, kind: { tier: say("tier"), group: say("group") }[floor.kind], label: floor.label, there: floor.members.length };
      return floor.members.length < floor.count
        ? say("Unmet floor: {count} of {kind} {label} are wanted, and {there} are ranked.", facts)
        : say("Floor: at least {count} of {kind} {label}.", facts);
    }),
    ...data.excluded.map((each) => say("Not scored: {id} {name} – {reasons}", {
      id: each.id, name: text(each.name), reasons: each.gates.map(({ gate, reason }) => `${gate}: ${text(reason)}`).join("; "),
    })),
    data.part && say("Only {kind} {label}.", { kind: { tier: say("tier"), group: say("group") }[data.part.kind], label: data.part.label }),
    several(data.candidates.length, "{n} candidate is ranked.", "{n} candidates are ranked."),
  ];
  return notes.filter(Boolean).map((note) => element("p", { class: "note" }, note));
}

export function footer(app) {
  const { study, method, techprio } = app.data;
  const settings = Object.entries(method.settings).map(([name, value]) => `${name}=${typeof value === "object" ? JSON.stringify(value) : value}`);
  const facts = [
    `techprio ${techprio}`, study.id, study.as_of, `${method.id}${settings.length ? ` (${settings.join(", ")})` : ""}`,
    `criteria ${study.criteria_sha256.slice(0, 12)}`, `candidates ${study.candidates_sha256.slice(0, 12)}`,
  ];
  return { root: element("footer", {}, facts.filter(Boolean).join(" · ")) };
}

/** Across the whole explorer while its weights are not those of the run; on paper too. */
export function watermark(app) {
  const pattern = app.id("watermark");
  return drawn(
    "svg", { class: "watermark", "aria-hidden": "true", width: "100%", height: "100%" },
    drawn("defs", {}, drawn(
      "pattern", { id: pattern, width: 620, height: 340, patternUnits: "userSpaceOnUse", patternTransform: "rotate(-24)" },
      drawn("text", { x: 20, y: 120 }, app.words.say("EXPLORATORY")),
    )),
    drawn("rect", { width: "100%", height: "100%", fill: `url(#${pattern})` }),
  );
}

// The explorer: what is chosen, what follows from it, and the two places where it lives, a page and a notebook.

import { leavesOf, listed, ranked, scores, shares, walk } from "./scoring.js";
import { asYaml, percentages, rebalanced, sameShares, snapped, usable } from "./weights.js";
import { element, put, speaker } from "./words.js";
import { sliders } from "./sliders.js";
import { liveList } from "./list.js";
import { tradeOffMap } from "./map.js";
import { evidenceDialog, unpacked } from "./evidence.js";
import { about, banner, footer, listNotes, setButtons, watermark, yamlBox } from "./frame.js";

let explorers = 0;

/** Fill `root` with an explorer of `data`. `host.tell(weights)` hears what is chosen, `host.speak(language)` the
 *  language. Returns { take(weights), leave() }. */
function mount(root, data, host = {}) {
  explorers += 1;
  const prefix = `techprio-${explorers}`;
  const home = usable(data.tree, data.run.weights);
  const places = walk(data.tree);
  let packed = null;
  let gesture = null; // the node being moved, and the weights when that began
  let pending = 0;
  let telling = 0;
  let views = null;

  const app = {
    data,
    words: speaker(data.language, data.words),
    weights: { ...home },
    held: new Set(),
    open: new Set(),
    axes: axesOf(data, home),
    shown: "list",
    run: {
      weights: home,
      shares: shares(data.tree, home),
      percent: Object.assign({}, ...places.map(({ siblings }) => percentages(siblings, home))),
    },
    id: (name) => `${prefix}-${name}`,
    visible: (above) => !above || (app.open.has(above.id) && app.visible(places.find(({ node }) => node === above).above)),
    fraction: (score) => Math.min(Math.max(score / fullBar(data), 0), 1),
    still: () => data.candidates.length > 120 || window.matchMedia("(prefers-reduced-motion: reduce)").matches,
    evidence: () => (packed ??= unpacked(data.evidence)),
    select: (i) => views.evidence.show(i),
    move(id, siblings, percent) {
      if (gesture?.id !== id) gesture = { id, start: app.weights };
      if (!Number.isFinite(percent)) return app.update();
      const moved = rebalanced(siblings, gesture.start, app.held, id, percent);
      app.weights = snapped(data.tree, moved, home);
      app.later();
    },
    hold(id, on) {
      gesture = null;
      app.held[on ? "add" : "delete"](id);
      app.update();
    },
    toggle(id) {
      app.open[app.open.has(id) ? "delete" : "add"](id);
      views.sliders.update();
    },
    turn(axis, id) {
      app.axes[axis] = id;
      views.map.update();
    },
    show(shown) {
      app.shown = root.dataset.shown = shown;
      for (const tab of root.querySelectorAll("[data-shows]")) tab.setAttribute("aria-pressed", String(tab.dataset.shows === shown));
      views.list.resized();
    },
    choose(weights) {
      gesture = null;
      app.weights = usable(data.tree, weights);
      app.update();
    },
    reset() {
      app.held.clear();
      app.choose(data.run.weights);
    },
    speak(language) {
      app.words = speaker(language, data.words);
      build();
      root.querySelector(`[data-language="${language}"]`).focus();
    },
    /** Once before the next picture, however often a slider moves. */
    later() {
      pending ||= requestAnimationFrame(() => app.update());
    },
    update() {
      cancelAnimationFrame(pending);
      pending = 0;
      follow(app);
      root.classList.toggle("exploring", app.exploring);
      for (const view of Object.values(views)) view.update?.();
      clearTimeout(telling);
      telling = setTimeout(() => {
        views.status.say();
        host.tell?.({ ...app.weights });
      }, 150);
    },
  };

  function build() {
    follow(app);
    host.speak?.(app.words);
    root.lang = app.words.language;
    views = viewsOf(app);
    root.replaceChildren(...layout(app, views));
    app.update();
    views.list.resized();
  }

  let width = 0;
  const redraw = new ResizeObserver(([{ contentRect }]) => {
    if (contentRect.width !== width) views.list.resized();
    width = contentRect.width;
  });
  root.classList.add("techprio");
  root.dataset.shown = app.shown;
  if (host.weights && Object.keys(host.weights).length) app.weights = usable(data.tree, host.weights);
  build();
  redraw.observe(root);
  return {
    take(weights) {
      if (places.some(({ node }) => weights[node.id] !== app.weights[node.id])) app.choose(weights);
    },
    leave() {
      redraw.disconnect();
      clearTimeout(telling);
      root.replaceChildren();
    },
  };
}

/** The two heaviest nodes at the top, or else the first two of all. */
function axesOf(data, weights) {
  const tops = data.tree.length > 1 ? data.tree : walk(data.tree).map(({ node }) => node);
  const heaviest = [...tops].sort((a, b) => weights[b.id] - weights[a.id]).slice(0, 2);
  return data.tree.length > 1 ? heaviest.map(({ id }) => id) : [tops[0].id, tops.at(-1).id];
}

/** The score that fills a bar. */
function fullBar(data) {
  return data.score.unit === "one" ? 1 : Math.max(...data.run.scores.map(Math.abs)) || 1;
}

/** Everything that follows from the weights. */
function follow(app) {
  const { data } = app;
  app.shares = shares(data.tree, app.weights);
  app.exploring = !sameShares(data.tree, app.weights, app.run.weights);
  const found = scores(data, app.weights);
  const ranking = ranked(found, data.score.unit);
  app.now = { scores: found, ...ranking, onList: listed(ranking, data.cut) };
  app.decimals = decimalsFor(app.now, app.words);
  const columns = leavesOf(data.tree);
  const share = Object.fromEntries(columns.map((leaf) => [leaf.column, app.shares[leaf.id]]));
  app.illustrative = data.illustrative.map((cells) => cells.reduce((sum, j) => sum + share[j], 0));
}

/** So many decimals that no two different ranks stand beside two equal numbers. */
function decimalsFor({ scores: found, order, ranks }, words) {
  for (let places = 3; places < 10; places += 1) {
    const shown = order.map((i) => words.score(found[i], places));
    if (!order.some((i, k) => k > 0 && shown[k] === shown[k - 1] && ranks[i] !== ranks[order[k - 1]])) return places;
  }
  return 10;
}

function viewsOf(app) {
  const list = liveList(app);
  return {
    banner: banner(app), sets: setButtons(app), sliders: sliders(app), yaml: yamlBox(app, asYaml),
    summary: summary(app), list, map: walk(app.data.tree).length > 1 ? tradeOffMap(app) : null,
    evidence: evidenceDialog(app), status: status(app), footer: footer(app),
  };
}

function layout(app, views) {
  const { say } = app.words;
  const weights = element(
    "section", { class: "weights", "aria-labelledby": app.id("weights") },
    element("h2", { id: app.id("weights") }, say("Weights")), views.sets.root,
    element("p", { class: "note" }, say("Moving one weight shares the rest among its siblings that are not held, in the proportions they had before the move. A mark on each slider shows the weight in the run.")),
    views.sliders.root, views.yaml.root,
  );
  const list = element(
    "section", { class: "list", "aria-labelledby": app.id("list") },
    element("h2", { id: app.id("list") }, say("The list")), views.summary.root, views.list.root, ...listNotes(app),
  );
  const results = element("div", { class: "results" }, views.map && tabs(app), list, views.map?.root);
  const columns = element("div", { class: "columns" }, weights, results);
  return [watermark(app), about(app), views.banner.root, columns, views.footer.root, views.evidence.root, views.status.root];
}

/** Where there is no room for both: the list or the map. */
function tabs(app) {
  const { say } = app.words;
  const buttons = [["list", say("The list")], ["map", say("Trade-offs")]].map(([shown, name]) => element("button", {
    type: "button", "data-shows": shown, "aria-pressed": String(app.shown === shown), onclick: () => app.show(shown),
  }, name));
  return element("div", { class: "tabs", role: "group", "aria-label": say("view") }, ...buttons);
}

/** What the weights change, in a sentence. */
function change(app) {
  const { data, now, words } = app;
  const { say } = words;
  if (!app.exploring) return say("As in the run.");
  const named = (wanted) => now.order.filter(wanted).map((i) => data.candidates[i].id);
  const was = data.run.listed ?? [];
  const enter = named((i) => now.onList[i] && !was[i]);
  const leave = named((i) => !now.onList[i] && was[i]);
  const moved = now.order.filter((i) => now.ranks[i] !== data.run.ranks[i]).length;
  const parts = [words.several(moved, "{n} rank differs from the run.", "{n} ranks differ from the run.")];
  if (data.cut && !enter.length && !leave.length) parts.push(say("The list is the same."));
  if (enter.length) parts.push(say("Onto the list: {ids}.", { ids: words.listing(enter) }));
  if (leave.length) parts.push(say("Off the list: {ids}.", { ids: words.listing(leave) }));
  return parts.join(" ");
}

function summary(app) {
  const mark = element("strong", { class: "mark" });
  const text = element("span");
  const root = element("p", { class: "summary" }, mark, " ", text);
  return {
    root,
    update() {
      put(mark, app.exploring ? app.words.say("EXPLORATORY") : "");
      put(text, change(app));
    },
  };
}

/** What a screen reader says once the weights have come to rest. */
function status(app) {
  const root = element("p", { class: "spoken", role: "status" });
  let said = change(app);
  return {
    root,
    say() {
      const first = app.data.candidates[app.now.order[0]];
      const text = app.words.say("First: {id} {name}.", { id: first.id, name: app.words.text(first.name) });
      if (change(app) !== said) put(root, `${change(app)} ${text}`);
      said = change(app);
    },
  };
}

/** In a page of its own, with its data beside it. */
export function openPage() {
  const data = JSON.parse(document.getElementById("techprio-data").textContent);
  mount(document.getElementById("techprio"), data, {
    speak(words) {
      document.documentElement.lang = words.language;
      document.title = words.text(data.study.title);
    },
  });
}

/** In a notebook: `data` and `weights` are traits of the widget. */
function render({ model, el }) {
  const root = element("div", { class: document.body.dataset.jpThemeLight === "false" ? "dark" : "light" });
  el.append(root);
  const explorer = mount(root, model.get("data"), {
    weights: model.get("weights"),
    tell(weights) {
      model.set("weights", weights);
      model.save_changes();
    },
  });
  const hear = () => explorer.take(model.get("weights"));
  model.on("change:weights", hear);
  return () => {
    model.off("change:weights", hear);
    explorer.leave();
  };
}

export default { render };

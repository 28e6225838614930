// The list, live: rows that move, what the run said of each, and the ghost of the run's order beside it.

import { drawn, element, put, spoken } from "./words.js";

const MOVES = { up: "▲", down: "▼", none: "=" };

export function liveList(app) {
  const { data, words } = app;
  const { say } = words;
  const rows = data.candidates.map((_, i) => candidateRow(app, i));
  const cutWords = element("span", { class: "label" });
  const cut = element("tr", { class: "cut" }, element("td", { colspan: 6 }, cutWords));
  const body = element("tbody");
  const head = [
    element("th", { scope: "col", class: "rank" }, say("rank")),
    element("th", { scope: "col", class: "move" }, "±", spoken(say("places gained or lost against the run"))),
    element("th", { scope: "col" }, say("candidate")),
    element("th", { scope: "col", class: "score" }, say("score")),
    element("th", { scope: "col", class: "on" }, say("list")),
    element("th", { scope: "col", class: "trust" }, say("in the run: band, 90% of ranks, P(list)")),
  ];
  const table = element(
    "table", { "aria-labelledby": app.id("list") }, element("thead", {}, element("tr", {}, ...head)), body,
  );
  const ghosts = ghostsOf(app);
  const root = element("div", { class: "ranking" }, ghosts.root, table);
  let drawnOrder = "";

  function update() {
    const { order, onList } = app.now;
    const last = order.findLastIndex((i) => onList[i] === "score");
    const key = `${order.join()} ${last}`;
    rows.forEach((row) => row.update());
    put(cutWords, onList.includes("floor") ? say("the list ends here; ▲ below: listed by a floor") : say("the list ends here"));
    if (key !== drawnOrder) {
      drawnOrder = key;
      const before = app.still() ? null : tops(rows);
      const focused = body.contains(document.activeElement) ? document.activeElement : null;
      const inOrder = order.map((i) => rows[i].root);
      if (data.cut && last >= 0 && last + 1 < order.length) inOrder.splice(last + 1, 0, cut);
      body.replaceChildren(...inOrder);
      focused?.focus({ preventScroll: true });
      if (before) slide(rows, before);
    }
    ghosts.update(rows);
  }

  return { root, update, drawGhosts: () => ghosts.update(rows) };
}

function candidateRow(app, i) {
  const { data, words } = app;
  const { say } = words;
  const candidate = data.candidates[i];
  const run = data.run;
  const rank = element("td", { class: "rank" });
  const move = element("td", { class: "move" });
  const tag = element("span", { class: "tag" });
  const number = element("span", { class: "number" });
  const bar = element("span", { class: "bar" });
  const was = element("span", { class: "was" });
  const on = element("td", { class: "on" });
  const name = element(
    "button", { type: "button", class: "name", "aria-haspopup": "dialog", onclick: () => app.select(i) },
    element("strong", {}, candidate.id), " ", words.text(candidate.name),
  );
  const root = element(
    "tr", {}, rank, move,
    element("th", { scope: "row", class: "candidate" }, name, " ", tag),
    element("td", { class: "score" }, number, element("span", { class: "meter", "aria-hidden": "true" }, bar, was)),
    on,
    element("td", { class: "trust" }, ...inTheRun(app, i).map((part) => element("span", {}, part))),
  );
  was.style.left = `${100 * app.fraction(run.scores[i])}%`;

  function update() {
    const now = app.now;
    const gained = run.ranks[i] - now.ranks[i];
    const way = gained > 0 ? "up" : gained < 0 ? "down" : "none";
    const [was_on, is_on] = [run.listed?.[i] ?? null, now.onList[i]];
    put(rank, String(now.ranks[i]));
    if (move.dataset.gained !== String(gained)) {
      move.dataset.gained = gained;
      move.className = `move ${way}`;
      const many = Math.abs(gained);
      const aloud = gained === 0 ? say("as in the run") : gained > 0
        ? words.several(many, "up {n} place", "up {n} places") : words.several(many, "down {n} place", "down {n} places");
      move.replaceChildren(
        element("span", { "aria-hidden": "true" }, gained ? `${MOVES[way]}${many}` : MOVES.none), spoken(aloud),
      );
    }
    const change = Boolean(is_on) === Boolean(was_on) ? "" : is_on ? "enters" : "leaves";
    root.className = [is_on ? "listed" : "", change].join(" ").trim();
    put(tag, change === "enters" ? say("enters the list") : change === "leaves" ? say("leaves the list") : "");
    put(number, words.number(now.scores[i], app.decimals));
    bar.style.width = `${100 * app.fraction(now.scores[i])}%`;
    if (on.dataset.by !== String(is_on)) {
      on.dataset.by = String(is_on);
      const aloud = { score: say("listed"), floor: say("listed by a floor") }[is_on];
      on.replaceChildren(...(is_on ? [element("span", { "aria-hidden": "true" }, { score: "●", floor: "▲" }[is_on]), spoken(aloud)] : []));
    }
  }

  return { root, update };
}

/** Band, range of ranks and P(list): they hold for the weights of the run. */
export function inTheRun(app, i) {
  const { run } = app.data;
  const ranks = `${run.rank_low[i]}–${run.rank_high[i]}`;
  return run.p_cut ? [app.words.say(run.band[i]), `${ranks} · ${app.words.percent(run.p_cut[i])}`] : [ranks];
}

function tops(rows) {
  return rows.map((row) => (row.root.isConnected ? row.root.offsetTop : null));
}

/** Rows slide from where they were; only those near the window, for the others nobody sees. */
function slide(rows, before) {
  const after = tops(rows);
  const [from, to] = [-200, window.innerHeight + 200];
  rows.forEach((row, i) => {
    const by = before[i] === null ? 0 : before[i] - after[i];
    if (!by) return;
    const { top } = row.root.getBoundingClientRect();
    if ((top < from || top > to) && (top + by < from || top + by > to)) return;
    row.root.animate([{ transform: `translateY(${by}px)` }, { transform: "none" }], { duration: 220, easing: "ease-out" });
  });
}

/** The order of the run beside the list, a line from each ghost to where the candidate is now. */
function ghostsOf(app) {
  const { data } = app;
  const order = data.run.order;
  const labels = data.candidates.map((candidate) => drawn("text", { x: 0 }, candidate.id));
  const lines = data.candidates.map(() => drawn("path", {}));
  const root = drawn("svg", { class: "ghosts", "aria-hidden": "true" }, ...lines, ...labels);
  const heading = drawn("text", { x: 0, class: "heading" }, app.words.say("in the run"));
  root.append(heading);

  function update(rows) {
    const width = root.clientWidth;
    if (!width) return; // too narrow a screen: the numbers of places gained and lost say it
    const centres = rows.map(({ root: row }) => row.offsetTop + row.offsetHeight / 2);
    const slots = app.now.order.map((i) => centres[i]);
    root.style.height = `${rows[0].root.closest("table").offsetHeight}px`;
    heading.setAttribute("y", rows[0].root.closest("table").tHead.offsetHeight / 2 + 4);
    order.forEach((i, slot) => {
      const [from, to] = [slots[slot], centres[i]];
      const start = 12 + 7.4 * data.candidates[i].id.length;
      const end = width - 3;
      const bend = (end - start) / 2;
      labels[i].setAttribute("y", from + 4);
      lines[i].setAttribute("d", `M${start},${from} C${start + bend},${from} ${end - bend},${to} ${end},${to}`);
      const [was, is] = [Boolean(data.run.listed?.[i]), Boolean(app.now.onList[i])];
      lines[i].setAttribute("class", was === is ? (data.run.ranks[i] === app.now.ranks[i] ? "still" : "moved") : is ? "enters" : "leaves");
    });
  }

  return { root, update };
}

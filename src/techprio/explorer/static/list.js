// The list, live: rows that move, what the run said of each, and the ghost of the run's order beside it.

import { drawn, element, mark, put, spoken } from "./words.js";

const BESIDE = 96; // of the ghosts, as in the style sheet
const MANY = 120; // rows; of more, only those in sight are laid out
const MOVES = { up: "▲", down: "▼", none: "=" };

export function liveList(app) {
  const { data, words } = app;
  const { say } = words;
  const rows = data.candidates.map((_, i) => candidateRow(app, i));
  const cutWords = element("span", { class: "label" });
  const cut = element("tr", { role: "row", class: "cut" }, element("td", { role: "cell", "aria-colspan": 6 }, cutWords));
  const body = element("tbody", { role: "rowgroup" });
  const head = [
    element("th", { role: "columnheader", scope: "col", class: "rank" }, say("rank")),
    element("th", { role: "columnheader", scope: "col", class: "move" }, "±", spoken(say("places gained or lost against the run"))),
    element("th", { role: "columnheader", scope: "col" }, say("candidate")),
    element("th", { role: "columnheader", scope: "col", class: "score" }, say("score")),
    element("th", { role: "columnheader", scope: "col", class: "on" }, say("list")),
    element("th", { role: "columnheader", scope: "col", class: "trust" }, say("in the run: band, 90% of ranks, P(list)")),
  ];
  // Its rows are grids, so that each is laid out by itself; the roles say that it is a table.
  const table = element(
    "table", { role: "table", "aria-labelledby": app.id("list") }, element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, ...head)), body,
  );
  const ghosts = ghostsOf(app);
  const many = rows.length > MANY;
  const root = element("div", { class: many ? "ranking many" : "ranking" }, ghosts.root, table);
  let standing = []; // the rows as they stand, from the top
  let haunted = false;
  let waiting = 0;
  let heights = null; // asked of the browser only when they may have changed: asking lays the whole table out

  /** Where the middle of each candidate's row is, below the top of the table. */
  function centres() {
    heights ??= {
      head: table.tHead.offsetHeight, cut: cut.offsetHeight, of: new Map(rows.map(({ root: row }) => [row, row.offsetHeight])),
    };
    let top = heights.head;
    const found = new Map();
    for (const row of standing) {
      const height = row === cut ? heights.cut : heights.of.get(row);
      found.set(row, top + height / 2);
      top += height;
    }
    return { at: rows.map(({ root: row }) => found.get(row)), head: heights.head, height: top };
  }

  function update() {
    const { order, onList } = app.now;
    const last = order.findLastIndex((i) => onList[i] === "score");
    const tagged = rows.map((row) => row.update()).some(Boolean);
    put(cutWords, onList.includes("floor") ? say("the list ends here; ▲ below: listed by a floor") : say("the list ends here"));
    const wanted = order.map((i) => rows[i].root);
    if (data.cut && last >= 0 && last + 1 < order.length) wanted.splice(last + 1, 0, cut);
    const before = heights && !app.still() ? centres().at : null;
    arrange(body, standing, wanted);
    standing = wanted;
    if (tagged) heights = null;
    if (before) slide(rows, before, centres().at, body);
    drawGhosts();
  }

  function drawGhosts() {
    if (haunted) ghosts.update(centres());
  }

  function resized() {
    heights = null;
    haunted = ghosts.root.checkVisibility(); // not where there is no room: the places gained and lost say it all
    drawGhosts();
  }

  // A row that comes into sight is laid out only then, and may be higher than was thought.
  body.addEventListener("contentvisibilityautostatechange", () => {
    waiting ||= requestAnimationFrame(() => {
      waiting = 0;
      resized();
    });
  });
  return { root, update, resized };
}

/** Put rows into order and move as few as will do: what is moved is laid out again and loses the focus. */
function arrange(body, before, wanted) {
  const focused = body.contains(document.activeElement) ? document.activeElement : null;
  const kept = new Set(wanted);
  for (const row of before) if (!kept.has(row)) row.remove();
  const place = new Map(before.map((row, k) => [row, k]));
  const staying = longestRising(wanted.map((row) => place.get(row) ?? -1));
  let next = null;
  for (let k = wanted.length - 1; k >= 0; k -= 1) {
    if (!staying.has(k)) body.insertBefore(wanted[k], next);
    next = wanted[k];
  }
  if (focused !== document.activeElement) focused?.focus({ preventScroll: true });
}

/** The positions of the longest rising subsequence of numbers; −1 is no number. */
function longestRising(numbers) {
  const ends = []; // ends[l]: position of the least number that ends a rising subsequence of length l + 1
  const previous = [];
  numbers.forEach((number, k) => {
    if (number < 0) return;
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (numbers[ends[middle]] < number) low = middle + 1;
      else high = middle;
    }
    previous[k] = ends[low - 1];
    ends[low] = k;
  });
  const found = new Set();
  for (let k = ends.at(-1); k !== undefined; k = previous[k]) found.add(k);
  return found;
}

function candidateRow(app, i) {
  const { data, words } = app;
  const { say } = words;
  const candidate = data.candidates[i];
  const run = data.run;
  const rank = element("td", { role: "cell", class: "rank" });
  const sign = element("span", { role: "img" });
  const move = element("td", { role: "cell", class: "move" }, sign);
  const tag = element("span", { class: "tag" });
  const number = element("span", { class: "number" });
  const meter = element("span", { class: "meter", "aria-hidden": "true" });
  const on = element("td", { role: "cell", class: "on" });
  const name = element(
    "button", { type: "button", class: "who", "aria-haspopup": "dialog", onclick: () => app.select(i) },
    element("strong", {}, candidate.id), " ", words.text(candidate.name),
  );
  const root = element(
    "tr", { role: "row" }, rank, move,
    element("th", { role: "rowheader", scope: "row", class: "candidate" }, name, " ", tag),
    element("td", { role: "cell", class: "score" }, number, meter),
    on,
    element("td", { role: "cell", class: "trust" }, ...inTheRun(app, i).map((part) => element("span", {}, part))),
  );
  meter.style.setProperty("--was", app.fraction(run.scores[i]));

  /** Returns whether the row may be of another height now. */
  function update() {
    const now = app.now;
    const gained = run.ranks[i] - now.ranks[i];
    const way = gained > 0 ? "up" : gained < 0 ? "down" : "none";
    const [wasOn, isOn] = [run.listed?.[i] ?? null, now.onList[i]];
    put(rank, String(now.ranks[i]));
    if (move.dataset.gained !== String(gained)) {
      move.dataset.gained = gained;
      move.className = `move ${way}`;
      const many = Math.abs(gained);
      const aloud = gained === 0 ? say("as in the run") : gained > 0
        ? words.several(many, "up {n} place", "up {n} places") : words.several(many, "down {n} place", "down {n} places");
      put(sign, gained ? `${MOVES[way]}${many}` : MOVES.none);
      sign.setAttribute("aria-label", aloud);
    }
    const tagBefore = tag.textContent;
    const change = Boolean(isOn) === Boolean(wasOn) ? "" : isOn ? "enters" : "leaves";
    mark(root, "class", [isOn ? "listed" : "", change].join(" ").trim());
    put(tag, change === "enters" ? say("enters the list") : change === "leaves" ? say("leaves the list") : "");
    put(number, words.score(now.scores[i], app.decimals));
    meter.style.setProperty("--now", app.fraction(now.scores[i]));
    if (on.dataset.by !== String(isOn)) {
      on.dataset.by = String(isOn);
      const aloud = { score: say("listed"), floor: say("listed by a floor") }[isOn];
      on.replaceChildren(...(isOn ? [element("span", { role: "img", "aria-label": aloud }, { score: "●", floor: "▲" }[isOn])] : []));
    }
    return tag.textContent !== tagBefore;
  }

  return { root, update };
}

/** Band, range of ranks and P(list): they hold for the weights of the run. */
export function inTheRun(app, i) {
  const { run } = app.data;
  const ranks = `${run.rank_low[i]}–${run.rank_high[i]}`;
  return run.p_cut ? [app.words.say(run.band[i]), `${ranks} · ${app.words.percent(run.p_cut[i])}`] : [ranks];
}

/** Rows slide from where they were; only those near the window, for the others nobody sees. */
function slide(rows, before, after, body) {
  const top = body.getBoundingClientRect().top;
  const near = (y) => top + y > -100 && top + y < window.innerHeight + 100;
  rows.forEach(({ root: row }, i) => {
    const by = before[i] - after[i];
    if (!by || !(near(before[i]) || near(after[i]))) return;
    row.animate([{ transform: `translateY(${by}px)` }, { transform: "none" }], { duration: 220, easing: "ease-out" });
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

  function update({ at, head, height }) {
    const slots = app.now.order.map((i) => at[i]);
    root.style.height = `${height}px`;
    heading.setAttribute("y", head / 2 + 4);
    order.forEach((i, slot) => {
      const [from, to] = [slots[slot], at[i]];
      const start = 12 + 7.4 * data.candidates[i].id.length;
      const end = BESIDE - 3;
      const bend = (end - start) / 2;
      labels[i].setAttribute("y", from + 4);
      lines[i].setAttribute("d", `M${start},${from} C${start + bend},${from} ${end - bend},${to} ${end},${to}`);
      const [was, is] = [Boolean(data.run.listed?.[i]), Boolean(app.now.onList[i])];
      mark(lines[i], "class", was === is ? (data.run.ranks[i] === app.now.ranks[i] ? "still" : "moved") : is ? "enters" : "leaves");
    });
  }

  return { root, update };
}

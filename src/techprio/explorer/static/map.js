// The trade-off map: two parts of the tree as axes, each candidate a disc as large as its score.

import { scoresUnder, walk } from "./scoring.js";
import { drawn, element, mark } from "./words.js";

const [WIDTH, HEIGHT] = [480, 430];
const FRAME = { left: 46, right: 12, top: 12, bottom: 46 };

export function tradeOffMap(app) {
  const { data, words } = app;
  const { say } = words;
  const largest = data.candidates.length > 100 ? 7 : 11;
  const nodes = walk(data.tree);
  const choose = (axis) =>
    element(
      "select", { onchange: (event) => app.turn(axis, event.target.value) },
      ...nodes.map(({ node, depth }) =>
        element("option", { value: node.id, selected: app.axes[axis] === node.id },
          `${"\u2003".repeat(depth)}${words.text(node.name) || node.id}`)),
    );
  const selects = [
    element("label", {}, say("across"), choose(0)),
    element("label", {}, say("upwards"), choose(1)),
  ];
  const discs = data.candidates.map((candidate, i) =>
    drawn("circle", { onclick: () => app.select(i) }, drawn("title", {}, `${candidate.id} ${words.text(candidate.name)}`)));
  const labels = data.candidates.map((candidate) => drawn("text", {}, candidate.id));
  const grid = drawn("g", { class: "grid" });
  const front = drawn("path", { class: "front" });
  const drawing = drawn(
    "svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img" }, grid, front,
    drawn("g", { class: "discs" }, ...discs), drawn("g", { class: "labels" }, ...labels),
  );
  const note = element("p", { class: "note" }, data.cut
    ? say("Filled: on the list. Area: score. Dashed: nobody is better on both axes. The list holds every candidate as text.")
    : say("Area: score. Dashed: nobody is better on both axes. The list holds every candidate as text."));
  const root = element("section", { class: "map", "aria-labelledby": app.id("map") },
    element("h2", { id: app.id("map") }, say("Trade-offs")), element("div", { class: "axes" }, ...selects), drawing, note);

  function update() {
    const ends = app.axes.map((id) => nodes.find(({ node }) => node.id === id).node);
    const [x, y] = ends.map((node) => scoresUnder(data, [node], app.weights));
    const [across, upwards] = [scale(x, FRAME.left, WIDTH - FRAME.right), scale(y, HEIGHT - FRAME.bottom, FRAME.top)];
    const [xName, yName] = ends.map((node) => words.text(node.name) || node.id);
    drawing.setAttribute("aria-label", spokenMap(app, xName, yName, x, y));
    drawGrid(grid, words, across, upwards, xName, yName);
    const best = app.now.scores.reduce((most, score) => Math.max(most, score), 0) || 1;
    const points = x.map((_, i) => ({
      i, x: across.at(x[i]), y: upwards.at(y[i]), r: largest * Math.sqrt(Math.max(0.05, app.now.scores[i] / best)),
    }));
    for (const { i, x: cx, y: cy, r } of points) {
      for (const [name, value] of Object.entries({ cx, cy, r })) discs[i].setAttribute(name, value.toFixed(1));
      mark(discs[i], "class", app.now.onList[i] ? "listed" : "");
    }
    front.setAttribute("d", staircase(points));
    placeLabels(app, points, labels);
  }

  return { root, update };
}

/** From values to places between `from` and `to`: whole tenths round what there is, so that the frame seldom jumps. */
function scale(values, from, to) {
  let [low, high] = [Math.min(...values), Math.max(...values)];
  const step = high - low <= 2 ? 0.1 : 10 ** Math.floor(Math.log10(high - low));
  low = Math.floor(low / step + 1e-9) * step;
  high = Math.ceil(high / step - 1e-9) * step;
  if (high <= low) high = low + step;
  const steps = Math.round((high - low) / step);
  const every = Math.ceil(steps / 6);
  const ticks = Array.from({ length: Math.floor(steps / every) + 1 }, (_, k) => low + k * every * step);
  return { ticks, decimals: step < 1 ? 1 : 0, at: (value) => from + ((to - from) * (value - low)) / (high - low) };
}

function drawGrid(grid, words, across, upwards, xName, yName) {
  const [bottom, right] = [HEIGHT - FRAME.bottom, WIDTH - FRAME.right];
  const vertical = across.ticks.flatMap((tick) => [
    drawn("path", { d: `M${across.at(tick)},${FRAME.top}V${bottom}` }),
    drawn("text", { x: across.at(tick), y: bottom + 17, "text-anchor": "middle" }, words.number(tick, across.decimals)),
  ]);
  const level = upwards.ticks.flatMap((tick) => [
    drawn("path", { d: `M${FRAME.left},${upwards.at(tick)}H${right}` }),
    drawn("text", { x: FRAME.left - 6, y: upwards.at(tick) + 4, "text-anchor": "end" }, words.number(tick, upwards.decimals)),
  ]);
  grid.replaceChildren(
    ...vertical, ...level,
    drawn("text", { x: right, y: HEIGHT - 6, "text-anchor": "end", class: "axis" }, `${shortened(xName)} →`),
    drawn("text", { x: -FRAME.top, y: 12, "text-anchor": "end", transform: "rotate(-90)", class: "axis" }, `${shortened(yName)} →`),
  );
}

/** A name as long as an axis; it stands in full above the map. */
function shortened(name) {
  return name.length > 52 ? `${name.slice(0, 51).trimEnd()}…` : name;
}

/** The line through those that nobody beats on both axes. */
function staircase(points) {
  const front = [];
  for (const point of [...points].sort((a, b) => b.x - a.x || a.y - b.y)) {
    if (!front.length || point.y < front.at(-1).y) front.push(point);
  }
  return front.map(({ x, y }, k) => (k ? `V${y.toFixed(1)}H${x.toFixed(1)}` : `M${x.toFixed(1)},${y.toFixed(1)}`)).join("");
}

/** Ids beside their discs, the best first, where they cover nothing; with many candidates only those on the list. */
function placeLabels(app, points, labels) {
  const taken = points.map(({ x, y, r }) => [x - r, y - r, x + r, y + r]);
  const wanted = new Set(points.length > 60 ? app.now.order.filter((i) => app.now.onList[i]) : app.now.order);
  for (const i of app.now.order) {
    const { x, y, r } = points[i];
    const width = 7.6 * app.data.candidates[i].id.length + 2;
    const places = [
      [x + r + 2, y - 6], [x - r - 2 - width, y - 6], [x - width / 2, y - r - 14], [x - width / 2, y + r + 2],
    ].map(([left, top]) => [left, top, left + width, top + 12]);
    const free = wanted.has(i) && places.find((box) => inFrame(box) && !taken.some((other) => overlap(box, other)));
    mark(labels[i], "visibility", free ? "visible" : "hidden");
    if (!free) continue;
    taken.push(free);
    labels[i].setAttribute("x", free[0] + 1);
    labels[i].setAttribute("y", free[1] + 10);
  }
}

function inFrame([left, top, right, bottom]) {
  return left >= FRAME.left && right <= WIDTH && top >= 0 && bottom <= HEIGHT - FRAME.bottom;
}

function overlap(a, b) {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}

function spokenMap(app, xName, yName, x, y) {
  const top = (values) => app.data.candidates[values.indexOf(Math.max(...values))].id;
  return app.words.say("Map of {n} candidates: {a} is furthest on {x}, {b} on {y}.", {
    n: x.length, a: top(x), b: top(y), x: xName, y: yName,
  });
}

// What a candidate's score rests on: criterion by criterion to the figure, its range, its source, the file and line.

import { leavesOf } from "./scoring.js";
import { inTheRun } from "./list.js";
import { element } from "./words.js";

/** The evidence is packed: JSON, deflated, in base64. */
export async function unpacked(packed) {
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).json();
}

export function evidenceDialog(app) {
  const heading = element("h2", { id: app.id("evidence"), tabindex: -1 });
  const content = element("div", { class: "content" });
  const close = element("button", { type: "button", class: "close", onclick: () => root.close() }, app.words.say("Close"));
  const root = element("dialog", { class: "evidence", "aria-labelledby": app.id("evidence") },
    element("div", { class: "top" }, heading, close), content);
  root.addEventListener("click", (event) => event.target === root && root.close());

  async function show(i) {
    const candidate = app.data.candidates[i];
    heading.textContent = `${candidate.id} ${app.words.text(candidate.name)}`;
    content.replaceChildren();
    if (!root.open) root.showModal();
    heading.focus();
    const evidence = await app.evidence();
    content.replaceChildren(...standing(app, i), figures(app, i, evidence));
    root.scrollTop = 0;
  }

  return { root, show };
}

function standing(app, i) {
  const { words, data, now } = app;
  const candidate = data.candidates[i];
  const facts = [
    words.say("Rank {rank} of {total}, score {score}; in the run rank {was}, score {score_was}.", {
      rank: now.ranks[i], total: data.candidates.length, score: words.score(now.scores[i], app.decimals),
      was: data.run.ranks[i], score_was: words.score(data.run.scores[i], app.decimals),
    }),
    `${words.say("in the run: band, 90% of ranks, P(list)")}: ${inTheRun(app, i).join(" · ")}.`,
  ];
  const share = app.illustrative[i];
  if (share > 0) {
    facts.push(words.say("ILLUSTRATIVE: {share} of its weight rests on figures that nobody has assessed.", { share: words.percent(share) }));
  }
  const about = [
    [words.say("lead agency"), candidate.lead_agency], [words.say("tier"), candidate.tier],
    [words.say("group"), candidate.group],
  ].filter(([, text]) => text).map(([what, text]) => `${what}: ${words.text(text)}`);
  return [words.text(candidate.description), about.join(" · "), ...facts]
    .filter(Boolean)
    .map((text) => element("p", {}, text));
}

function figures(app, i, evidence) {
  const { words, data } = app;
  const { say } = words;
  const adds = data.score.by === "sum";
  const lines = leavesOf(data.tree)
    .map((leaf) => ({ leaf, cell: evidence.cells[i][leaf.column], share: app.shares[leaf.id] }))
    .map((line) => ({ ...line, adds: adds ? line.share * data.terms[i][line.leaf.column] : null }))
    .sort((a, b) => b.share - a.share);
  const head = [say("criterion"), say("weight"), say("figure"), say("value"), adds && say("adds")].filter(Boolean);
  const rows = lines.map((line) => element(
    "tr", {},
    element("th", { scope: "row" }, words.text(line.leaf.name) || line.leaf.id, rests(app, line, evidence.sources)),
    element("td", {}, words.percent(line.share, 1)),
    element("td", {}, figure(words, line)),
    element("td", {}, words.number(line.cell.v, 2)),
    adds && element("td", {}, words.number(line.adds, 3)),
  ));
  return element("div", { class: "scrolls", tabindex: 0, role: "region", "aria-labelledby": app.id("evidence") }, element(
    "table", {},
    element("thead", {}, element("tr", {}, ...head.map((word) => element("th", { scope: "col" }, word)))),
    element("tbody", {}, ...rows),
  ), element("p", { class: "note" }, say("weight: of the whole, as set now; value: the figure on a scale from 0, the worst, to 1, the best."), adds && ` ${say("adds: weight × value.")}`));
}

function figure(words, { leaf, cell }) {
  if (cell.x == null) return words.say("missing");
  const unit = leaf.unit ? ` ${leaf.unit}` : "";
  const shown = `${words.number(cell.x)}${unit}`;
  const range = cell.low != null && cell.high != null;
  return range ? [shown, element("span", { class: "range" }, `${words.number(cell.low)}–${words.number(cell.high)}`)] : shown;
}

/** The question, the level in words, the note, the sources, file and line. */
function rests(app, { leaf, cell }, sources) {
  const { words } = app;
  const { say } = words;
  const level = leaf.levels?.[String(cell.x)];
  const marks = [
    cell.illustrative && say("illustrative"), cell.changed && say("changed for this run"),
    cell.grade && say("grade {grade}", { grade: cell.grade }), cell.as_of,
    cell.by && say("by {whom}", { whom: words.text(cell.by) }),
  ].filter(Boolean);
  return element(
    "div", { class: "rests" },
    leaf.question && element("p", { class: "question" }, words.text(leaf.question)),
    level && element("p", {}, `${words.number(cell.x)}: ${words.text(level)}`),
    cell.note && element("p", {}, words.text(cell.note)),
    marks.length > 0 && element("p", { class: "marks" }, marks.join(" · ")),
    ...(cell.source ?? []).map((cited) => citation(words, cited, sources[cited.id])),
    cell.place && element("p", { class: "place" }, cell.place),
  );
}

function citation(words, cited, source) {
  const title = source ? words.text(source.title) : "";
  const safe = /^https?:\/\//.test(source?.url ?? "");
  const about = [
    source?.publisher && words.text(source.publisher), source?.date,
    source?.level && words.say("grade {grade}", { grade: source.level }), cited.page,
  ];
  return element(
    "p", { class: "source" },
    safe ? element("a", { href: source.url, target: "_blank", rel: "noopener noreferrer" }, title || cited.id) : title || cited.id,
    about.some(Boolean) && ` (${about.filter(Boolean).join(", ")})`,
    cited.says && `: ${words.text(cited.says)}`,
  );
}

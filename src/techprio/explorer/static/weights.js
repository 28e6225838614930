// The weights that a person chooses: what becomes of siblings when one is moved, and the weights as YAML.

import { shares, walk } from "./scoring.js";

const FINE = 1e-6; // shares that differ by less are the same to a person

/** Each of `siblings` as a percentage of them all. */
export function percentages(siblings, weights) {
  const total = siblings.reduce((sum, node) => sum + weights[node.id], 0);
  return Object.fromEntries(
    siblings.map((node) => [node.id, total > 0 ? (100 * weights[node.id]) / total : 100 / siblings.length]),
  );
}

/** `weights` with `id` at `percent` of its siblings. Siblings held stay; the others share the rest in the proportions of
 *  `start`, the weights when the move began. Numbers have four decimals, so that they can be read and pasted. */
export function rebalanced(siblings, start, held, id, percent) {
  const now = percentages(siblings, start);
  const free = siblings.filter((node) => node.id !== id && !held.has(node.id));
  const kept = siblings.filter((node) => node.id !== id && held.has(node.id));
  const room = Math.max(0, kept.reduce((left, node) => left - now[node.id], 100));
  const own = free.length ? Math.min(Math.max(percent, 0), room) : room;
  const among = free.reduce((sum, node) => sum + now[node.id], 0);
  const part = (node) => (among > 0 ? ((room - own) * now[node.id]) / among : (room - own) / free.length);
  const moved = { ...start };
  for (const node of siblings) {
    const share = node.id === id ? own : free.includes(node) ? part(node) : now[node.id];
    moved[node.id] = Math.round(share * 1e4) / 1e4;
  }
  return moved;
}

/** `weights`, but each group of siblings that is back where `home` has it with the very numbers of `home`. */
export function snapped(tree, weights, home) {
  const found = { ...weights };
  for (const { siblings } of walk(tree)) {
    const [a, b] = [percentages(siblings, weights), percentages(siblings, home)];
    if (siblings.every((node) => Math.abs(a[node.id] - b[node.id]) < 100 * FINE)) {
      for (const node of siblings) found[node.id] = home[node.id];
    }
  }
  return found;
}

/** Weights as a study may have them, ready for sliders: a branch whose nodes all weigh 0 (it weighs 0 itself) has them
 *  equal, so that it can be raised. */
export function usable(tree, weights) {
  const found = { ...weights };
  for (const { siblings } of walk(tree)) {
    if (siblings.every((node) => found[node.id] === 0)) for (const node of siblings) found[node.id] = 1;
  }
  return found;
}

/** Whether two weightings give every node the same share. */
export function sameShares(tree, a, b) {
  const [x, y] = [shares(tree, a), shares(tree, b)];
  return Object.keys(x).every((id) => Math.abs(x[id] - y[id]) <= 1e-12);
}

/** An entry of `weight_sets:` with every node in it; `heading` says where it belongs, if the study has such sets. */
export function asYaml(data, weights, heading) {
  const taken = new Set(["base", ...data.sets.map((set) => set.id)]);
  let id = "explored";
  for (let n = 2; taken.has(id); n += 1) id = `explored-${n}`;
  const lines = data.has_weight_sets ? [`# ${heading}`] : ["weight_sets:"];
  lines.push(`  - id: ${id}`, "    weights:");
  for (const { node } of walk(data.tree)) lines.push(`      ${key(node.id)}: ${weights[node.id]}`);
  return `${lines.join("\n")}\n`;
}

/** An id as a key of YAML: in quotes where it could be read as something else. */
function key(id) {
  const plain = /^[A-Za-z_][\w.-]*$/.test(id) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(id);
  return plain ? id : JSON.stringify(id);
}

// What Python computes, computed again: weights down the tree, scores, ranks under the tie rule, the list.
// The same floating-point steps as techprio/methods, ranking.py and methods/value_tree.py; tests hold them together.

/** Node id → its share of the whole: the product of its shares down the tree. */
export function shares(nodes, weights, above = 1, found = {}) {
  const total = nodes.reduce((sum, node) => sum + weights[node.id], 0);
  for (const node of nodes) {
    found[node.id] = total > 0 ? (above * weights[node.id]) / total : 0;
    if (node.children) shares(node.children, weights, found[node.id], found);
  }
  return found;
}

/** The leaves of some nodes, in the order of the columns. */
export function leavesOf(nodes) {
  return nodes.flatMap((node) => (node.children ? leavesOf(node.children) : [node]));
}

/** Every node, top down, with its siblings and its depth. */
export function walk(nodes, depth = 0, above = null) {
  return nodes.flatMap((node) => [
    { node, siblings: nodes, depth, above },
    ...(node.children ? walk(node.children, depth + 1, node) : []),
  ]);
}

/** The score of every candidate as if the tree were no more than `nodes`. */
export function scoresUnder(data, nodes, weights) {
  const found = shares(nodes, weights);
  if (data.score.by === "tree") {
    const root = { children: nodes, aggregate: "arithmetic" };
    return data.terms.map((row) => treeValue(row, root, weights));
  }
  const weighed = leavesOf(nodes).filter((leaf) => found[leaf.id] > 0);
  return data.terms.map((row) => {
    // null stands for −∞: the logarithm of a value of 0
    const sum = weighed.reduce((total, leaf) => total + found[leaf.id] * (row[leaf.column] ?? -Infinity), 0);
    return data.score.by === "exp" ? Math.exp(sum) : sum;
  });
}

/** The score of every candidate. */
export function scores(data, weights) {
  return scoresUnder(data, data.tree, weights);
}

const FLOOR = 0.01; // the least value that a product or a harmonic mean sees

function treeValue(row, node, weights) {
  if (!node.children) return row[node.column];
  const total = node.children.reduce((sum, child) => sum + weights[child.id], 0);
  const parts = node.children.map((child) => ({
    value: treeValue(row, child, weights),
    share: total > 0 ? weights[child.id] / total : 0,
  }));
  return putTogether(parts, node);
}

function putTogether(parts, node) {
  const sum = (part) => parts.reduce((total, each) => total + part(each), 0);
  switch (node.aggregate) {
    case "geometric":
      return Math.exp(sum(({ value, share }) => share * Math.log(Math.max(value, FLOOR))));
    case "harmonic": {
      const inverse = sum(({ value, share }) => share / Math.max(value, FLOOR));
      return inverse > 0 ? 1 / inverse : 0;
    }
    case "minimum": {
      const counted = parts.filter(({ share }) => share > 0).map(({ value }) => value);
      return counted.length ? Math.min(...counted) : 0;
    }
    case "owa":
      return orderedAverage(parts, Math.min(Math.max(node.orness, 1e-9), 1));
    default:
      return sum(({ value, share }) => share * value);
  }
}

/** Values from the largest down, each weighted by the increase of Q(r) = r^((1 − orness)/orness) (Yager 1996). */
function orderedAverage(parts, orness) {
  let reached = 0;
  let before = 0;
  let total = 0;
  for (const { value, share } of [...parts].sort((a, b) => b.value - a.value)) {
    reached += share;
    const now = Math.min(reached, 1) ** ((1 - orness) / orness);
    total += (now - before) * value;
    before = now;
  }
  return total;
}

const MAGIC = 1.5 * 2 ** 52; // added and taken away, it rounds a float to the even integer next to it, as Python does

/** Scores → { order, better, ranks }: candidates from best to worst, how many are strictly better, ranks by candidate. */
export function ranked(values, unit) {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  const counted = unit === "one" ? Math.max(largest / 100, 1) : largest; // as ranking.py, of scores beyond 100 units
  const keys = values.map((value) => value * (1e10 / counted) + MAGIC - MAGIC);
  const order = values.map((_, i) => i).sort((a, b) => keys[b] - keys[a] || a - b);
  const better = [];
  order.forEach((i, k) => better.push(k > 0 && keys[i] === keys[order[k - 1]] ? better[k - 1] : k));
  const ranks = new Array(order.length);
  order.forEach((i, k) => {
    ranks[i] = better[k] + 1;
  });
  return { order, better, ranks };
}

/** By candidate: "score", "floor" or null. Each floor is filled with its best, then the rest with the best of the rest;
 *  all that tie at the last place enter. */
export function listed({ order, better }, cut) {
  const found = new Array(order.length).fill(null);
  if (!cut) return found;
  const byFloor = order.map(() => false);
  for (const floor of cut.floors) {
    const members = new Set(floor.members);
    const member = order.map((i) => members.has(i));
    const ahead = betterAmong(member, better);
    member.forEach((is, k) => {
      byFloor[k] ||= is && ahead[k] < floor.count;
    });
  }
  const places = cut.total - byFloor.filter(Boolean).length;
  const rest = byFloor.map((is) => !is);
  const ahead = betterAmong(rest, better);
  order.forEach((i, k) => {
    if (byFloor[k] || ahead[k] < places) found[i] = better[k] < cut.total ? "score" : "floor";
  });
  return found;
}

/** How many of those `among` are strictly better than each, in sorted order. */
function betterAmong(among, better) {
  const before = [0];
  among.forEach((is, k) => before.push(before[k] + (is ? 1 : 0)));
  return better.map((k) => before[k]);
}

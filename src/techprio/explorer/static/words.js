// Sentences, numbers and elements. Everything from the study becomes a text node, never markup.

/** What an explorer says in one language. English sentences are the keys of the catalogue. */
export function speaker(language, catalogues) {
  const catalogue = catalogues[language] ?? {};
  const numbers = {};
  const number = (value, decimals) => {
    numbers[decimals] ??= new Intl.NumberFormat(language, {
      minimumFractionDigits: decimals ?? 0,
      maximumFractionDigits: decimals ?? 6,
      roundingMode: "halfEven", // as Python's tables
    });
    return numbers[decimals].format(value);
  };
  /** A score as people read it: what differs beyond ten decimals is the same score, here and in Python. */
  const score = (value, decimals) => number(Math.round(value * 1e10) / 1e10, decimals);
  const say = (template, facts = {}) =>
    (catalogue[template] ?? template).replace(/\{(\w+)\}/g, (whole, name) => String(facts[name] ?? whole));
  return {
    language,
    number,
    score,
    percent: (share, decimals = 0) => `${number(100 * share, decimals)}%`,
    say,
    several: (n, one, many, facts = {}) => say(n === 1 ? one : many, { n: number(n), ...facts }),
    /** A text of the study in this language, or else in English, or else in whichever it has. */
    text: (texts) => (texts ? texts[language] || texts[""] || texts.en || Object.values(texts)[0] || "" : ""),
    listing: (parts) => parts.join(", "),
  };
}

/** An element; attributes that begin with "on" are listeners; children that are null or false are left out. */
export function element(tag, attributes = {}, ...children) {
  return furnished(document.createElement(tag), attributes, children);
}

/** An element of a drawing. */
export function drawn(tag, attributes = {}, ...children) {
  return furnished(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

function furnished(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, String(value));
  }
  node.append(...children.flat().filter((child) => child != null && child !== false).map((c) => (c.nodeType ? c : String(c))));
  return node;
}

/** Words that only a screen reader says. */
export function spoken(text) {
  return element("span", { class: "spoken" }, text);
}

/** Set an attribute only where it changes. */
export function mark(node, name, value) {
  if (node.getAttribute(name) !== value) node.setAttribute(name, value);
}

/** Set a text only where it changes: what does not change is not laid out again. */
export function put(node, text) {
  if (!node.firstChild) node.append(text);
  else if (node.firstChild.data !== text) node.firstChild.data = text;
}

// A message's text with its entities as DOM nodes. Nothing is ever parsed as HTML.

const TAGS = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
  pre: "pre",
  blockquote: "blockquote",
  expandable_blockquote: "blockquote",
  spoiler: "span",
};

const safeAddress = (url) => {
  const withScheme = /^[a-z][a-z0-9+.-]*:/i.test(url) ? url : `https://${url}`;
  try {
    const parsed = new URL(withScheme);
    return ["http:", "https:"].includes(parsed.protocol) ? parsed.href : null;
  } catch {
    return null;
  }
};

const link = (url, onLink) => {
  const address = safeAddress(url);
  if (!address) return document.createElement("span");
  const node = document.createElement("a");
  node.href = address;
  node.target = "_blank";
  node.rel = "noopener noreferrer";
  node.addEventListener("click", (event) => {
    if (onLink(address)) event.preventDefault();
  });
  return node;
};

const nodeFor = (entity, text, handlers) => {
  switch (entity.type) {
    case "text_link":
      return link(entity.url, handlers.onLink);
    case "url":
      return link(text, handlers.onLink);
    case "bot_command": {
      const node = document.createElement("button");
      node.type = "button";
      node.className = "command-link";
      node.addEventListener("click", () => handlers.onCommand(text));
      return node;
    }
    case "spoiler": {
      const node = document.createElement("span");
      node.className = "spoiler";
      node.tabIndex = 0;
      const reveal = () => node.classList.add("shown");
      node.addEventListener("click", reveal);
      node.addEventListener("keydown", (event) => event.key === "Enter" && reveal());
      return node;
    }
    default:
      return document.createElement(TAGS[entity.type] || "span");
  }
};

// Entities nest or stand apart, outer ones first; JavaScript strings count UTF-16 units as Telegram does.
const fill = (parent, text, from, to, entities, handlers) => {
  let at = from;
  let rest = entities;
  while (rest.length) {
    const [entity, ...others] = rest;
    const begin = Math.max(entity.offset, at);
    const end = Math.min(entity.offset + entity.length, to);
    if (begin >= end) {
      rest = others;
      continue;
    }
    if (begin > at) parent.append(text.slice(at, begin));
    const node = nodeFor(entity, text.slice(begin, end), handlers);
    fill(node, text, begin, end, others.filter((other) => other.offset < end), handlers);
    parent.append(node);
    at = end;
    rest = others.filter((other) => other.offset + other.length > end);
  }
  if (at < to) parent.append(text.slice(at, to));
};

export const render = (parent, text, entities, handlers) => {
  fill(parent, text, 0, text.length, entities || [], handlers);
  return parent;
};
